//! `tan`: the tangent.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tan",
    summary: "Gives the tangent of an angle in radians.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print tan(0)", "0.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(f64::tan)),
    ..DEFAULTS
};
