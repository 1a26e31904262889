//! `hourofday`: the hour of a datetime, 0 to 23.

use crate::calendar::TICKS_PER_HOUR;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "hourofday",
    summary: "The hour of a datetime, 0 to 23.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print hourofday(datetime(2017-05-15 10:20:30))", "10")],
    evaluate: |call| call.ints(|row| call[0].long(row).map(|ticks| (ticks / TICKS_PER_HOUR % 24) as i32)),
    ..DEFAULTS
};
