//! `unary -`: the negative of a number or timespan.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json::{self, Held, held};
use crate::types::Type;
use crate::value::{Json, Value};

/// The operator.
pub const FUNCTION: Function = Function {
    name: "unary -",
    summary: "The negative of a number or timespan; of an int a long, unless it is known before any row.",
    signatures: &[signature(
        &[required(
            "operand",
            Accepts::OneOf(&[
                Type::Int,
                Type::Long,
                Type::Real,
                Type::Decimal,
                Type::TimeSpan,
                Type::Dynamic,
            ]),
            "What to negate.",
        )],
        Returns::Computed(negative),
    )],
    examples: &[example("print -(1 + 2)", "-3"), example("print -1h", "-01:00:00")],
    evaluate,
    ..DEFAULTS
};

/// An int of the rows becomes a long, so that its negative fits.
fn negative(arguments: &[ArgumentInfo]) -> Option<Type> {
    let operand = arguments.first()?;
    match operand.ty {
        Type::Int if operand.constant.is_none() => Some(Type::Long),
        ty => Some(ty),
    }
}

fn evaluate(call: &Call) -> Evaluated {
    let operand = &call[0];
    match operand.ty {
        Type::Int if call.returns == Type::Int => {
            call.ints(|row| operand.long(row).map(|value| (value as i32).wrapping_neg()))
        }
        Type::Real => call.reals(|row| operand.real(row).map(|value| -value)),
        Type::Decimal => call.values(|row| match operand.value(row) {
            Value::Decimal(value) => Value::Decimal(value.wrapping_neg()),
            _ => Value::Null(Type::Decimal),
        }),
        Type::Dynamic => call.dynamics(|row| match held(operand.raw(row)) {
            Held::Long(value) => Some(Json::from(value.wrapping_neg())),
            Held::Real(value) => Some(json::from_real(-value)),
            Held::Null | Held::Bool(_) | Held::String(_) | Held::Array | Held::Bag => None,
        }),
        Type::Bool | Type::Int | Type::Long | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid => {
            call.longs(|row| operand.long(row).map(i64::wrapping_neg))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value;

    #[test]
    fn types() {
        assert_eq!(answer_type("unary -", &[Type::Int]), Some(Type::Long));
        assert_eq!(answer("unary -", &[Value::Int(i32::MIN)]), "-2147483648");
        assert_eq!(answer("unary -", &[ts("1h")]), "-01:00:00");
        assert_eq!(answer("unary -", &[dynamic("1.5")]), "-1.5");
        assert_eq!(answer("unary -", &[s("1")]), "refused");
    }
}
