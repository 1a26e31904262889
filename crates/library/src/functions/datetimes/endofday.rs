//! `endofday`: the last instant of the day of a datetime, or of one so many days away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "endofday",
    summary: "The last instant of the day of a datetime, or of one so many days away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many days later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print endofday(datetime(2017-05-15 10:20:30))", "2017-05-15T23:59:59.9999999Z"),
        example("print endofday(datetime(2017-05-15 10:20:30), -1)", "2017-05-14T23:59:59.9999999Z"),
    ],
    evaluate: |call| periods::evaluate_end(call, Period::Day),
    ..DEFAULTS
};
