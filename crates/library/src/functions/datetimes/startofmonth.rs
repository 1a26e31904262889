//! `startofmonth`: the first instant of the month of a datetime, or of one so many months away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "startofmonth",
    summary: "The first instant of the month of a datetime, or of one so many months away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many months later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print startofmonth(datetime(2017-05-15 10:20:30))", "2017-05-01T00:00:00.0000000Z"),
        example("print startofmonth(datetime(2017-05-15 10:20:30), -1)", "2017-04-01T00:00:00.0000000Z"),
    ],
    evaluate: |call| periods::evaluate_start(call, Period::Month),
    ..DEFAULTS
};
