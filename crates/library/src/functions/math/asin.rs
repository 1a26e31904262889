//! `asin`: the arc sine.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "asin",
    summary: "Gives the angle in radians of a sine; null outside of -1 to 1.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[
        example("print asin(0)", "0.0"),
        example("print asin(2)", ""),
        example("print asin(real(nan))", "NaN"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.reals(|row| call[0].real(row).filter(|x| x.is_nan() || x.abs() <= 1.0).map(f64::asin))
    },
    ..DEFAULTS
};
