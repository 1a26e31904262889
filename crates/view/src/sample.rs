//! Small answers for the tests of this crate.

use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use calypso_library::{Answer, Column, Type, Value};
use std::sync::Arc;

/// An answer of those columns and rows.
pub fn answer(columns: &[(&str, Type)], rows: &[Vec<Value>]) -> Answer {
    let fields: Vec<Field> = columns.iter().map(|(name, ty)| Field::new(*name, ty.arrow(), true)).collect();
    let arrays: Vec<ArrayRef> = columns
        .iter()
        .enumerate()
        .map(|(at, (_, ty))| Value::to_array(*ty, rows.iter().map(|row| row[at].clone())))
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let batch = RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).unwrap();
    Answer {
        columns: columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect(),
        batches: vec![batch],
        name: None,
        visualization: None,
    }
}

/// A string.
pub fn s(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A dynamic from JSON text.
pub fn json(text: &str) -> Value {
    Value::dynamic(serde_json::from_str(text).unwrap())
}

/// Ticks of 2020-01-01 plus that many hours.
pub fn hour(hours: i64) -> Value {
    Value::DateTime(637_134_336_000_000_000 + hours * 36_000_000_000)
}
