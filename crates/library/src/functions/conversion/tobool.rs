//! `tobool`: a value as a bool.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tobool",
    aliases: &["toboolean"],
    summary: "Converts a value to a bool; null when it has none.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print tobool('TRUE')", "True"),
        example("print tobool(0)", "False"),
        example("print isnull(tobool('yes'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::Bool => Ok(source.column(call.rows)),
        Type::String => call.bools(|row| literals::to_bool(source.raw(row))),
        Type::Dynamic => call.bools(|row| match held(source.raw(row)) {
            Held::Bool(value) => Some(value),
            Held::Long(value) => Some(value != 0),
            Held::Real(value) => Some(value != 0.0),
            Held::String(text) => literals::to_bool(&text),
            Held::Null | Held::Array | Held::Bag => None,
        }),
        Type::Real | Type::Decimal => call.bools(|row| source.real(row).map(|value| value != 0.0)),
        Type::Int | Type::Long | Type::DateTime | Type::TimeSpan | Type::Guid => {
            call.bools(|row| source.long(row).map(|value| value != 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(1.5), "True"),
            (s("1.5"), "null"),
            (s("0002"), "True"),
            (Value::Null(Type::Dynamic), "null"),
            (dynamic("\"false\""), "False"),
        ] {
            assert_eq!(answer("tobool", &[value]), wanted);
        }
    }
}
