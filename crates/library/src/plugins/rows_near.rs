//! `rows_near`: the rows around those that meet a condition.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional, required};
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, UInt32Array};

/// `T | evaluate rows_near(x > 3, 2, 1)`
pub const PLUGIN: Plugin = Plugin {
    name: "rows_near",
    summary: "Keeps the rows that meet a condition and their neighbours.",
    signatures: &[&[
        slot(
            Takes::Value,
            required("Condition", Accepts::Is(Type::Bool), "What the rows in the middle meet."),
        ),
        slot(
            Takes::Constant,
            constant(required("NumRows", Accepts::Integer, "How many rows before, and after, are kept.")),
        ),
        slot(
            Takes::Constant,
            constant(optional("RowsAfter", Accepts::Integer, "How many rows after are kept.")),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example("range x from 1 to 9 step 1 | evaluate rows_near(x == 5, 1, 2)", "4; 5; 6; 7")],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    if ["NumRows", "RowsAfter"].iter().any(|slot| call.long(slot).is_some_and(|rows| rows < 0)) {
        return Err("a number of rows is negative".to_owned());
    }
    Ok(call.input().to_vec())
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let count = |slot: &str| call.long(slot).and_then(|rows| usize::try_from(rows).ok());
    let before = count("NumRows").unwrap_or(0);
    let after = count("RowsAfter").unwrap_or(before);
    let condition = rows.columns.get(call.place("Condition"));
    let mut kept: Vec<u32> = Vec::new();
    // The first row not decided yet.
    let mut next = 0;
    for row in 0..rows.rows {
        if condition.and_then(|condition| condition.bool(row)) == Some(true) {
            let end = rows.rows.min(row.saturating_add(after).saturating_add(1));
            kept.extend((next.max(row.saturating_sub(before))..end).map(|row| row as u32));
            next = next.max(end);
        }
    }
    taken(&rows.columns[..call.shown], &UInt32Array::from(kept))
}
