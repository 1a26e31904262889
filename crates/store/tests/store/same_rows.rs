//! Any way of importing the same files gives the same tables.

use arrow::array::AsArray;
use arrow::datatypes::{DataType, Int64Type};
use arrow::record_batch::RecordBatch;
use calypso_library::stored::TICK_SUFFIX;
use calypso_library::{Table, Type, Value};
use calypso_logs::OpenOptions;
use calypso_logs::generator::{AttrBag, Options, Packing, Profile, Shape, generate, write_run};
use calypso_store::{ImportOptions, LogTable, Store};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::path::{Path, PathBuf};

/// All rows of a table of the store as text, in order.
pub fn stored(store: &Store, table: LogTable) -> Vec<String> {
    let mut rows = Vec::new();
    for file in store.files(table).unwrap() {
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&file.path).unwrap()).unwrap();
        let before = rows.len();
        for batch in reader.build().unwrap() {
            texts(table, &batch.unwrap(), &mut rows);
        }
        assert_eq!((rows.len() - before) as u64, file.rows);
    }
    rows.sort();
    rows
}

fn texts(table: LogTable, batch: &RecordBatch, rows: &mut Vec<String>) {
    for row in 0..batch.num_rows() {
        let mut cells = Vec::new();
        for column in table.columns() {
            let array = batch.column_by_name(&column.name).unwrap();
            let array = match column.ty {
                Type::DateTime => {
                    let micros = arrow::compute::cast(array, &DataType::Int64).unwrap();
                    let digit = batch.column_by_name(&(column.name.clone() + TICK_SUFFIX)).unwrap();
                    let digit = arrow::compute::cast(digit, &DataType::Int64).unwrap();
                    let (micros, digit) =
                        (micros.as_primitive::<Int64Type>(), digit.as_primitive::<Int64Type>());
                    let ticks = micros.iter().zip(digit).map(|(micros, digit)| {
                        Some(micros? * 10 + digit? + calypso_logs::times::UNIX_EPOCH_TICKS)
                    });
                    std::sync::Arc::new(ticks.collect::<arrow::array::Int64Array>())
                }
                ty => arrow::compute::cast(array, &ty.arrow()).unwrap(),
            };
            cells.push(format!("{:?}", Value::from_array(column.ty, &array, row)));
        }
        rows.push(cells.join("|"));
    }
}

/// All rows of a table in memory as text, in order.
pub fn opened(tables: &[Table], table: LogTable) -> Vec<String> {
    let found = tables.iter().find(|found| found.name == table.name()).unwrap();
    let mut rows = Vec::new();
    for batch in &found.batches {
        for row in 0..batch.num_rows() {
            let cells = table.columns().into_iter().enumerate().map(|(place, column)| {
                format!("{:?}", Value::from_array(column.ty, batch.column(place), row))
            });
            rows.push(cells.collect::<Vec<_>>().join("|"));
        }
    }
    rows.sort();
    rows
}

/// Writes demo logs in some shapes and gives the folder.
pub fn generated(folder: &Path, shapes: &[Shape]) -> PathBuf {
    let options = Options { attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) };
    let logs = folder.join("logs");
    write_run(&generate(&options), &logs, shapes, Packing::Plain).unwrap();
    logs
}

fn import(store: &Store, paths: &[PathBuf]) -> u64 {
    store.import(paths, &ImportOptions::default(), &|_| {}).unwrap().rows
}

#[test]
fn the_store_holds_what_memory_holds() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]).join("blob");
    let store = Store::at(&folder.path().join("store"));
    import(&store, std::slice::from_ref(&logs));
    let memory = calypso_logs::open(&[logs], &OpenOptions::default()).unwrap();
    for table in LogTable::ALL {
        assert_eq!(stored(&store, table), opened(&memory.tables, table));
    }
}
