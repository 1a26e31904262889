//! `cot`: the cotangent.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "cot",
    summary: "Gives the cotangent of an angle in radians.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print cot(0)", "inf")],
    evaluate: |call| call.reals(|row| call[0].real(row).map(|x| 1.0 / x.tan())),
    ..DEFAULTS
};
