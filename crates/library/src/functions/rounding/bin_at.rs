//! `bin_at`: a value rounded down to a multiple of a size, counted from a fixed point.

use crate::bins;
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bin_at",
    summary: "Rounds a value down to a multiple of a size, counted from a fixed point.",
    overload: Some(bins::overload_at),
    examples: &[
        example("print bin_at(6.5, 2.5, 7)", "4.5"),
        example("print bin_at(1h, 1d, 12h)", "-12:00:00"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: bins::evaluate,
    ..DEFAULTS
};
