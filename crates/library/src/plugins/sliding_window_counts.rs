//! `sliding_window_counts`: rows and users within a window that ends with each period.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate sliding_window_counts(id, t, start, end, 7d, 1d, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "sliding_window_counts",
    summary: "Counts rows and distinct ids in a window that slides along a timeline.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        known("LookBackWindow", "How far a window reaches back."),
        step("Step", "How far a window moves: a length, or `week`, `month`, `year`."),
        DIMENSIONS,
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2] | evaluate sliding_window_counts(u, t, 1, 3, 2, 1)",
        "1, 2, 2; 2, 3, 2; 3, 1, 1",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["LookBackWindow", "Step"])?;
    Ok(answer_columns(call, &[""], &[("Count", Type::Long), ("Dcount", Type::Long)]))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = Periods::read(call, "Step")?;
    let window = call.long("LookBackWindow").unwrap_or_default();
    let starts = periods.all()?;
    let mut seen: BTreeMap<(i64, usize), (u32, i64, FxHashSet<u32>)> = BTreeMap::new();
    for event in &events.list {
        if event.time > periods.end {
            continue;
        }
        rows.go_on()?;
        // A row counts in its own period and in those that begin less than the window later.
        let own = periods.of(event.time);
        let first = starts.partition_point(|start| *start < own);
        let reached = starts[first..].iter().take_while(|start| **start - own < window || **start == own);
        for start in reached {
            let cell = seen.entry((*start, events.rank(event.group)));
            let (_, count, users) = cell.or_insert_with(|| (event.group, 0, FxHashSet::default()));
            *count += 1;
            users.insert(event.id);
        }
    }
    let groups: Vec<u32> = seen.values().map(|(group, ..)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, seen.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.push(Arc::new(Int64Array::from_iter_values(seen.values().map(|(_, count, _)| *count))));
    arrays.push(Arc::new(Int64Array::from_iter_values(seen.values().map(|(.., users)| users.len() as i64))));
    Ok(arrays)
}
