//! `series_tan`: tangents of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_tan",
    summary: "Gives the tangent of each element.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_tan(dynamic([0]))", "[0.0]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, None, |x| Some(x.tan()))),
    ..DEFAULTS
};
