//! Parquet and Arrow files read batch by batch, for who does not keep their rows.
//!
//! In: a file, or one row group of it. Out: its columns and its batches as the engine holds them. What is broken in the
//! middle of a file does not undo what came before it.

use crate::classify::{Kind, row_kind};
use crate::columnar::{Loaded, in_engine_types, metadata_with_views};
use crate::open::OpenError;
use crate::reader::{Current, Reader};
use crate::source::{Container, Source};
use arrow::array::RecordBatchReader;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::record_batch::RecordBatch;
use calypso_library::Column;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::ChunkReader;
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows of a batch at most and at least, when its bytes are not the limit.
const MOST_ROWS: usize = crate::builder::BATCH_ROWS;
const LEAST_ROWS: usize = 1024;

/// The batches of a file, one after the other.
pub(crate) struct ColumnStream {
    pub(crate) columns: Vec<Column>,
    schema: SchemaRef,
    batches: Box<dyn RecordBatchReader>,
}

impl ColumnStream {
    /// Opens a file, or a row group of it; batches hold about so many bytes.
    pub(crate) fn open(
        source: &Source,
        container: Container,
        group: Option<usize>,
        bytes: usize,
    ) -> Result<ColumnStream, String> {
        guarded(|| {
            let batches = batches(source, container, group, bytes)?;
            let schema = batches.schema();
            let empty = RecordBatch::new_empty(schema.clone());
            let (columns, _) = in_engine_types(&schema, vec![empty])?;
            Ok(ColumnStream { columns, schema, batches })
        })
    }

    /// The next batch; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<RecordBatch, String>> {
        let read = || -> Result<Option<Loaded>, ArrowError> {
            let Some(batch) = self.batches.next().transpose()? else {
                return Ok(None);
            };
            in_engine_types(&self.schema, vec![batch]).map(Some)
        };
        let loaded = guarded(read).transpose()?;
        loaded.map(|(_, mut batches)| batches.pop()).transpose()
    }
}

/// The row groups of a Parquet file of log rows that lies on disk as it is.
pub(crate) fn log_row_groups(source: &Source) -> Option<usize> {
    let path = source.path().filter(|_| source.is_packed().is_ok_and(|packed| !packed))?;
    let count = || -> Result<usize, ArrowError> {
        Ok(metadata_with_views(&File::open(path)?)?.metadata().num_row_groups())
    };
    let groups = guarded(count).ok()?;
    let columns = ColumnStream::open(source, Container::Parquet, Some(0), 1).ok()?.columns;
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    matches!(row_kind(&has, ""), Kind::ProvisioningRow | Kind::AuditRow).then_some(groups)
}

/// The readers of these formats trust a file more than we may: a panic is a reason like others.
fn guarded<T>(read: impl FnOnce() -> Result<T, ArrowError>) -> Result<T, String> {
    let read = catch_unwind(AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(ArrowError::ParseError("the file is damaged".to_owned()))).map_err(|error| {
        match error {
            ArrowError::ParseError(reason) => reason,
            error => error.to_string(),
        }
    })
}

fn batches(
    source: &Source,
    container: Container,
    group: Option<usize>,
    bytes: usize,
) -> Result<Box<dyn RecordBatchReader>, ArrowError> {
    let on_disk = if source.is_packed()? { None } else { source.path() };
    Ok(match (container, on_disk) {
        (Container::Parquet, Some(path)) => parquet_batches(File::open(path)?, group, bytes)?,
        (Container::Parquet, None) => parquet_batches(bytes::Bytes::from(source.read_all()?), group, bytes)?,
        (Container::ArrowFile, Some(path)) => {
            Box::new(FileReader::try_new(BufReader::new(File::open(path)?), None)?)
        }
        (Container::ArrowFile, None) => Box::new(FileReader::try_new(Cursor::new(source.read_all()?), None)?),
        _ => Box::new(StreamReader::try_new(source.open()?, None)?),
    })
}

fn parquet_batches<T: ChunkReader + 'static>(
    file: T,
    group: Option<usize>,
    bytes: usize,
) -> Result<Box<dyn RecordBatchReader>, ArrowError> {
    let metadata = metadata_with_views(&file)?;
    let size = |(bytes, rows): (i64, i64), group: &parquet::file::metadata::RowGroupMetaData| {
        (bytes.saturating_add(group.total_byte_size()), rows.saturating_add(group.num_rows()))
    };
    let (all, rows) = metadata.metadata().row_groups().iter().fold((0, 0), size);
    let row_bytes = usize::try_from(all / rows.max(1)).unwrap_or(1).max(1);
    let rows = (bytes / row_bytes).clamp(LEAST_ROWS, MOST_ROWS);
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(rows);
    let builder = match group {
        Some(group) => builder.with_row_groups(vec![group]),
        None => builder,
    };
    Ok(Box::new(builder.build()?))
}

impl Reader<'_> {
    /// Reads a Parquet or Arrow file of logs, or a row group of it, in parts; gives the shape, or `None` when it is no
    /// log. What concerns the whole file is told with its first row group.
    pub(crate) fn read_column_parts(
        &mut self,
        current: &Current,
        container: Container,
        group: Option<usize>,
    ) -> Result<Option<&'static str>, OpenError> {
        let mut stream = match ColumnStream::open(&current.input.source, container, group, self.chunk_bytes())
        {
            Ok(stream) => stream,
            Err(reason) => {
                self.refuse(current, 0, &reason)?;
                return Ok(Some("nothing readable"));
            }
        };
        let columns = stream.columns.clone();
        let has = |name: &str| columns.iter().any(|column| column.name == name);
        let kind = row_kind(&has, "");
        let is_log = matches!(kind, Kind::ProvisioningRow | Kind::AuditRow);
        if !is_log && kind != Kind::Arrival {
            return Ok(None);
        }
        if is_log && group.unwrap_or(0) == 0 {
            self.warn_of_lost(kind, &columns);
        }
        while let Some(batch) = stream.next() {
            match batch {
                Ok(batch) if is_log => self.take_batch(current, kind, &columns, &batch)?,
                Ok(batch) => self.take_arrivals(&columns, &[batch]),
                Err(reason) => {
                    self.refuse(current, 0, &reason)?;
                    break;
                }
            }
            self.overflow()?;
        }
        Ok(Some(if container == Container::Parquet { "Parquet" } else { "Arrow" }))
    }
}
