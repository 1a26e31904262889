//! `series_floor`: a series rounded down.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_floor",
    summary: "Rounds each element down.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_floor(dynamic([-1.5, 1.2]))", "[-2.0,1.0]")],
    evaluate: |call| call.dynamics(|row| each(&call[0], row, Some(|x| x), |x| Some(x.floor()))),
    ..DEFAULTS
};
