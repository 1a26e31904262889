//! `startofweek`: the first instant of the week of a datetime, or of one so many weeks away. A week starts on Sunday.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "startofweek",
    summary: "The first instant of the week of a datetime, or of one so many weeks away. A week starts on Sunday.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many weeks later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print startofweek(datetime(2017-05-15 10:20:30))", "2017-05-14T00:00:00.0000000Z"),
        example("print startofweek(datetime(2017-05-15 10:20:30), -1)", "2017-05-07T00:00:00.0000000Z"),
    ],
    evaluate: |call| periods::evaluate_start(call, Period::Week),
    ..DEFAULTS
};
