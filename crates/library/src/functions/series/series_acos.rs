//! `series_acos`: arc cosines of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_acos",
    summary: "Gives the arc cosine of each element; null outside of -1 to 1.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_acos(dynamic([1, 2]))", "[0.0,null]")],
    evaluate: |call| {
        call.dynamics(|row| each(&call[0], row, None, |x| (x.is_nan() || x.abs() <= 1.0).then(|| x.acos())))
    },
    ..DEFAULTS
};
