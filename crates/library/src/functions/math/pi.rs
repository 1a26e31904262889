//! `pi`: the circle constant.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "pi",
    summary: "Gives the ratio of a circle's circumference to its diameter.",
    signatures: &[signature(&[], Returns::Is(Type::Real))],
    examples: &[example("print pi()", "3.141592653589793")],
    evaluate: |call| call.reals(|_| Some(std::f64::consts::PI)),
    ..DEFAULTS
};
