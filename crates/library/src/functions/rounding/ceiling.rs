//! `ceiling`: the least whole number that is not below a number.

use crate::bins::decimal_ceiling;
use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ceiling",
    summary: "The least whole number that is not below a number.",
    signatures: &[
        signature(
            &[required("number", Accepts::OneOf(&[Type::Decimal]), "A decimal.")],
            Returns::Is(Type::Decimal),
        ),
        signature(&[required("number", Accepts::Is(Type::Real), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print ceiling(-1.1)", "-1.0"), example("print ceiling(0.9)", "1.0")],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let number = &call[0];
    if number.ty != Type::Decimal {
        return call.reals(|row| number.real(row).map(f64::ceil));
    }
    call.values(|row| match number.value(row) {
        Value::Decimal(value) => decimal_ceiling(value).map_or(Value::Null(Type::Decimal), Value::Decimal),
        _ => Value::Null(Type::Decimal),
    })
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value::Long;

    #[test]
    fn types() {
        assert_eq!(answer("ceiling", &[Long(0)]), "0.0");
        assert_eq!(answer("ceiling", &[dec("1.1")]), "2");
        assert_eq!(answer("ceiling", &[dec("-1.1")]), "-1");
    }
}
