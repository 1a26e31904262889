//! `totimespan`: a value as a timespan.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "totimespan",
    aliases: &["totime"],
    summary: "Converts a value to a timespan; null when it has none. A number counts ticks.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::TimeSpan),
    )],
    examples: &[
        example("print totimespan('0.00:01:00')", "00:01:00"),
        example("print totimespan(1230)", "00:00:00.0001230"),
        example("print isnull(totimespan('10'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::TimeSpan | Type::DateTime | Type::Long => Ok(source.column(call.rows)),
        Type::String => call.longs(|row| literals::to_timespan(source.raw(row))),
        Type::Dynamic => call.longs(|row| match held(source.raw(row)) {
            Held::String(text) => literals::to_timespan(&text),
            Held::Long(value) => Some(value),
            Held::Real(value) => Some(value as i64),
            Held::Bool(value) => Some(i64::from(value)),
            Held::Null | Held::Array | Held::Bag => None,
        }),
        Type::Real => call.longs(|row| source.real(row).filter(|v| v.is_finite()).map(|v| v as i64)),
        Type::Bool | Type::Int | Type::Decimal | Type::Guid => call.longs(|row| source.long(row)),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(f64::INFINITY), "null"),
            (Value::Real(7.9), "00:00:00.0000007"),
            (Value::Bool(true), "00:00:00.0000001"),
            (s(" -1.00:00:00 "), "-1.00:00:00"),
            (s("00:00:01x"), "null"),
            (dynamic("\"00:00:01\""), "00:00:01"),
        ] {
            assert_eq!(answer("totimespan", &[value]), wanted);
        }
    }
}
