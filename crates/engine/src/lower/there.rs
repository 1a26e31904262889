//! The rows of a table that were there at an instant, as a condition over its columns.

use super::column;
use super::expression::literal;
use crate::there::There;
use calypso_library::{Type, Value};
use calypso_planner::plan::PlanColumn;
use datafusion::logical_expr::{Expr as Physical, lit};

/// What holds for the rows that were there; `None` where all were, as far as the columns say.
pub(super) fn condition(there: &There, columns: &[PlanColumn]) -> Option<Physical> {
    let find = |name: &str, ty: Type| columns.iter().find(|one| one.name == name && one.ty == ty);
    let times: Vec<Physical> =
        there.since.iter().filter_map(|name| Some(column(find(name, Type::DateTime)?.id))).collect();
    let key = find(&there.key, Type::String).map(|one| column(one.id));
    let named = |keys: &[String]| {
        let key = key.clone().filter(|_| !keys.is_empty())?;
        let keys = keys.iter().map(|text| literal(&Value::String(text.clone()))).collect();
        Some(key.clone().is_not_null().and(key.in_list(keys, false)))
    };
    let in_time = not_after(&times, there.at);
    // Most rows are older than any that is late, and their keys need not be looked for.
    let not_late = named(&there.late).map(|late| match times.first() {
        Some(time) => time.clone().lt(lit(there.late_from)).or(late.is_not_true()),
        None => late.is_not_true(),
    });
    let there_by_time = match (in_time, not_late) {
        (Some(in_time), Some(not_late)) => in_time.and(not_late),
        (in_time, not_late) => in_time.or(not_late)?,
    };
    Some(match named(&there.early) {
        Some(early) => there_by_time.or(early),
        None => there_by_time,
    })
}

/// The first of the times that is not null is not after the instant, or all are null.
fn not_after(times: &[Physical], at: i64) -> Option<Physical> {
    let (time, others) = times.split_first()?;
    let unknown = time.clone().is_null();
    let unknown = match not_after(others, at) {
        Some(others) => unknown.and(others),
        None => unknown,
    };
    Some(time.clone().lt_eq(lit(at)).or(unknown))
}
