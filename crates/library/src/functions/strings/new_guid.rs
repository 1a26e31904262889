//! `new_guid`: a random guid.

use crate::chance;
use crate::function::*;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "new_guid",
    summary: "Makes a new random guid for each row.",
    signatures: &[signature(&[], Returns::Is(Type::Guid))],
    examples: &[example("print strlen(tostring(new_guid()))", "36")],
    kind: Kind::Volatile,
    evaluate: |call| {
        call.values(|_| {
            // Version 4, variant 1: the two fixed fields of a random guid.
            let high = (chance::next() & !0xF000) | 0x4000;
            let low = (chance::next() & !(0b11 << 62)) | (0b10 << 62);
            Value::Guid(format!(
                "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
                high >> 32,
                (high >> 16) & 0xFFFF,
                high & 0xFFFF,
                low >> 48,
                low & 0xFFFF_FFFF_FFFF
            ))
        })
    },
    ..DEFAULTS
};
