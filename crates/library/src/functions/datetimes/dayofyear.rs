//! `dayofyear`: the day of the year of a datetime.

use crate::calendar;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "dayofyear",
    summary: "The day of the year of a datetime.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print dayofyear(datetime(2017-05-15 10:20:30))", "135")],
    evaluate: |call| call.ints(|row| call[0].long(row).map(|ticks| (calendar::day_of_year(ticks)) as i32)),
    ..DEFAULTS
};
