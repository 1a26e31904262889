//! `isinf`: whether a real is infinite.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isinf",
    summary: "Tells whether a real is infinite.",
    signatures: &[signature(
        &[required("number", Accepts::Is(Type::Real), "The number.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print isinf(1.0/0)", "True"), example("print isinf(1)", "False")],
    evaluate: |call| call.bools(|row| call[0].real(row).map(f64::is_infinite)),
    ..DEFAULTS
};
