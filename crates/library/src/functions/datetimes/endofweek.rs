//! `endofweek`: the last instant of the week of a datetime, or of one so many weeks away. A week starts on Sunday.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "endofweek",
    summary: "The last instant of the week of a datetime, or of one so many weeks away. A week starts on Sunday.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many weeks later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print endofweek(datetime(2017-05-15 10:20:30))", "2017-05-20T23:59:59.9999999Z"),
        example("print endofweek(datetime(2017-05-15 10:20:30), -1)", "2017-05-13T23:59:59.9999999Z"),
    ],
    evaluate: |call| periods::evaluate_end(call, Period::Week),
    ..DEFAULTS
};
