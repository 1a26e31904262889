//! `funnel_sequence_completion`: how many users reach each step of a sequence in time.

use crate::activity::*;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, required};
use crate::literals;
use crate::plugin::*;
use crate::types::{Column, Type};
use crate::value::{Json, Value};
use arrow::array::{ArrayRef, Int64Array, StringViewArray};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `T | evaluate funnel_sequence_completion(id, t, start, end, 1d, state, dynamic(['a', 'b']), dynamic([1h, 1d]))`
pub const PLUGIN: Plugin = Plugin {
    name: "funnel_sequence_completion",
    summary: "Counts the ids that reach each state of a sequence within given times from its first state.",
    signatures: &[&[
        ID,
        TIME,
        START,
        END,
        step(
            "BinSize",
            "The length of the periods that are counted for: a length, or `week`, `month`, `year`.",
        ),
        slot(Takes::Column, required("StateColumn", Accepts::Orderable, "The state of a row.")),
        slot(
            Takes::Constant,
            constant(required("Sequence", Accepts::Is(Type::Dynamic), "The states in order.")),
        ),
        slot(
            Takes::Constant,
            constant(required(
                "MaxSequencePeriods",
                Accepts::Is(Type::Dynamic),
                "How long the whole sequence may take; a funnel for each.",
            )),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "datatable(u:string, t:int, s:string)['a', 1, 'x', 'a', 3, 'y', 'b', 1, 'x'] | evaluate funnel_sequence_completion(u, t, 0, 9, 10, s, dynamic(['x', 'y']), dynamic([5]))",
        "0, x, 5, 2; 0, y, 5, 1",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["BinSize"])?;
    let (time, state) = (call.column("TimelineColumn"), call.column("StateColumn"));
    let period = if time.ty == Type::DateTime { Type::TimeSpan } else { time.ty };
    list(call, "Sequence")?;
    lengths(call, period)?;
    Ok(vec![time, state, Column::new("Period", period), Column::new("dcount", Type::Long)])
}

fn list<'c>(call: &'c PluginCall, slot: &str) -> Result<&'c [Json], String> {
    match call.constant(slot) {
        Some(Value::Dynamic(Json::Array(items))) if !items.is_empty() => Ok(items),
        _ => Err(format!("{slot} must be an array with at least one element")),
    }
}

/// The longest durations, as ticks or numbers.
fn lengths(call: &PluginCall, ty: Type) -> Result<Vec<i64>, String> {
    let length = |item: &Json| match (ty, item) {
        (Type::TimeSpan, Json::String(text)) => match literals::convert(Type::TimeSpan, text) {
            Value::TimeSpan(length) => Some(length),
            _ => None,
        },
        // A dynamic literal holds a timespan as ticks or as text.
        (_, item) => item.as_i64(),
    };
    let lengths: Option<Vec<i64>> = list(call, "MaxSequencePeriods")?.iter().map(length).collect();
    lengths.ok_or_else(|| format!("MaxSequencePeriods must hold values of the type {ty}"))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let state_column = call.column("StateColumn");
    let period = call.output.get(2).map_or(Type::Long, |column| column.ty);
    let sequence: Vec<String> =
        list(call, "Sequence").map_err(EvaluateError)?.iter().map(crate::json::bare_text).collect();
    let longest = lengths(call, period).map_err(EvaluateError)?;
    let periods = Periods::read(call, "BinSize")?;
    let states = column(call, rows, "StateColumn")?;
    let mut by_user: FxHashMap<u32, Vec<(i64, usize)>> = FxHashMap::default();
    for event in Events::read(call, rows)?.list {
        let state = states.text(event.row as usize);
        if periods.holds(event.time) && sequence.iter().any(|wanted| *wanted == state) {
            by_user.entry(event.id).or_default().push((event.time, event.row as usize));
        }
    }
    // Users by the period of the first state, the place of the longest duration, and the step.
    let mut reached: BTreeMap<i64, Vec<Vec<FxHashSet<u32>>>> = BTreeMap::new();
    for (user, mut seen) in by_user {
        rows.go_on()?;
        seen.sort_unstable();
        let texts: Vec<String> = seen.iter().map(|(_, row)| states.text(*row).into_owned()).collect();
        let first = |index: &usize| texts[*index] == sequence[0];
        for begin in (0..seen.len()).filter(first) {
            let empty = || vec![vec![FxHashSet::default(); sequence.len()]; longest.len()];
            let cell = reached.entry(periods.of(seen[begin].0)).or_insert_with(empty);
            let (mut at, mut step) = (begin, 0);
            loop {
                for (funnel, longest) in cell.iter_mut().zip(&longest) {
                    if seen[at].0 - seen[begin].0 <= *longest {
                        funnel[step].insert(user);
                    }
                }
                step += 1;
                let Some(wanted) = sequence.get(step) else { break };
                match (at + 1..seen.len()).find(|index| texts[*index] == *wanted) {
                    Some(found) => at = found,
                    None => break,
                }
            }
        }
    }
    let (mut starts, mut steps, mut limits, mut counts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (start, funnels) in &reached {
        for (funnel, longest) in funnels.iter().zip(&longest) {
            for (users, state) in funnel.iter().zip(&sequence) {
                starts.push(*start);
                steps.push(state.clone());
                limits.push(*longest);
                counts.push(users.len() as i64);
            }
        }
    }
    let steps: ArrayRef = if state_column.ty == Type::String {
        Arc::new(StringViewArray::from_iter_values(&steps))
    } else {
        let value = |text: &String| literals::convert(state_column.ty, text);
        Value::to_array(state_column.ty, steps.iter().map(value))
    };
    Ok(vec![
        times(call.column("TimelineColumn").ty, starts),
        steps,
        times(period, limits),
        Arc::new(Int64Array::from(counts)),
    ])
}
