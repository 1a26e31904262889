//! `series_log`: natural logarithms of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_log",
    summary: "Gives the natural logarithm of each element; null for negative ones.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_log(dynamic([1, -1]))", "[0.0,null]")],
    evaluate: |call| {
        call.dynamics(|row| each(&call[0], row, None, |x| (x >= 0.0 || x.is_nan()).then(|| x.ln())))
    },
    ..DEFAULTS
};
