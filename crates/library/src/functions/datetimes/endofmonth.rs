//! `endofmonth`: the last instant of the month of a datetime, or of one so many months away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "endofmonth",
    summary: "The last instant of the month of a datetime, or of one so many months away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many months later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print endofmonth(datetime(2017-05-15 10:20:30))", "2017-05-31T23:59:59.9999999Z"),
        example("print endofmonth(datetime(2017-05-15 10:20:30), -1)", "2017-04-30T23:59:59.9999999Z"),
    ],
    evaluate: |call| periods::evaluate_end(call, Period::Month),
    ..DEFAULTS
};
