//! `series_abs`: absolute values of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_abs",
    summary: "Gives the absolute value of each element.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_abs(dynamic([-1, 2]))", "[1,2]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, Some(i64::wrapping_abs), |x| Some(x.abs()))),
    ..DEFAULTS
};
