//! `startofyear`: the first instant of the year of a datetime, or of one so many years away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "startofyear",
    summary: "The first instant of the year of a datetime, or of one so many years away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many years later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print startofyear(datetime(2017-05-15 10:20:30))", "2017-01-01T00:00:00.0000000Z"),
        example("print startofyear(datetime(2017-05-15 10:20:30), -1)", "2016-01-01T00:00:00.0000000Z"),
    ],
    evaluate: |call| periods::evaluate_start(call, Period::Year),
    ..DEFAULTS
};
