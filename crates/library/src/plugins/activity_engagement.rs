//! `activity_engagement`: users of a period against those of a longer window that ends with it.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Float64Array, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate activity_engagement(id, t, start, end, 1d, 7d, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "activity_engagement",
    summary: "Gives the share of the ids of a longer window that are seen in its last period.",
    signatures: &[&[ID, TIME, START, END, INNER, OUTER, DIMENSIONS], &[ID, TIME, INNER, OUTER, DIMENSIONS]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2] | evaluate activity_engagement(u, t, 1, 9, 1, 7)",
        "1, 2, 2, 1.0; 2, 1, 2, 0.5",
    )],
};

const INNER: Slot = known("InnerActivityWindow", "The length of a period.");
const OUTER: Slot = known("OuterActivityWindow", "The length of the window that ends with a period.");

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["InnerActivityWindow", "OuterActivityWindow"])?;
    let counts = [
        ("dcount_activities_inner", Type::Long),
        ("dcount_activities_outer", Type::Long),
        ("activity_ratio", Type::Real),
    ];
    Ok(answer_columns(call, &[""], &counts))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = periods(call, &events, "InnerActivityWindow")?;
    let window = call.long("OuterActivityWindow").unwrap_or_default();
    // Users by group and period; what lies before the start still belongs to windows.
    let mut by_group: FxHashMap<u32, BTreeMap<i64, FxHashSet<u32>>> = FxHashMap::default();
    for event in events.list.iter().filter(|event| event.time <= periods.end) {
        let group = by_group.entry(event.group).or_default();
        group.entry(periods.of(event.time)).or_default().insert(event.id);
    }
    let mut found: BTreeMap<(i64, usize), (u32, i64, i64)> = BTreeMap::new();
    for (group, seen) in &by_group {
        for (start, inner) in seen.range(periods.of(periods.start)..) {
            rows.go_on()?;
            let mut outer = inner.clone();
            for (_, users) in seen.range(..start).rev().take_while(|(time, _)| *start - **time < window) {
                outer.extend(users);
            }
            let counts = (*group, inner.len() as i64, outer.len() as i64);
            found.insert((*start, events.rank(*group)), counts);
        }
    }
    let groups: Vec<u32> = found.values().map(|(group, ..)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, found.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.push(Arc::new(Int64Array::from_iter_values(found.values().map(|(_, inner, _)| *inner))));
    arrays.push(Arc::new(Int64Array::from_iter_values(found.values().map(|(_, _, outer)| *outer))));
    let ratio = found.values().map(|(_, inner, outer)| *inner as f64 / *outer as f64);
    arrays.push(Arc::new(Float64Array::from_iter_values(ratio)));
    Ok(arrays)
}
