//! `estimate_rows_count`: how many rows there are; here they are counted.

use crate::call::EvaluateError;
use crate::function::example;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use std::sync::Arc;

/// `T | evaluate estimate_rows_count()`
pub const PLUGIN: Plugin = Plugin {
    name: "estimate_rows_count",
    summary: "Gives the number of rows.",
    signatures: &[&[]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example("range x from 1 to 9 step 1 | evaluate estimate_rows_count()", "9")],
};

fn columns(_: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(vec![Column::new("EstimatedRowsCount", Type::Long)])
}

fn evaluate(_: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    Ok(vec![Arc::new(Int64Array::from(vec![rows.rows as i64]))])
}
