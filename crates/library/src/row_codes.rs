//! Equal rows as equal small numbers, for plugins that group, count and compare.

use crate::call::{Argument, EvaluateError};
use arrow::array::ArrayRef;
use arrow::row::{RowConverter, SortField};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Rows numbered by what they hold.
pub struct Codes {
    /// The number of each row, from 0 in the order of first appearance.
    pub of_row: Vec<u32>,
    /// The first row of each number.
    pub firsts: Vec<u32>,
}

/// Numbers rows by the columns; without columns all rows have the number 0.
pub fn codes(columns: &[&Argument], rows: usize) -> Result<Codes, EvaluateError> {
    if columns.is_empty() {
        return Ok(Codes { of_row: vec![0; rows], firsts: if rows > 0 { vec![0] } else { Vec::new() } });
    }
    let failed = |error: arrow::error::ArrowError| EvaluateError(error.to_string());
    let arrays: Vec<ArrayRef> = columns.iter().map(|column| Arc::clone(&column.array)).collect();
    let fields = arrays.iter().map(|array| SortField::new(array.data_type().clone())).collect();
    let converter = RowConverter::new(fields).map_err(failed)?;
    let held = converter.convert_columns(&arrays).map_err(failed)?;
    let mut numbers: FxHashMap<&[u8], u32> = FxHashMap::default();
    let mut firsts = Vec::new();
    let mut of_row = Vec::with_capacity(rows);
    let held: Vec<_> = held.iter().collect();
    for (row, held) in held.iter().enumerate() {
        let number = *numbers.entry(held.data()).or_insert_with(|| {
            firsts.push(row as u32);
            firsts.len() as u32 - 1
        });
        of_row.push(number);
    }
    Ok(Codes { of_row, firsts })
}
