//! `endofyear`: the last instant of the year of a datetime, or of one so many years away.

use crate::function::*;
use crate::periods::{self, Period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "endofyear",
    summary: "The last instant of the year of a datetime, or of one so many years away.",
    signatures: &[signature(
        &[
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
            optional("offset", Accepts::Is(Type::Long), "How many years later."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print endofyear(datetime(2017-05-15 10:20:30))", "2017-12-31T23:59:59.9999999Z"),
        example("print endofyear(datetime(2017-05-15 10:20:30), -1)", "2016-12-31T23:59:59.9999999Z"),
    ],
    evaluate: |call| periods::evaluate_end(call, Period::Year),
    ..DEFAULTS
};
