//! `weekofyear`: the week of a datetime by the older rule: weeks start on Sunday, week 1 holds the first Wednesday.

use crate::calendar;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "weekofyear",
    summary: "The week of a datetime by the older rule: weeks start on Sunday, week 1 holds the first Wednesday.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print weekofyear(datetime(2017-05-15 10:20:30))", "20")],
    evaluate: |call| call.ints(|row| call[0].long(row).map(|ticks| (calendar::sunday_week(ticks)) as i32)),
    ..DEFAULTS
};
