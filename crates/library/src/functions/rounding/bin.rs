//! `bin`: a value rounded down to a multiple of a size. Datetimes are counted from 0001-01-01, a Monday.

use crate::bins;
use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bin",
    aliases: &["floor"],
    summary: "Rounds a value down to a multiple of a size.",
    overload: Some(bins::overload),
    examples: &[
        example("print bin(-7, 5)", "-10"),
        example("print bin(7.5, 2)", "6.0"),
        example("print bin(datetime(2020-01-01 13:45), 1h)", "2020-01-01T13:00:00.0000000Z"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: bins::evaluate,
    ..DEFAULTS
};
