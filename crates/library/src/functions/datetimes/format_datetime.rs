//! `format_datetime`: a datetime written by a pattern.

use crate::function::*;
use crate::time_pattern::{self, Of};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "format_datetime",
    summary: "Writes a datetime by a pattern of letters for its parts.",
    signatures: &[signature(
        &[
            required("datetime", Accepts::OneOf(&[Type::DateTime]), "The datetime."),
            constant(required("format", Accepts::Is(Type::String), "The pattern.")),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example(
            "print format_datetime(datetime(2017-01-29 09:00:05.12345), 'yy-MM-dd [HH:mm:ss.ffff]')",
            "17-01-29 [09:00:05.1234]",
        ),
        example(
            "print format_datetime(datetime(2017-01-29 21:00:05), 'd/M/yyyy hh:mm tt')",
            "29/1/2017 09:00 PM",
        ),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| time_pattern::evaluate(call, Of::DateTime),
    ..DEFAULTS
};
