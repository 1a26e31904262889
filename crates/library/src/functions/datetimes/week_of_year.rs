//! `week_of_year`: the ISO 8601 week of a datetime: weeks start on Monday, week 1 holds the first Thursday.

use crate::calendar;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "week_of_year",
    summary: "The ISO 8601 week of a datetime: weeks start on Monday, week 1 holds the first Thursday.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print week_of_year(datetime(2017-05-15 10:20:30))", "20")],
    evaluate: |call| call.ints(|row| call[0].long(row).map(|ticks| (calendar::iso_week(ticks)) as i32)),
    ..DEFAULTS
};
