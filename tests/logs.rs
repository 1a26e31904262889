//! Generated logs, in memory and as the store keeps them: Parquet files, times in microseconds with the seventh digit
//! beside them, members of JSON texts as columns of their own.

use arrow::array::{ArrayRef, AsArray, Int8Array, TimestampMicrosecondArray};
use arrow::compute::{SortColumn, concat_batches, lexsort_to_indices, take_record_batch};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use calypso_engine::{Engine, EngineOptions, Optimizations, TableFile};
use calypso_library::stored::{MEMBERS, TICK_SUFFIX, values};
use calypso_library::{Table, Type};
use calypso_logs::generator::{self, Options, Profile};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Days of the run.
const DAYS: u32 = 4;
/// Rows of a file: several files, none of them with whole batches.
const FILE_ROWS: usize = 400;
/// Rows of a row group.
const GROUP_ROWS: usize = 120;
/// Ticks from 0001-01-01 to 1970-01-01.
const UNIX_TICKS: i64 = 621_355_968_000_000_000;

/// Logs of a small tenant.
pub struct Logs {
    now: i64,
    tables: Vec<Table>,
    files: Vec<(Table, Vec<TableFile>)>,
    _folder: tempfile::TempDir,
}

impl Logs {
    /// Made and written.
    pub fn new() -> Logs {
        let options = Options { days: Some(DAYS), ..Options::new(Profile::Small) };
        let tables: Vec<Table> = generator::tables(&options);
        let folder = tempfile::tempdir().expect("a scratch folder");
        let files = tables.iter().map(|table| (bare(table), written(table, folder.path()))).collect();
        Logs { now: options.now, tables, files, _folder: folder }
    }

    /// An engine over the rows in memory.
    pub fn in_memory(&self, optimizations: Optimizations) -> Engine {
        let engine = self.engine(optimizations);
        self.tables.iter().for_each(|table| engine.register(table.clone()));
        engine
    }

    /// An engine over the files.
    pub fn in_files(&self, optimizations: Optimizations) -> Engine {
        let engine = self.engine(optimizations);
        for (table, files) in &self.files {
            let files = files.clone();
            engine.register_files(&table.name, table.columns.clone(), Box::new(move || Ok(files.clone())));
        }
        engine
    }

    fn engine(&self, optimizations: Optimizations) -> Engine {
        let options = EngineOptions {
            now: Some(self.now),
            target_partitions: Some(2),
            optimizations,
            ..EngineOptions::default()
        };
        Engine::new(options).expect("an engine starts")
    }
}

/// The table without its rows.
fn bare(table: &Table) -> Table {
    Table { batches: Vec::new(), ..table.clone() }
}

/// The files of a table, in the order of time.
fn written(table: &Table, folder: &Path) -> Vec<TableFile> {
    let schema = table.batches[0].schema();
    let whole = concat_batches(&schema, &table.batches).expect("batches of one table");
    let time = table.columns.iter().position(|column| column.name == "TimeGenerated");
    let whole = match time {
        None => whole,
        Some(time) => {
            let keys = [SortColumn { values: Arc::clone(whole.column(time)), options: None }];
            let order = lexsort_to_indices(&keys, None).expect("times have an order");
            take_record_batch(&whole, &order).expect("the same rows")
        }
    };
    let starts = (0..whole.num_rows()).step_by(FILE_ROWS);
    let file = |start: usize| {
        let rows = whole.slice(start, FILE_ROWS.min(whole.num_rows() - start));
        let path = folder.join(format!("{}-{start}.parquet", table.name));
        let file = File::create(&path).expect("a file");
        let stored = stored(table, &rows);
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(GROUP_ROWS)).build();
        let mut writer = ArrowWriter::try_new(file, stored.schema(), Some(properties)).expect("a writer");
        writer.write(&stored).expect("rows");
        writer.close().expect("a footer");
        let bytes = std::fs::metadata(&path).expect("a file").len();
        let times = time.and_then(|time| times(rows.column(time)));
        TableFile { path, rows: Some(rows.num_rows() as u64), bytes: Some(bytes), times }
    };
    starts.map(file).collect()
}

/// Least and greatest; `None` also when one is null.
fn times(array: &ArrayRef) -> Option<(i64, i64)> {
    let ticks = array.as_primitive::<Int64Type>();
    let known = ticks.iter().collect::<Option<Vec<i64>>>()?;
    Some((*known.iter().min()?, *known.iter().max()?))
}

/// The rows as the store's files hold them.
fn stored(table: &Table, rows: &RecordBatch) -> RecordBatch {
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for (column, array) in table.columns.iter().zip(rows.columns()) {
        if column.ty != Type::DateTime {
            columns.push((column.name.clone(), Arc::clone(array)));
            continue;
        }
        let ticks = array.as_primitive::<Int64Type>();
        let since = |ticks: Option<i64>| ticks.map(|ticks| ticks - UNIX_TICKS);
        let micros = ticks.iter().map(|ticks| since(ticks).map(|ticks| ticks.div_euclid(10)));
        let digits = ticks.iter().map(|ticks| since(ticks).map(|ticks| ticks.rem_euclid(10) as i8));
        let micros = TimestampMicrosecondArray::from_iter(micros).with_timezone("UTC");
        columns.push((column.name.clone(), Arc::new(micros)));
        columns.push((format!("{}{TICK_SUFFIX}", column.name), Arc::new(Int8Array::from_iter(digits))));
    }
    for member in MEMBERS {
        if let Some(place) = table.columns.iter().position(|column| column.name == member.column) {
            columns.push((member.file_column(), values(&[*member], rows.column(place)).remove(0)));
        }
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .expect("columns of one length")
}
