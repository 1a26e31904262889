//! `tolong`: a value as a long.

use crate::call::{Call, Evaluated};
use crate::decimal;
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;
use crate::value::Value;
use arrow::array::AsArray;
use arrow::datatypes::{Int32Type, Int64Type};
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tolong",
    summary: "Converts a value to a long; null when it has none.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print tolong('0x10')", "16"),
        example("print tolong(5.7)", "5"),
        example("print isnull(tolong('5.7'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::Long | Type::DateTime | Type::TimeSpan => Ok(source.column(call.rows)),
        Type::Int => {
            let ints = source.column(call.rows);
            let longs = ints.as_primitive::<Int32Type>().unary::<_, Int64Type>(i64::from);
            Ok(Arc::new(longs))
        }
        Type::String => call.longs(|row| literals::to_long(source.raw(row))),
        Type::Dynamic => call.longs(|row| from_held(held(source.raw(row)))),
        Type::Decimal => call.longs(|row| match source.value(row) {
            Value::Decimal(value) => decimal::to_long(value),
            _ => None,
        }),
        Type::Bool | Type::Real | Type::Guid => call.longs(|row| source.long(row)),
    }
}

/// The long of what a dynamic holds.
fn from_held(value: Held) -> Option<i64> {
    match value {
        Held::Long(value) => Some(value),
        Held::Real(value) => Some(value as i64),
        Held::Bool(value) => Some(i64::from(value)),
        Held::String(text) => literals::to_long(&text),
        Held::Null | Held::Array | Held::Bag => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(-5.7), "-5"),
            (Value::Real(1e30), "9223372036854775807"),
            (Value::Real(f64::NAN), "null"),
            (ts("1d"), "864000000000"),
            (dt("2020-01-01"), "637134336000000000"),
            (dynamic("true"), "1"),
            (dynamic("\"5.7\""), "null"),
            (dynamic("\"7\""), "7"),
            (dynamic("[1]"), "null"),
            (Value::Guid("x".into()), "null"),
            (dec("-7.9"), "-7"),
            (s(" 7 "), "7"),
        ] {
            assert_eq!(answer("tolong", &[value]), wanted);
        }
    }
}
