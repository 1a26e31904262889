//! `sequence_detect`: where rows meet conditions one after another.

use crate::activity::{TIMELINE, at, check_times, known};
use crate::call::{Argument, EvaluateError};
use crate::function::{Accepts, example, repeated, required};
use crate::plugin::*;
use crate::row_codes::codes;
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::{ArrayRef, UInt32Array};
use std::collections::BTreeSet;

/// `T | evaluate sequence_detect(t, 10m, 1h, a = (x == 1), b = (x == 2), dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "sequence_detect",
    summary: "Finds rows that meet conditions one after another, close enough in time.",
    signatures: &[&[
        slot(Takes::Column, required("TimelineColumn", TIMELINE, "When.")),
        known("MaxSequenceStepWindow", "The longest time between two steps."),
        known("MaxSequenceSpan", "The longest time from the first step to the last."),
        slot(
            Takes::Value,
            repeated(
                "Expr",
                Accepts::Is(Type::Bool),
                1,
                "What the row of a step meets; its name names a column.",
            ),
        ),
        slot(
            Takes::Column,
            repeated("Dimension", Accepts::Orderable, 0, "Columns in which all steps must agree."),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "datatable(t:int, x:string)[1, 'a', 3, 'b', 9, 'b'] | evaluate sequence_detect(t, 5, 5, a = (x == 'a'), b = (x == 'b'))",
        "1, 3, 2",
    )],
};

/// Most sequences found.
const MOST: usize = 10_000_000;

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &[], &["MaxSequenceStepWindow", "MaxSequenceSpan"])?;
    let time = call.column("TimelineColumn");
    let named = |place: usize| call.columns.get(place).cloned();
    let mut columns: Vec<Column> = call.places("Dimension").filter_map(named).collect();
    for expr in call.places("Expr").filter_map(named) {
        let name = free_name(&format!("{}_{}", expr.name, time.name), &columns);
        columns.push(Column::new(name, time.ty));
    }
    let span = if time.ty == Type::DateTime { Type::TimeSpan } else { time.ty };
    columns.push(Column::new(free_name("Duration", &columns), span));
    Ok(columns)
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let missing = || EvaluateError("a column is missing".to_owned());
    let timeline = rows.columns.get(call.place("TimelineColumn")).ok_or_else(missing)?;
    let steps: Vec<&Argument> = call.places("Expr").filter_map(|place| rows.columns.get(place)).collect();
    let dimensions: Vec<&Argument> =
        call.places("Dimension").filter_map(|place| rows.columns.get(place)).collect();
    let step_window = call.long("MaxSequenceStepWindow").unwrap_or_default();
    let span = call.long("MaxSequenceSpan").unwrap_or_default();
    let grouped = codes(&dimensions, rows.rows)?;
    // Per group and step the times at which a row meets it, each once.
    let mut met: Vec<Vec<BTreeSet<i64>>> = vec![vec![BTreeSet::new(); steps.len()]; grouped.firsts.len()];
    for row in 0..rows.rows {
        let Some(time) = timeline.long(row) else { continue };
        for (step, condition) in steps.iter().enumerate() {
            if condition.bool(row) == Some(true) {
                met[grouped.of_row[row] as usize][step].insert(time);
            }
        }
    }
    let mut found: Vec<(Vec<i64>, u32)> = Vec::new();
    for (group, met) in met.iter().enumerate() {
        let mut open: Vec<Vec<i64>> = met[0].iter().map(|time| vec![*time]).collect();
        for times in &met[1..] {
            let mut next = Vec::new();
            for sequence in open {
                rows.go_on()?;
                let (first, last) = (sequence[0], sequence[sequence.len() - 1]);
                let limit = last.saturating_add(step_window).min(first.saturating_add(span));
                for time in times.range(last.saturating_add(1)..).take_while(|time| **time <= limit) {
                    next.push([sequence.as_slice(), &[*time]].concat());
                }
                if next.len() > MOST {
                    return Err(EvaluateError(format!("more than {MOST} sequences were found")));
                }
            }
            open = next;
        }
        found.extend(open.into_iter().map(|sequence| (sequence, grouped.firsts[group])));
    }
    found.sort();
    let firsts: UInt32Array = found.iter().map(|(_, row)| Some(*row)).collect();
    let dimensions: Vec<Argument> = dimensions.into_iter().cloned().collect();
    let mut arrays = taken(&dimensions, &firsts)?;
    for step in 0..steps.len() {
        arrays
            .push(Value::to_array(timeline.ty, found.iter().map(|(times, _)| at(timeline.ty, times[step]))));
    }
    let span = call.output.last().map_or(Type::Long, |column| column.ty);
    let duration = |times: &[i64]| times[times.len() - 1] - times[0];
    arrays.push(Value::to_array(span, found.iter().map(|(times, _)| at(span, duration(times)))));
    Ok(arrays)
}
