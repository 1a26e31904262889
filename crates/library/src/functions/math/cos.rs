//! `cos`: the cosine.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "cos",
    summary: "Gives the cosine of an angle in radians.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print cos(0)", "1.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(f64::cos)),
    ..DEFAULTS
};
