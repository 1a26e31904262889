//! `monthofyear`: the month of a datetime, 1 to 12.

use crate::format::date_parts;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "monthofyear",
    summary: "The month of a datetime, 1 to 12.",
    signatures: &[signature(
        &[required("date", Accepts::Is(Type::DateTime), "The datetime.")],
        Returns::Is(Type::Int),
    )],
    examples: &[example("print monthofyear(datetime(2017-05-15 10:20:30))", "5")],
    evaluate: |call| {
        call.ints(|row| call[0].long(row).map(|ticks| (i64::from(date_parts(ticks).month)) as i32))
    },
    ..DEFAULTS
};
