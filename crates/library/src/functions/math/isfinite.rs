//! `isfinite`: whether a real is finite.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isfinite",
    summary: "Tells whether a real is neither infinite nor not a number.",
    signatures: &[signature(
        &[required("number", Accepts::Is(Type::Real), "The number.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print isfinite(1.5)", "True"), example("print isfinite(real(nan))", "False")],
    evaluate: |call| call.bools(|row| call[0].real(row).map(f64::is_finite)),
    ..DEFAULTS
};
