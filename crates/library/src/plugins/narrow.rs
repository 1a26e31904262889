//! `narrow`: a row per cell.

use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array, StringViewBuilder};
use std::sync::Arc;

/// `T | evaluate narrow()`
pub const PLUGIN: Plugin = Plugin {
    name: "narrow",
    summary: "Turns each cell into a row of its own: number of the row, name of the column, value as text.",
    signatures: &[&[]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example("print a = 1, b = 'x' | evaluate narrow()", "0, a, 1; 0, b, x")],
};

fn columns(_: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(vec![
        Column::new("Row", Type::Long),
        Column::new("Column", Type::String),
        Column::new("Value", Type::String),
    ])
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let input = call.input();
    let mut numbers = Vec::with_capacity(rows.rows * input.len());
    let mut names = StringViewBuilder::new();
    let mut values = StringViewBuilder::new();
    for row in 0..rows.rows {
        for (column, cells) in input.iter().zip(rows.columns) {
            numbers.push(row as i64);
            names.append_value(&column.name);
            // As the documentation shows an absent value.
            let text = if cells.is_null(row) { "[null]".into() } else { cells.text(row) };
            values.append_value(text);
        }
    }
    Ok(vec![Arc::new(Int64Array::from(numbers)), Arc::new(names.finish()), Arc::new(values.finish())])
}
