//! `active_users_count`: users seen in enough periods before.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, required};
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate active_users_count(id, t, start, end, 8d, 1d, 3, 7d, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "active_users_count",
    summary: "Counts the ids that were seen in at least so many periods of the time before.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        known("LookbackWindow", "How far back of each row is looked."),
        known("Period", "The length of a period; a user is seen in it or not."),
        slot(
            Takes::Constant,
            constant(required(
                "ActivePeriods",
                Accepts::Integer,
                "In how many periods a user must be seen to be active.",
            )),
        ),
        step("Step", "The length of the periods that are counted for: a length, or `week`, `month`, `year`."),
        DIMENSIONS,
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2, 'a', 4] | evaluate active_users_count(u, t, 1, 9, 5, 1, 2, 2)",
        "1, 1; 3, 1",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["LookbackWindow", "Period", "Step"])?;
    Ok(answer_columns(call, &[""], &[("dcount", Type::Long)]))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = Periods::read(call, "Step")?;
    let window = call.long("LookbackWindow").unwrap_or_default();
    let least = call.long("ActivePeriods").unwrap_or_default();
    let appearances = Periods::between(call, "Period", periods.start, periods.end)?;
    let mut by_user: FxHashMap<(u32, u32), Vec<i64>> = FxHashMap::default();
    for event in &events.list {
        by_user.entry((event.group, event.id)).or_default().push(event.time);
    }
    let mut active: BTreeMap<(i64, usize), (u32, FxHashSet<u32>)> = BTreeMap::new();
    for ((group, id), mut seen) in by_user {
        rows.go_on()?;
        seen.sort_unstable();
        for (index, time) in seen.iter().enumerate() {
            if !periods.holds(*time) {
                continue;
            }
            // The window ends with the row itself; its far end is left out.
            let first = seen.partition_point(|earlier| *earlier <= time.saturating_sub(window));
            let mut within: Vec<i64> = seen[first..=index].iter().map(|time| appearances.of(*time)).collect();
            within.dedup();
            if within.len() as i64 >= least {
                let cell = active.entry((periods.of(*time), events.rank(group)));
                cell.or_insert_with(|| (group, FxHashSet::default())).1.insert(id);
            }
        }
    }
    let groups: Vec<u32> = active.values().map(|(group, _)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, active.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.push(Arc::new(Int64Array::from_iter_values(active.values().map(|(_, ids)| ids.len() as i64))));
    Ok(arrays)
}
