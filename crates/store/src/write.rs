//! Rows of a day become a Parquet file that any reader takes as it is.
//!
//! Texts repeat (systems, codes, names) and get dictionaries; ids and steps hardly do and get none. Rows are in order of
//! time, so that pages and row groups are skipped by it. Bloom filters stand on the columns that are asked for by their
//! whole value; the one of Id also answers whether an event is in the store already, hence its low rate of errors.

use crate::delta::{add, statistics_text};
use crate::error::StoreError;
use crate::layout::{Day, LogTable, day_folder, day_text};
use crate::lock::sync_folder;
use arrow::array::{Array, AsArray};
use arrow::datatypes::TimestampMicrosecondType;
use arrow::record_batch::RecordBatch;
use deltalake_core::kernel::Add;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use std::collections::BTreeSet;
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

/// Rows in a row group: several in a large file, so that they are read side by side and skipped by time.
const GROUP_ROWS: usize = 131_072;
/// Bytes of a column's dictionary in a row group before it is given up.
const DICTIONARY_BYTES: usize = 8 << 20;
/// How often the Bloom filter of Ids says that an Id may be there that is not: 10 million rows lie in about a hundred
/// row groups, and a new event is asked of all of them.
const ID_ERRORS: f64 = 0.000_01;
/// The same of the columns that queries filter by.
const OTHER_ERRORS: f64 = 0.01;

/// Rows of one day in order of time, as files hold them.
#[derive(Debug)]
pub(crate) struct DayRows {
    pub(crate) table: LogTable,
    pub(crate) day: Day,
    pub(crate) rows: Vec<RecordBatch>,
}

/// Writes the rows of each day to a file of its own, several at a time; the files last, but no table names them yet.
/// Gives what names them, in the order of the days.
pub(crate) fn write_days(
    store: &Path,
    days: Vec<DayRows>,
    threads: usize,
) -> Result<Vec<(LogTable, Add)>, StoreError> {
    let mut folders = BTreeSet::new();
    for day in &days {
        let table = store.join(day.table.name());
        let folder = table.join(day_folder(day.day));
        if !folder.is_dir() {
            std::fs::create_dir_all(&folder).map_err(|error| StoreError::at(&folder, "made", &error))?;
            folders.insert(table);
        }
        folders.insert(folder);
    }
    let count = days.len();
    let waiting = Mutex::new(days.into_iter().enumerate().rev().collect::<Vec<_>>());
    let next = || waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
    let work = || {
        let mut written = Vec::new();
        while let Some((place, day)) = next() {
            written.push((place, day.table, write_day(&store.join(day.table.name()), &day)?));
        }
        Ok::<_, StoreError>(written)
    };
    let done: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.clamp(1, count.max(1))).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join()).collect()
    });
    let mut written = Vec::with_capacity(count);
    for part in done {
        written.extend(part.unwrap_or_else(|_| Err(StoreError("a file could not be written".to_owned())))?);
    }
    written.sort_by_key(|(place, _, _)| *place);
    folders.iter().try_for_each(|folder| sync_folder(folder))?;
    Ok(written.into_iter().map(|(_, table, add)| (table, add)).collect())
}

fn write_day(folder: &Path, day: &DayRows) -> Result<Add, StoreError> {
    let name = format!("{}/{:016x}{:016x}.parquet", day_folder(day.day), random(), random());
    let path = folder.join(&name);
    let failed = |error: &dyn std::fmt::Display| StoreError::at(&path, "written", error);
    let rows: usize = day.rows.iter().map(RecordBatch::num_rows).sum();
    let file = File::create_new(&path).map_err(|error| failed(&error))?;
    let options = ArrowWriterOptions::new()
        .with_properties(properties(day.table, rows))
        // Else the file would say that text is held as views, which is a matter of ours.
        .with_skip_arrow_metadata(true);
    let schema = day.table.file_schema();
    let mut writer =
        ArrowWriter::try_new_with_options(BufWriter::with_capacity(1 << 20, file), schema, options)
            .map_err(|error| failed(&error))?;
    for batch in &day.rows {
        writer.write(batch).map_err(|error| failed(&error))?;
    }
    let mut file = writer.into_inner().map_err(|error| failed(&error))?;
    file.flush().map_err(|error| failed(&error))?;
    let file = file.into_inner().map_err(|error| failed(&error))?;
    file.sync_all().map_err(|error| failed(&error))?;
    let metadata = file.metadata().map_err(|error| failed(&error))?;
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default();
    let (times, absent) = span(day);
    let statistics = statistics_text(rows as u64, day.table.order(), times, absent);
    Ok(add(name, day.day.map(day_text), metadata.len(), modified, statistics))
}

/// What the table's column of order spans, in microseconds, and in how many rows it is absent.
fn span(day: &DayRows) -> (Option<(i64, i64)>, u64) {
    let (mut span, mut absent) = (None, 0);
    for batch in &day.rows {
        let Some(times) = batch.column_by_name(day.table.order()) else { continue };
        let times = times.as_primitive::<TimestampMicrosecondType>();
        absent += times.null_count() as u64;
        let here = arrow::compute::min(times).zip(arrow::compute::max(times));
        span = match (span, here) {
            (Some((low, high)), Some((least, greatest))) => Some((least.min(low), greatest.max(high))),
            (known, here) => known.or(here),
        };
    }
    (span, absent)
}

fn properties(table: LogTable, rows: usize) -> WriterProperties {
    let schema = table.file_schema();
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("calypso".to_owned())
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::Page);
    for unique in table.unique_columns() {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(*unique), false);
    }
    for filtered in table.filtered_columns() {
        let (column, errors) =
            (ColumnPath::from(*filtered), if *filtered == "Id" { ID_ERRORS } else { OTHER_ERRORS });
        properties = properties
            .set_column_bloom_filter_enabled(column.clone(), true)
            .set_column_bloom_filter_fpp(column.clone(), errors)
            .set_column_bloom_filter_max_ndv(column, rows.clamp(1, GROUP_ROWS) as u64);
    }
    if let Ok(place) = schema.index_of(table.order()) {
        let column_idx = i32::try_from(place).unwrap_or_default();
        let order = SortingColumn { column_idx, descending: false, nulls_first: true };
        properties = properties.set_sorting_columns(Some(vec![order]));
    }
    properties.build()
}

/// A number that no other file has in its name.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// The rows of a file, as queries hold them.
pub(crate) fn read_file(table: LogTable, path: &Path) -> Result<Vec<RecordBatch>, StoreError> {
    let columns: Vec<_> = table.file_schema().fields().iter().map(|field| field.name().clone()).collect();
    let columns: Vec<_> = columns.iter().map(String::as_str).collect();
    read_columns(path, &columns)?.iter().map(|batch| table.read_back(batch)).collect()
}

/// Some columns of a file, as they lie there.
pub(crate) fn read_columns(path: &Path, columns: &[&str]) -> Result<Vec<RecordBatch>, StoreError> {
    let failed = |error: &dyn std::fmt::Display| StoreError::at(path, "read", error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| failed(&error))?;
    let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
    let reader =
        reader.with_projection(mask).with_batch_size(8192).build().map_err(|error| failed(&error))?;
    reader.map(|batch| batch.map_err(|error| failed(&error))).collect()
}
