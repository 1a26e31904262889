//! Writes tables as Parquet and Arrow files that keep every cell.
//!
//! A datetime is written as Timestamp(ns, UTC) when all its values lie in 1677..2262, else as ticks (Int64, exact);
//! a timespan as Duration(ns) or ticks likewise. Each field's metadata holds its KQL type (`kql.type`), so that reading
//! back gives the same table.

use crate::builder::split;
use crate::engine_column::KQL_TYPE;
use crate::record::{AUDIT_TABLE, PROVISIONING_TABLE};
use crate::times::UNIX_EPOCH_TICKS;
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{
    DataType, DurationNanosecondType, Field, Int64Type, Schema, SchemaRef, TimeUnit, TimestampNanosecondType,
};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Table, Type};
use parquet::arrow::ArrowWriter;
use parquet::basic::ZstdLevel;
use parquet::file::metadata::KeyValue;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Rows in a row group: several of them, so that they are read side by side and skipped by time.
const GROUP_ROWS: usize = 131_072;
/// Bytes of a column's dictionary in a row group before it is given up.
const DICTIONARY_BYTES: usize = 8 << 20;
/// The key under which a Parquet file says that no Id occurs twice, so that it may be queried as it lies.
pub(crate) const DISTINCT_KEY: &str = "calypso.distinct";

/// How Parquet's pages are packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Compression {
    /// As they are.
    None,
    /// Snappy.
    Snappy,
    /// LZ4.
    Lz4,
    /// gzip.
    Gzip,
    /// Zstandard: the best trade for logs.
    #[default]
    Zstd,
}

/// Why a table could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The system's words.
    Io(std::io::Error),
    /// Arrow's or Parquet's words.
    Format(String),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::Io(error) => write!(f, "cannot write: {error}"),
            WriteError::Format(reason) => write!(f, "cannot write: {reason}"),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<std::io::Error> for WriteError {
    fn from(error: std::io::Error) -> WriteError {
        WriteError::Io(error)
    }
}

impl From<ArrowError> for WriteError {
    fn from(error: ArrowError) -> WriteError {
        WriteError::Format(error.to_string())
    }
}

impl From<parquet::errors::ParquetError> for WriteError {
    fn from(error: parquet::errors::ParquetError) -> WriteError {
        WriteError::Format(error.to_string())
    }
}

/// Writes a Parquet file; a failed write leaves nothing under the name.
pub fn write_parquet(table: &Table, path: &Path, compression: Compression) -> Result<(), WriteError> {
    in_place(path, |file| write_parquet_to(table, file, compression))
}

/// Writes an Arrow IPC file; a failed write leaves nothing under the name.
pub fn write_arrow(table: &Table, path: &Path) -> Result<(), WriteError> {
    in_place(path, |file| write_arrow_to(table, file))
}

/// Writes to a file beside the path, then renames it.
fn in_place(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = path.with_file_name(name);
    let written = File::create(&partial).map_err(WriteError::from).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.flush()?;
        Ok(())
    });
    let renamed = written.and_then(|()| Ok(std::fs::rename(&partial, path)?));
    if renamed.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&partial);
    }
    renamed
}

/// Writes Parquet to any stream. The same table gives the same bytes.
pub fn write_parquet_to(
    table: &Table,
    stream: impl Write + Send,
    compression: Compression,
) -> Result<(), WriteError> {
    let (schema, batches) = border(table)?;
    let mut writer = ArrowWriter::try_new(stream, schema, Some(properties(table, compression)))?;
    for batch in batches {
        writer.write(&batch)?;
    }
    writer.close()?;
    Ok(())
}

/// Writes an Arrow IPC file to any stream. The same table gives the same bytes.
pub fn write_arrow_to(table: &Table, stream: impl Write) -> Result<(), WriteError> {
    let (schema, batches) = border(table)?;
    let mut writer = arrow::ipc::writer::FileWriter::try_new(stream, &schema)?;
    for batch in batches {
        writer.write(&compacted(&batch))?;
    }
    writer.finish()?;
    Ok(())
}

/// Text views without the texts that other slices of the same buffers hold.
fn compacted(batch: &RecordBatch) -> RecordBatch {
    let columns = batch.columns().iter().map(|array| match array.data_type() {
        DataType::Utf8View => Arc::new(array.as_string_view().gc()) as ArrayRef,
        _ => array.clone(),
    });
    RecordBatch::try_new(batch.schema(), columns.collect()).expect("the same columns with the same rows")
}

