//! `todatetime`: a value as a datetime.

use crate::calendar::in_range;
use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "todatetime",
    summary: "Converts a value to a datetime; null when it has none. A number counts ticks since 0001-01-01.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print todatetime('2015-12-24')", "2015-12-24T00:00:00.0000000Z"),
        example("print todatetime('2022-12-02T13:45:56+02:00')", "2022-12-02T11:45:56.0000000Z"),
        example("print isnull(todatetime('13-01-2022'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::DateTime => Ok(source.column(call.rows)),
        Type::String => call.longs(|row| literals::datetime(source.raw(row))),
        Type::Dynamic => call.longs(|row| match held(source.raw(row)) {
            Held::String(text) => literals::datetime(&text),
            Held::Long(value) => in_range(value),
            Held::Real(value) => in_range(value as i64),
            Held::Bool(_) | Held::Null | Held::Array | Held::Bag => None,
        }),
        Type::Int | Type::Long | Type::Real | Type::Decimal | Type::TimeSpan => {
            call.longs(|row| source.long(row).and_then(in_range))
        }
        Type::Bool | Type::Guid => call.longs(|_| None),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (dynamic("\"2020-01-01\""), "2020-01-01T00:00:00.0000000Z"),
            (Value::Long(-1), "null"),
            (s(""), "null"),
        ] {
            assert_eq!(answer("todatetime", &[value]), wanted);
        }
    }
}
