//! `sqrt`: the square root.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "sqrt",
    summary: "Gives the square root; null for a negative number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print sqrt(16)", "4.0"), example("print sqrt(-1)", "")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).filter(|x| x.is_nan() || *x >= 0.0).map(f64::sqrt)),
    ..DEFAULTS
};
