//! `isnan`: whether a real is not a number.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isnan",
    summary: "Tells whether a real is not a number.",
    signatures: &[signature(
        &[required("number", Accepts::Is(Type::Real), "The number.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print isnan(real(nan))", "True"), example("print isnan(1.0)", "False")],
    evaluate: |call| call.bools(|row| call[0].real(row).map(f64::is_nan)),
    ..DEFAULTS
};
