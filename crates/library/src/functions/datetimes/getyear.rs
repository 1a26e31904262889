//! `getyear`: the year of a datetime.

use crate::format::date_parts;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "getyear",
    summary: "The year of a datetime.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print getyear(datetime(2017-05-15 10:20:30))", "2017")],
    evaluate: |call| {
        call.ints(|row| call[0].long(row).map(|ticks| (i64::from(date_parts(ticks).year)) as i32))
    },
    ..DEFAULTS
};
