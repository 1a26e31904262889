//! `acos`: the arc cosine.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "acos",
    summary: "Gives the angle in radians of a cosine; null outside of -1 to 1.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print acos(1)", "0.0"), example("print acos(-2)", "")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.reals(|row| call[0].real(row).filter(|x| x.is_nan() || x.abs() <= 1.0).map(f64::acos))
    },
    ..DEFAULTS
};
