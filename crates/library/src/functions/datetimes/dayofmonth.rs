//! `dayofmonth`: the day of the month of a datetime.

use crate::format::date_parts;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "dayofmonth",
    summary: "The day of the month of a datetime.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print dayofmonth(datetime(2017-05-15 10:20:30))", "15")],
    evaluate: |call| {
        call.ints(|row| call[0].long(row).map(|ticks| (i64::from(date_parts(ticks).day)) as i32))
    },
    ..DEFAULTS
};
