//! `format_timespan`: a timespan written by a pattern.

use crate::function::*;
use crate::time_pattern::{self, Of};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "format_timespan",
    summary: "Writes a timespan by a pattern of letters for its parts.",
    signatures: &[signature(
        &[
            required("timespan", Accepts::OneOf(&[Type::TimeSpan]), "The timespan."),
            constant(required("format", Accepts::Is(Type::String), "The pattern.")),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss')", "029.9:00:05"),
        example("print format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss [FF]')", "29.09:00:05 [12]"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| time_pattern::evaluate(call, Of::TimeSpan),
    ..DEFAULTS
};
