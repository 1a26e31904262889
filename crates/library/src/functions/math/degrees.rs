//! `degrees`: radians as degrees.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "degrees",
    summary: "Converts an angle from radians to degrees.",
    signatures: &[
        signature(&[required("radians", Accepts::Number, "The angle.")], Returns::Is(Type::Real)),
        signature(&[required("radians", Accepts::Is(Type::Bool), "The angle.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print degrees(pi())", "180.0")],
    evaluate: |call| call.reals(|row| call[0].real(row).map(|x| 180.0 / std::f64::consts::PI * x)),
    ..DEFAULTS
};
