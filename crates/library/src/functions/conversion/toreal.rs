//! `toreal`: a value as a real.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;
use arrow::array::AsArray;
use arrow::datatypes::{Float64Type, Int64Type};
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "toreal",
    aliases: &["todouble"],
    summary: "Converts a value to a real; null when it has none.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example("print toreal('1e3')", "1000.0"),
        example("print todouble(5)", "5.0"),
        example("print isnull(toreal('0x10'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::Real => Ok(source.column(call.rows)),
        Type::Long | Type::DateTime | Type::TimeSpan => {
            let longs = source.column(call.rows);
            let reals = longs.as_primitive::<Int64Type>().unary::<_, Float64Type>(|value| value as f64);
            Ok(Arc::new(reals))
        }
        Type::String => call.reals(|row| literals::to_real(source.raw(row))),
        Type::Dynamic => call.reals(|row| match held(source.raw(row)) {
            Held::Long(value) => Some(value as f64),
            Held::Real(value) => Some(value),
            Held::Bool(value) => Some(f64::from(u8::from(value))),
            Held::String(text) => literals::to_real(&text),
            Held::Null | Held::Array | Held::Bag => None,
        }),
        Type::Bool | Type::Int | Type::Decimal | Type::Guid => call.reals(|row| source.real(row)),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(f64::NAN), "NaN"),
            (s("5."), "5.0"),
            (s(""), "null"),
            (ts("1d"), "864000000000.0"),
            (dynamic("\"NaN\""), "NaN"),
            (dec("1.25"), "1.25"),
        ] {
            assert_eq!(answer("toreal", &[value]), wanted);
        }
    }
}
