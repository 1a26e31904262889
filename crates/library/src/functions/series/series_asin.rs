//! `series_asin`: arc sines of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_asin",
    summary: "Gives the arc sine of each element; null outside of -1 to 1.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_asin(dynamic([0, 2]))", "[0.0,null]")],
    evaluate: |call| {
        call.dynamics(|row| each(&call[0], row, None, |x| (x.is_nan() || x.abs() <= 1.0).then(|| x.asin())))
    },
    ..DEFAULTS
};
