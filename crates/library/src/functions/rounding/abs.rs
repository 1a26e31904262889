//! `abs`: a number or timespan without its sign.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "abs",
    summary: "A number or timespan without its sign.",
    overload: Some(overload),
    examples: &[
        example("print abs(-5)", "5"),
        example("print abs(-1.5)", "1.5"),
        example("print abs(-1h)", "01:00:00"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

/// An int or bool gives a long; what a dynamic holds counts as a real.
fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [number] = arguments else {
        return None;
    };
    let ty = match number.ty {
        Type::Bool | Type::Int | Type::Long => Type::Long,
        Type::Real | Type::Dynamic => Type::Real,
        Type::Decimal | Type::TimeSpan => number.ty,
        Type::String | Type::DateTime | Type::Guid => return None,
    };
    Some(Overload { arguments: vec![ty], returns: ty })
}

fn evaluate(call: &Call) -> Evaluated {
    let number = &call[0];
    match number.ty {
        Type::Real => call.reals(|row| number.real(row).map(f64::abs)),
        Type::Decimal => call.values(|row| match number.value(row) {
            Value::Decimal(value) => Value::Decimal(value.wrapping_abs()),
            _ => Value::Null(Type::Decimal),
        }),
        _ => call.longs(|row| number.long(row).map(i64::wrapping_abs)),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Bool, Long};

    #[test]
    fn types() {
        assert_eq!(answer_type("abs", &[Type::Int]), Some(Type::Long));
        assert_eq!(answer("abs", &[Bool(true)]), "1");
        assert_eq!(answer("abs", &[Long(i64::MIN)]), "-9223372036854775808");
        assert_eq!(answer("abs", &[dec("-1.5")]), "1.5");
        assert_eq!(answer("abs", &[s("1")]), "refused");
    }
}
