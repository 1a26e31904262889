//! `toint`: a value as an int.

use crate::call::{Call, Evaluated};
use crate::decimal;
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "toint",
    summary: "Converts a value to an int; null when it has none. A long wraps, a real is held to the nearest int.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::Int),
    )],
    examples: &[
        example("print toint('123')", "123"),
        example("print toint(9999999999)", "1410065407"),
        example("print isnull(toint('9999999999'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::Int => Ok(source.column(call.rows)),
        Type::Real => call.ints(|row| source.real(row).and_then(from_real)),
        Type::String => call.ints(|row| literals::to_int(source.raw(row))),
        Type::Dynamic => call.ints(|row| match held(source.raw(row)) {
            Held::Long(value) => Some(value as i32),
            Held::Real(value) => from_real(value),
            Held::Bool(value) => Some(i32::from(value)),
            Held::String(text) => literals::to_int(&text),
            Held::Null | Held::Array | Held::Bag => None,
        }),
        Type::Decimal => call.ints(|row| match source.value(row) {
            Value::Decimal(value) => decimal::to_long(value).map(|value| value as i32),
            _ => None,
        }),
        Type::Bool | Type::Long | Type::DateTime | Type::TimeSpan | Type::Guid => {
            call.ints(|row| source.long(row).map(|value| value as i32))
        }
    }
}

/// Toward zero, held to the ends of the range.
fn from_real(value: f64) -> Option<i32> {
    (!value.is_nan()).then_some(value as i32)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(1e10), "2147483647"),
            (Value::Real(f64::NAN), "null"),
            (ts("1d"), "711573504"),
            (dt("2020-01-01"), "-1954807808"),
            (dynamic("true"), "1"),
            (s("9999999999"), "null"),
        ] {
            assert_eq!(answer("toint", &[value]), wanted);
        }
    }
}
