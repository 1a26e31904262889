//! `activity_counts_metrics`: rows, users, new users and users so far, per period.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate activity_counts_metrics(id, t, start, end, 1d, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "activity_counts_metrics",
    summary: "Counts rows, distinct ids, ids not seen before, and all ids so far, for each period.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        step("Step", "The length of a period, or `week`, `month`, `year`."),
        DIMENSIONS,
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2, 'c', 2, 'a', 2] | evaluate activity_counts_metrics(u, t, 1, 9, 1)",
        "1, 2, 2, 2, 2; 2, 3, 2, 1, 3",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["Step"])?;
    let counts = ["count", "dcount", "new_dcount", "aggregated_dcount"].map(|name| (name, Type::Long));
    Ok(answer_columns(call, &[""], &counts))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = Periods::read(call, "Step")?;
    let mut seen: BTreeMap<(i64, usize), (u32, i64, FxHashSet<u32>)> = BTreeMap::new();
    for event in events.list.iter().filter(|event| periods.holds(event.time)) {
        let cell = seen.entry((periods.of(event.time), events.rank(event.group)));
        let (_, count, users) = cell.or_insert_with(|| (event.group, 0, FxHashSet::default()));
        *count += 1;
        users.insert(event.id);
    }
    let mut so_far: FxHashMap<u32, FxHashSet<u32>> = FxHashMap::default();
    let mut counts: [Vec<i64>; 4] = Default::default();
    for (group, count, users) in seen.values() {
        let known = so_far.entry(*group).or_default();
        let before = known.len();
        known.extend(users);
        let row = [*count, users.len() as i64, (known.len() - before) as i64, known.len() as i64];
        counts.iter_mut().zip(row).for_each(|(column, count)| column.push(count));
    }
    let groups: Vec<u32> = seen.values().map(|(group, ..)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, seen.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.extend(counts.map(|column| Arc::new(Int64Array::from(column)) as ArrayRef));
    Ok(arrays)
}
