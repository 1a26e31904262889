//! Rows as they came, in the order and the days of files.

use crate::error::StoreError;
use crate::layout::{Day, LogTable, day_of};
use crate::write::DayRows;
use arrow::array::{Array, AsArray, UInt32Array};
use arrow::compute::{concat_batches, take_record_batch};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use std::collections::BTreeMap;

/// Rows of a log table by the day of their TimeGenerated.
pub(crate) fn by_day(table: LogTable, batches: &[RecordBatch]) -> Result<Vec<DayRows>, StoreError> {
    let Some(rows) = joined(table, batches)? else {
        return Ok(Vec::new());
    };
    let order = order(table, &rows)?;
    let Some(place) = table.place(table.order()) else { return Ok(Vec::new()) };
    let times = rows.column(place).as_primitive::<Int64Type>();
    let day = |row: u32| day_of(times.is_valid(row as usize).then(|| times.value(row as usize)));
    let mut days: BTreeMap<Day, Vec<u32>> = BTreeMap::new();
    for row in order {
        days.entry(day(row)).or_default().push(row);
    }
    let file = |(day, rows_of_day): (Day, Vec<u32>)| {
        let rows = take_record_batch(&rows, &UInt32Array::from(rows_of_day))?;
        Ok(DayRows { table, day, rows: vec![table.to_file(&rows)?] })
    };
    days.into_iter().map(file).collect()
}

/// Rows of one day, in the order of its file.
pub(crate) fn of_day(
    table: LogTable,
    day: Day,
    batches: &[RecordBatch],
) -> Result<Option<DayRows>, StoreError> {
    let Some(rows) = joined(table, batches)? else {
        return Ok(None);
    };
    let order = order(table, &rows)?;
    let sorted = if order.is_sorted() { rows } else { take_record_batch(&rows, &UInt32Array::from(order))? };
    Ok(Some(DayRows { table, day, rows: vec![table.to_file(&sorted)?] }))
}

/// All rows as one batch; texts are not copied. `None` when there are none.
fn joined(table: LogTable, batches: &[RecordBatch]) -> Result<Option<RecordBatch>, StoreError> {
    let rows = concat_batches(&calypso_logs::builder::schema(&table.columns()), batches)?;
    Ok((rows.num_rows() > 0).then_some(rows))
}

/// The rows in order of time, those without one first, then of Id, then as they came.
fn order(table: LogTable, rows: &RecordBatch) -> Result<Vec<u32>, StoreError> {
    let missing = || StoreError(format!("{} has no time and Id", table.name()));
    let (time, id) = table.place(table.order()).zip(table.place("Id")).ok_or_else(missing)?;
    let times = rows.column(time).as_primitive::<Int64Type>();
    let ids = rows.column(id).as_string_view();
    let count = u32::try_from(rows.num_rows()).map_err(|_| StoreError("too many rows at once".to_owned()))?;
    let time = |row: u32| times.is_valid(row as usize).then(|| times.value(row as usize));
    let mut order: Vec<(Option<i64>, u32)> = (0..count).map(|row| (time(row), row)).collect();
    let id = |row: u32| ids.value(row as usize);
    order.sort_unstable_by(|(a, row_a), (b, row_b)| {
        a.cmp(b).then_with(|| id(*row_a).cmp(id(*row_b))).then_with(|| row_a.cmp(row_b))
    });
    Ok(order.into_iter().map(|(_, row)| row).collect())
}
