//! `funnel_sequence`: how many ids go through a sequence of states, and from which state to which.

use crate::activity::*;
use crate::call::{Argument, EvaluateError};
use crate::function::{Accepts, constant, example, required};
use crate::json;
use crate::plugin::*;
use crate::row_codes::codes;
use crate::state_runs::{Run, found, runs};
use crate::types::{Column, Type};
use crate::value::{Json, Value};
use arrow::array::{ArrayRef, Int64Array};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::sync::Arc;

/// `T | evaluate funnel_sequence(id, t, start, end, 10m, 1d, state, dynamic(['a', 'b']))`
pub const PLUGIN: Plugin = Plugin {
    name: "funnel_sequence",
    summary: "Gives three answers about the ids that go through a sequence of states: by the states before and after it, by \
              the state before, by the state after. It ends a query.",
    signatures: SIGNATURES,
    work: Work::Several(&[&PREV_NEXT, &PREV, &NEXT]),
    examples: &[example(
        "datatable(u:string, t:int, s:string)['a', 1, 'x', 'a', 2, 'y', 'a', 3, 'z', 'b', 1, 'y', 'b', 2, 'z'] | evaluate funnel_sequence(u, t, 0, 9, 5, 10, s, dynamic(['y']))",
        "0, z, 2, [\"a\",\"b\"]",
    )],
};

const SIGNATURES: &[&[Slot]] = &[&[
    ID,
    TIME,
    START,
    END,
    known("MaxSequenceStepWindow", "The longest time from a state to the one that follows."),
    step("Step", "The length of the periods that are counted for: a length, or `week`, `month`, `year`."),
    slot(Takes::Column, required("StateColumn", Accepts::Orderable, "The state of a row.")),
    slot(Takes::Constant, constant(required("Sequence", Accepts::Is(Type::Dynamic), "The states in order."))),
]];

const PREV_NEXT: Plugin = part(
    |call| columns(call, &["prev", "next"]),
    |call, rows| evaluate(call, rows, |prev, next| vec![prev, next]),
);
const PREV: Plugin =
    part(|call| columns(call, &["prev"]), |call, rows| evaluate(call, rows, |prev, _| vec![prev]));
const NEXT: Plugin =
    part(|call| columns(call, &["next"]), |call, rows| evaluate(call, rows, |_, next| vec![next]));

/// Most ids shown for a row.
const MOST_SAMPLES: usize = 128;

/// The row of a state, none where there is no state.
type State = Option<u32>;

/// One of the answers.
const fn part(
    columns: fn(&PluginCall) -> Result<Vec<Column>, String>,
    evaluate: fn(&PluginCall, &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError>,
) -> Plugin {
    let work = Work::Rows(Rows { columns, ordered: true, evaluate });
    Plugin {
        name: "funnel_sequence",
        summary: "One of the answers.",
        signatures: SIGNATURES,
        work,
        examples: &[],
    }
}

fn columns(call: &PluginCall, states: &[&str]) -> Result<Vec<Column>, String> {
    check_times(call, &["Start", "End"], &["MaxSequenceStepWindow", "Step"])?;
    sequence(call)?;
    let (time, state) = (call.column("TimelineColumn"), call.column("StateColumn"));
    let others = [("dcount", Type::Long), ("samples", Type::Dynamic)];
    let mut columns = vec![time];
    for (name, ty) in states.iter().map(|name| (*name, state.ty)).chain(others) {
        columns.push(Column::new(free_name(name, &columns), ty));
    }
    Ok(columns)
}

/// The states looked for, as text.
fn sequence(call: &PluginCall) -> Result<Vec<String>, String> {
    let states: Vec<String> = match call.constant("Sequence") {
        Some(Value::Dynamic(Json::Array(items))) if !items.is_empty() => {
            items.iter().map(json::bare_text).collect()
        }
        _ => return Err("Sequence must be an array with at least one element".to_owned()),
    };
    // Rows of one state in a row are one step, so nothing could match.
    match states.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("Sequence has the state `{}` twice in a row", pair[0])),
        None => Ok(states),
    }
}

