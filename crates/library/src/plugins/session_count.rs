//! `session_count`: how many sessions begin in each period.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate session_count(id, t, start, end, 1h, 30m, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "session_count",
    summary: "Counts sessions: a row begins one when its id was not seen within the time before.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        step("Bin", "The length of a period, or `week`, `month`, `year`."),
        known("LookBackWindow", "How long an id must not have been seen for a new session."),
        DIMENSIONS,
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'a', 2, 'a', 6, 'b', 7] | evaluate session_count(u, t, 1, 9, 5, 2)",
        "1, 1; 6, 2",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["Bin", "LookBackWindow"])?;
    Ok(answer_columns(call, &[""], &[("count_sessions", Type::Long)]))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let mut events = Events::read(call, rows)?;
    let periods = Periods::read(call, "Bin")?;
    let window = call.long("LookBackWindow").unwrap_or_default();
    events.list.sort_by_key(|event| event.time);
    let mut last: FxHashMap<(u32, u32), i64> = FxHashMap::default();
    let mut begun: BTreeMap<(i64, usize), (u32, i64)> = BTreeMap::new();
    for event in &events.list {
        let before = last.insert((event.group, event.id), event.time);
        if !periods.holds(event.time) {
            continue;
        }
        let cell = begun.entry((periods.of(event.time), events.rank(event.group)));
        let (_, count) = cell.or_insert((event.group, 0));
        *count += i64::from(before.is_none_or(|before| event.time - before > window));
    }
    let groups: Vec<u32> = begun.values().map(|(group, _)| *group).collect();
    let mut arrays = vec![times(call.column("TimelineColumn").ty, begun.keys().map(|(time, _)| *time))];
    arrays.extend(events.dimensions(call, rows, &groups)?);
    arrays.push(Arc::new(Int64Array::from_iter_values(begun.values().map(|(_, count)| *count))));
    Ok(arrays)
}