fn properties(table: &Table, compression: Compression) -> WriterProperties {
    let compression = match compression {
        Compression::None => parquet::basic::Compression::UNCOMPRESSED,
        Compression::Snappy => parquet::basic::Compression::SNAPPY,
        Compression::Lz4 => parquet::basic::Compression::LZ4_RAW,
        Compression::Gzip => parquet::basic::Compression::GZIP(Default::default()),
        Compression::Zstd => parquet::basic::Compression::ZSTD(ZstdLevel::default()),
    };
    let mut properties = WriterProperties::builder()
        .set_compression(compression)
        .set_created_by("calypso".to_owned())
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_dictionary_page_size_limit(DICTIONARY_BYTES);
    if [PROVISIONING_TABLE, AUDIT_TABLE].contains(&table.name.as_str()) {
        for unique in ["Id", "ChangeId", "CorrelationId", "ProvisioningSteps"] {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(unique), false);
        }
        if let Some(time) = sorted_and_distinct(table) {
            let order = SortingColumn { column_idx: time, descending: false, nulls_first: true };
            properties = properties
                .set_sorting_columns(Some(vec![order]))
                .set_key_value_metadata(Some(vec![distinct_mark()]));
        }
    }
    properties.build()
}

/// Says in a Parquet file's footer that no Id occurs twice.
pub(crate) fn distinct_mark() -> KeyValue {
    KeyValue::new(DISTINCT_KEY.to_owned(), "Id".to_owned())
}

/// The place of TimeGenerated when rows are in order of it and no Id occurs twice.
fn sorted_and_distinct(table: &Table) -> Option<i32> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (time, id) = (place("TimeGenerated")?, place("Id")?);
    let mut last = None;
    let mut known = std::collections::HashSet::new();
    for batch in &table.batches {
        let times = batch.column(time).as_primitive::<Int64Type>();
        let ids = batch.column(id).as_string_view();
        for row in 0..batch.num_rows() {
            let time = times.is_valid(row).then(|| times.value(row));
            if time < last || (!ids.value(row).is_empty() && !known.insert(ids.value(row))) {
                return None;
            }
            last = time;
        }
    }
    i32::try_from(time).ok()
}

/// The schema and the batches of a table as files have them.
fn border(table: &Table) -> Result<(SchemaRef, Vec<RecordBatch>), ArrowError> {
    let types: Vec<DataType> = (0..table.columns.len()).map(|place| border_type(table, place)).collect();
    let field = |(column, ty): (&Column, &DataType)| {
        let metadata = HashMap::from([(KQL_TYPE.to_owned(), column.ty.name().to_owned())]);
        Field::new(&column.name, ty.clone(), column.ty != Type::String).with_metadata(metadata)
    };
    let schema = Arc::new(Schema::new(table.columns.iter().zip(&types).map(field).collect::<Vec<_>>()));
    let mut batches = Vec::with_capacity(table.batches.len());
    for batch in split(table.batches.clone()) {
        let columns = batch.columns().iter().zip(&types).map(|(array, ty)| border_array(array, ty)).collect();
        batches.push(RecordBatch::try_new(schema.clone(), columns)?);
    }
    Ok((schema, batches))
}

/// The Arrow type of a column in a file: nanoseconds when all its ticks allow it.
fn border_type(table: &Table, place: usize) -> DataType {
    let column = &table.columns[place];
    let epoch = if column.ty == Type::DateTime { UNIX_EPOCH_TICKS } else { 0 };
    let fits = || {
        table.batches.iter().all(|batch| {
            let mut ticks = batch.column(place).as_primitive::<Int64Type>().iter().flatten();
            ticks.all(|ticks| nanoseconds(ticks, epoch).is_some())
        })
    };
    match column.ty {
        Type::DateTime if fits() => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        Type::TimeSpan if fits() => DataType::Duration(TimeUnit::Nanosecond),
        ty => ty.arrow(),
    }
}

fn nanoseconds(ticks: i64, epoch: i64) -> Option<i64> {
    ticks.checked_sub(epoch)?.checked_mul(100)
}

fn border_array(array: &ArrayRef, ty: &DataType) -> ArrayRef {
    match ty {
        DataType::Timestamp(_, _) => {
            let ticks = array.as_primitive::<Int64Type>();
            let nanos = ticks.unary_opt::<_, TimestampNanosecondType>(|t| nanoseconds(t, UNIX_EPOCH_TICKS));
            Arc::new(nanos.with_timezone("UTC"))
        }
        DataType::Duration(_) => {
            let ticks = array.as_primitive::<Int64Type>();
            Arc::new(ticks.unary_opt::<_, DurationNanosecondType>(|t| nanoseconds(t, 0)))
        }
        _ => array.clone(),
    }
}