fn evaluate(
    call: &PluginCall,
    rows: &PluginRows,
    shown: fn(State, State) -> Vec<State>,
) -> Result<Vec<ArrayRef>, EvaluateError> {
    let wanted = sequence(call).map_err(EvaluateError)?;
    let periods = Periods::read(call, "Step")?;
    let window = call.long("MaxSequenceStepWindow").unwrap_or_default();
    let states = column(call, rows, "StateColumn")?;
    let numbered = codes(&[states], rows.rows)?;
    let texts: Vec<_> = numbered.firsts.iter().map(|row| states.text(*row as usize)).collect();
    // Per step which states are the one it wants: text may stand for more than one.
    let steps: Vec<FxHashSet<u32>> = wanted
        .iter()
        .map(|wanted| (0..).zip(&texts).filter(|(_, text)| *text == wanted).map(|(code, _)| code).collect())
        .collect();
    let mut events = Events::read(call, rows)?;
    events.list.retain(|event| periods.holds(event.time));
    events.list.sort_by_key(|event| (event.id, event.time));
    // The ids of each row of the answer, by its period and states.
    let mut ids: FxHashMap<(i64, Vec<State>), Vec<u32>> = FxHashMap::default();
    for of_user in events.list.chunk_by(|a, b| a.id == b.id) {
        rows.go_on()?;
        let user = of_user[0].id;
        let runs =
            runs(of_user.iter().map(|event| (event.time, numbered.of_row[event.row as usize])), window);
        let state = |run: Option<&Run>| run.map(|run| numbered.firsts[run.state as usize]);
        for (first, last) in found(&runs, &steps, window) {
            let prev = first.checked_sub(1).and_then(|place| runs.get(place));
            let prev = prev.filter(|prev| prev.reaches(&runs[first], window));
            let next = runs.get(last + 1).filter(|next| runs[last].reaches(next, window));
            let cell =
                ids.entry((periods.of(runs[first].start), shown(state(prev), state(next)))).or_default();
            // Users come one after another, so an id seen before is the last.
            if cell.last() != Some(&user) {
                cell.push(user);
            }
        }
    }
    let mut answer: Vec<_> = ids.into_iter().collect();
    let text = |state: &State| state.map(|row| states.text(row as usize).into_owned());
    answer.sort_by_cached_key(|((start, between), ids)| {
        (*start, Reverse(ids.len()), between.iter().map(text).collect::<Vec<_>>())
    });
    let mut arrays =
        vec![times(call.column("TimelineColumn").ty, answer.iter().map(|((start, _), _)| *start))];
    let width = call.output.len().saturating_sub(3);
    for place in 0..width {
        let cells = answer.iter().map(|((_, between), _)| between.get(place).copied().flatten());
        arrays.push(Value::to_array(states.ty, cells.map(|row| shown_state(states, row))));
    }
    arrays.push(Arc::new(Int64Array::from_iter_values(answer.iter().map(|(_, ids)| ids.len() as i64))));
    let who = column(call, rows, "IdColumn")?;
    let sample = |user: &u32| {
        let row = events.users.get(*user as usize).map_or(0, |row| *row as usize);
        json::from_value(&who.value(row)).unwrap_or(Json::Null)
    };
    let samples =
        |ids: &Vec<u32>| Value::Dynamic(Json::Array(ids.iter().take(MOST_SAMPLES).map(sample).collect()));
    arrays.push(Value::to_array(Type::Dynamic, answer.iter().map(|(_, ids)| samples(ids))));
    Ok(arrays)
}

/// A state as a cell; where there is none an empty text, or null.
fn shown_state(states: &Argument, row: State) -> Value {
    match row {
        Some(row) => states.value(row as usize),
        None if states.ty == Type::String => Value::String(String::new()),
        None => Value::Null(states.ty),
    }
}
