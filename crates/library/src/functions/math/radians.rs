//! `radians`: degrees as radians.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "radians",
    summary: "Converts an angle from degrees to radians.",
    signatures: &[
        signature(&[required("degrees", Accepts::Number, "The angle.")], Returns::Is(Type::Real)),
        signature(&[required("degrees", Accepts::Is(Type::Bool), "The angle.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print radians(180) == pi()", "True")],
    evaluate: |call| call.reals(|row| call[0].real(row).map(|x| std::f64::consts::PI / 180.0 * x)),
    ..DEFAULTS
};
