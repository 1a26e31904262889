//! `series_sin`: sines of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_sin",
    summary: "Gives the sine of each element.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_sin(dynamic([0]))", "[0.0]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, None, |x| Some(x.sin()))),
    ..DEFAULTS
};
