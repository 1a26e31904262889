//! `dayofweek`: how long ago the last Sunday began, in whole days.

use crate::calendar::day_of_week;
use crate::format::TICKS_PER_DAY;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "dayofweek",
    summary: "Days since the last Sunday, as a timespan: 0 for Sunday, 6 days for Saturday.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::TimeSpan),
    )],
    examples: &[
        example("print dayofweek(datetime(2017-05-15 10:20:30))", "1.00:00:00"),
        example("print dayofweek(datetime(2017-05-14))", "00:00:00"),
    ],
    evaluate: |call| call.longs(|row| call[0].long(row).map(|ticks| day_of_week(ticks) * TICKS_PER_DAY)),
    ..DEFAULTS
};
