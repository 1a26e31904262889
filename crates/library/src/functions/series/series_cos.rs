//! `series_cos`: cosines of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_cos",
    summary: "Gives the cosine of each element.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_cos(dynamic([0]))", "[1.0]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, None, |x| Some(x.cos()))),
    ..DEFAULTS
};
