//! `hash`: a number that stands for a value.

use crate::call::Argument;
use crate::function::*;
use crate::types::Type;
use crate::value::Value;
use xxhash_rust::xxh64::xxh64;

/// The function.
pub const FUNCTION: Function = Function {
    name: "hash",
    aliases: &["hash_xxhash64"],
    summary: "Gives the 64-bit xxHash of a value, or its remainder when a modulus is given.",
    signatures: &[signature(
        &[
            required("source", Accepts::Any, "The value."),
            optional("mod", Accepts::Integer, "The results are below this number."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print hash('World')", "1846988464401551951"),
        example("print hash('World', 100)", "51"),
        example("print hash(datetime(2015-01-01))", "1380966698541616202"),
    ],
    evaluate: |call| {
        call.longs(|row| {
            let hash = hash(&call[0], row)?;
            match call.get(1) {
                None => Some(hash as i64),
                Some(modulus) => match u64::try_from(modulus.long(row)?).ok()? {
                    0 => None,
                    modulus => Some((hash % modulus) as i64),
                },
            }
        })
    },
    ..DEFAULTS
};

/// Texts hash by their bytes, numbers and times by their little-endian bytes; null has no hash.
fn hash(argument: &Argument, row: usize) -> Option<u64> {
    Some(match argument.value(row) {
        Value::Null(_) => return None,
        Value::Bool(v) => xxh64(&[u8::from(v)], 0),
        Value::Int(v) => xxh64(&v.to_le_bytes(), 0),
        Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => xxh64(&v.to_le_bytes(), 0),
        Value::Real(v) => xxh64(&v.to_le_bytes(), 0),
        Value::Decimal(_) | Value::String(_) | Value::Guid(_) | Value::Dynamic(_) => {
            xxh64(argument.text(row).as_bytes(), 0)
        }
    })
}
