//! `activity_metrics`: users of each period against those of the period before.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Float64Array, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate activity_metrics(id, t, start, end, 7d, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "activity_metrics",
    summary: "Compares the ids of each period with those of the period before: new, retained, lost.",
    signatures: &[&[ID, TIME, START, END, STEP, DIMENSIONS], &[ID, TIME, STEP, DIMENSIONS]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2, 'c', 2] | evaluate activity_metrics(u, t, 1, 9, 1) | where t == 2",
        "2, 2, 1, 0.5, 0.5",
    )],
};

const STEP: Slot = step("Window", "The length of a period, or `week`, `month`, `year`.");

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["Window"])?;
    let counts = [
        ("dcount_values", Type::Long),
        ("dcount_newvalues", Type::Long),
        ("retention_rate", Type::Real),
        ("churn_rate", Type::Real),
    ];
    Ok(answer_columns(call, &[""], &counts))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = periods(call, &events, "Window")?;
    let mut seen: BTreeMap<(i64, usize), (u32, FxHashSet<u32>)> = BTreeMap::new();
    for event in events.list.iter().filter(|event| periods.holds(event.time)) {
        let cell = seen.entry((periods.of(event.time), events.rank(event.group)));
        cell.or_insert_with(|| (event.group, FxHashSet::default())).1.insert(event.id);
    }
    let mut before: FxHashMap<u32, (i64, &FxHashSet<u32>)> = FxHashMap::default();
    let starts = if seen.is_empty() { Vec::new() } else { periods.all()? };
    let (mut values, mut new) = (Vec::new(), Vec::new());
    let (mut retention, mut churn) = (Vec::new(), Vec::new());
    for ((start, _), (group, users)) in &seen {
        let place = starts.partition_point(|other| other < start);
        let previous = place.checked_sub(1).and_then(|place| starts.get(place));
        let last = before.get(group).filter(|(time, _)| Some(time) == previous).map(|(_, users)| *users);
        let retained = last.map_or(0, |last| users.intersection(last).count());
        let rate = last.map_or(f64::NAN, |last| retained as f64 / last.len() as f64);
        values.push(users.len() as i64);
        new.push((users.len() - retained) as i64);
        retention.push(rate);
        churn.push(1.0 - rate);
        before.insert(*group, (*start, users));
    }
    let groups: Vec<u32> = seen.values().map(|(group, _)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, seen.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.push(Arc::new(Int64Array::from(values)));
    arrays.push(Arc::new(Int64Array::from(new)));
    arrays.push(Arc::new(Float64Array::from(retention)));
    arrays.push(Arc::new(Float64Array::from(churn)));
    Ok(arrays)
}
