//! `startofday`: the first instant of the day of a datetime, or of one so many days away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "startofday",
    summary: "The first instant of the day of a datetime, or of one so many days away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many days later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print startofday(datetime(2017-05-15 10:20:30))", "2017-05-15T00:00:00.0000000Z"),
        example("print startofday(datetime(2017-05-15 10:20:30), -1)", "2017-05-14T00:00:00.0000000Z"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| periods::evaluate_start(call, Period::Day),
    ..DEFAULTS
};
