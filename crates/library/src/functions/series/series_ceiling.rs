//! `series_ceiling`: a series rounded up.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_ceiling",
    summary: "Rounds each element up.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_ceiling(dynamic([-1.5, 1.2]))", "[-1.0,2.0]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, Some(|x| x), |x| Some(x.ceil()))),
    ..DEFAULTS
};
