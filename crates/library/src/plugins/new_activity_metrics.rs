//! `new_activity_metrics`: what becomes of the users first seen in each period.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional};
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Float64Array, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate new_activity_metrics(id, t, start, end, 7d, cohort, dim, lookback)`
pub const PLUGIN: Plugin = Plugin {
    name: "new_activity_metrics",
    summary: "Follows the ids first seen in each period through the later ones.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        step("Window", "The length of a period, or `week`, `month`, `year`."),
        slot(
            Takes::Constant,
            constant(optional(
                "Cohort",
                Accepts::Summable,
                "Only the ids first seen in the period of this time.",
            )),
        ),
        DIMENSIONS,
        slot(
            Takes::Table,
            optional(
                "lookback",
                Accepts::Any,
                "Rows whose ids count as seen before; the id column by its name.",
            ),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int)['a', 1, 'b', 1, 'a', 2] | evaluate new_activity_metrics(u, t, 1, 2, 1)",
        "1, 1, 2, 2, 0, 1.0, 0.0; 1, 2, 0, 1, 1, 0.5, 0.5",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End", "Cohort"], &["Window"])?;
    let id = call.column("IdColumn");
    if !call.lookup.is_empty() && !call.lookup.contains(&id) {
        return Err(format!("the lookback rows have no column `{}` of type {}", id.name, id.ty));
    }
    let counts = [
        ("dcount_new_values", Type::Long),
        ("dcount_retained_values", Type::Long),
        ("dcount_churn_values", Type::Long),
        ("retention_rate", Type::Real),
        ("churn_rate", Type::Real),
    ];
    Ok(answer_columns(call, &["from_", "to_"], &counts))
}

/// One row of the answer.
struct Found {
    times: [i64; 2],
    group: u32,
    counts: [i64; 3],
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let events = Events::read(call, rows)?;
    let periods = Periods::read(call, "Window")?;
    let only = call.long("Cohort").map(|cohort| periods.of(cohort));
    let known = seen_before(call, rows);
    let ids = column(call, rows, "IdColumn")?;
    let mut by_group: BTreeMap<usize, (u32, BTreeMap<i64, FxHashSet<u32>>)> = BTreeMap::new();
    for event in events.list.iter().filter(|event| periods.holds(event.time)) {
        let group =
            by_group.entry(events.rank(event.group)).or_insert_with(|| (event.group, BTreeMap::new()));
        group.1.entry(periods.of(event.time)).or_default().insert(event.id);
    }
    let starts = if events.list.is_empty() { Vec::new() } else { periods.all()? };
    let mut found = Vec::new();
    for (group, seen) in by_group.values() {
        // The period in which each user was first seen; nothing for those of the lookback.
        let mut first: FxHashMap<u32, Option<i64>> = FxHashMap::default();
        for (start, users) in seen {
            for user in users {
                let row = events.users.get(*user as usize).copied().unwrap_or_default();
                let old = || known.contains(&ids.text(row as usize).into_owned());
                first.entry(*user).or_insert_with(|| if old() { None } else { Some(*start) });
            }
        }
        for from in starts.iter().filter(|from| only.is_none_or(|only| only == **from)) {
            let cohort = first.values().filter(|start| **start == Some(*from)).count() as i64;
            if cohort == 0 {
                continue;
            }
            for to in starts.iter().filter(|to| *to >= from) {
                rows.go_on()?;
                let users = seen.get(to);
                let count = |wanted: &dyn Fn(i64) -> bool| {
                    let started = |user: &u32| first.get(user).copied().flatten();
                    let users = users.into_iter().flatten();
                    users.filter(|user| started(user).is_some_and(wanted)).count() as i64
                };
                let retained = count(&|start| start == *from);
                let new = if to == from { cohort } else { count(&|start| start > *from) };
                let counts = [new, retained, cohort - retained];
                found.push(Found { times: [*from, *to], group: *group, counts });
            }
        }
    }
    found.sort_by_key(|row| row.times);
    let ty = call.column("TimelineColumn").ty;
    let mut arrays: Vec<ArrayRef> =
        (0..2).map(|place| times(ty, found.iter().map(|row| row.times[place]))).collect();
    let groups: Vec<u32> = found.iter().map(|row| row.group).collect();
    arrays.extend(events.dimensions(call, rows, &groups)?);
    for place in 0..3 {
        arrays.push(Arc::new(Int64Array::from_iter_values(found.iter().map(|row| row.counts[place]))));
    }
    for place in [1, 2] {
        let rate = |row: &Found| row.counts[place] as f64 / (row.counts[1] + row.counts[2]) as f64;
        arrays.push(Arc::new(Float64Array::from_iter_values(found.iter().map(rate))));
    }
    Ok(arrays)
}

/// The ids of the lookback rows.
fn seen_before(call: &PluginCall, rows: &PluginRows) -> FxHashSet<String> {
    let id = call.column("IdColumn");
    let place = call.lookup.iter().position(|column| *column == id);
    let Some(cells) = place.and_then(|place| rows.lookup.get(place)) else { return FxHashSet::default() };
    (0..rows.lookup_rows).map(|row| cells.text(row).into_owned()).collect()
}
