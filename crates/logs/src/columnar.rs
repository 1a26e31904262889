//! Parquet and Arrow files, read column by column.
//!
//! In: files whose columns may be of any Arrow type. Out: batches with the columns as the engine holds them. A file
//! with the log tables' columns goes into those tables; any other is a table of its own.

use crate::classify::{Kind, row_kind};
use crate::collect::Delivery;
use crate::engine_column::{conform, engine_column};
use crate::open::OpenError;
use crate::reader::{Current, Reader};
use crate::record::{AUDIT, PROVISIONING, audit_columns, is_kept, provisioning_columns};
use crate::shapes::{audit, log_analytics};
use crate::source::{Container, Source};
use crate::times::{DateOrder, format_time};
use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Type, Value};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::file::reader::ChunkReader;
use std::borrow::Cow;
use std::fs::File;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Rows read at once.
const READ_ROWS: usize = crate::builder::BATCH_ROWS;

/// The columns of a file and its rows, as the engine holds them.
pub(crate) type Loaded = (Vec<Column>, Vec<RecordBatch>);

impl Reader<'_> {
    /// Reads a Parquet or Arrow file; gives the shape, or `None` when it is no log and no table is wanted.
    pub(crate) fn read_columns(
        &mut self,
        current: &Current,
        container: Container,
    ) -> Result<Option<&'static str>, OpenError> {
        if self.in_parts {
            return self.read_column_parts(current, container, None);
        }
        let (columns, batches) = match load(&current.input.source, container) {
            Ok(loaded) => loaded,
            Err(reason) => {
                self.refuse(current, 0, &reason)?;
                return Ok(Some("nothing readable"));
            }
        };
        let shape = if container == Container::Parquet { "Parquet" } else { "Arrow" };
        let has = |name: &str| columns.iter().any(|column| column.name == name);
        let kind = if self.wants_own(current) { Kind::Other } else { row_kind(&has, "") };
        match kind {
            Kind::ProvisioningRow | Kind::AuditRow => {
                self.warn_of_lost(kind, &columns);
                for batch in batches {
                    self.take_batch(current, kind, &columns, &batch)?;
                }
            }
            Kind::Arrival => self.take_arrivals(&columns, &batches),
            _ if !current.input.named => return Ok(None),
            _ => {
                if !self.own_table(current).push_batches(&columns, batches) {
                    self.refuse(current, 0, "its columns differ from those of the files before it")?;
                }
            }
        }
        Ok(Some(shape))
    }

    /// A column that no log column takes is told, since its cells are not kept.
    pub(crate) fn warn_of_lost(&mut self, kind: Kind, columns: &[Column]) {
        let names = if kind == Kind::AuditRow { AUDIT } else { PROVISIONING };
        for lost in columns.iter().filter(|column| !is_kept(names, &column.name)) {
            self.summary.warn(&format!("column {} is not kept", lost.name));
        }
    }

    /// Rows of a log table: the whole batch when the file has all columns, else row by row.
    pub(crate) fn take_batch(
        &mut self,
        current: &Current,
        kind: Kind,
        columns: &[Column],
        batch: &RecordBatch,
    ) -> Result<(), OpenError> {
        let wanted = if kind == Kind::AuditRow { audit_columns() } else { provisioning_columns() };
        let fitting = if self.defaults.rename_legacy { None } else { conform(columns, batch, &wanted) };
        match fitting {
            Some(fitting) => self.push_batch(current, kind, fitting)?,
            None => self.take_rows(current, kind, columns, batch),
        }
        Ok(())
    }

    fn push_batch(&mut self, current: &Current, kind: Kind, batch: RecordBatch) -> Result<(), OpenError> {
        let rows = batch.num_rows();
        let table = if kind == Kind::AuditRow { &mut self.audit } else { &mut self.provisioning };
        let new = table
            .push_batch(batch, current.file)
            .map_err(|error| OpenError::TooLarge { reason: error.to_string() })?;
        self.summary.duplicates += (rows - new) as u64;
        Ok(())
    }

    fn take_rows(&mut self, current: &Current, kind: Kind, columns: &[Column], batch: &RecordBatch) {
        let delivery = Delivery { written: None, envelope: None, file: current.file };
        for row in 0..batch.num_rows() {
            let get = |name: &str| -> Option<Cow<'_, str>> {
                let place = columns.iter().position(|column| column.name == name)?;
                Some(cell_text(columns[place].ty, batch.column(place), row))
            };
            if kind == Kind::AuditRow {
                let cells = audit::flat(&get, DateOrder::MonthFirst, &mut self.summary);
                self.push_audit(&cells, delivery);
            } else {
                let record = log_analytics::provisioning(&get, DateOrder::MonthFirst, &mut self.summary);
                self.push(record, delivery);
            }
        }
    }

    pub(crate) fn take_arrivals(&mut self, columns: &[Column], batches: &[RecordBatch]) {
        for batch in batches {
            for row in 0..batch.num_rows() {
                let get = |name: &str| -> Option<Cow<'_, str>> {
                    let place = columns.iter().position(|column| column.name == name)?;
                    Some(cell_text(columns[place].ty, batch.column(place), row))
                };
                self.note_arrival(&get, DateOrder::MonthFirst);
            }
        }
    }
}

/// A cell as the text that separated values would have.
fn cell_text(ty: Type, array: &dyn Array, row: usize) -> Cow<'_, str> {
    if array.is_null(row) {
        return Cow::Borrowed("");
    }
    match ty {
        Type::String | Type::Guid | Type::Dynamic => Cow::Borrowed(array.as_string_view().value(row)),
        Type::DateTime => format_time(array.as_primitive::<Int64Type>().value(row)).into(),
        Type::Long | Type::TimeSpan => array.as_primitive::<Int64Type>().value(row).to_string().into(),
        Type::Bool | Type::Int | Type::Real | Type::Decimal => match Value::from_array(ty, array, row) {
            Value::Bool(value) => value.to_string().into(),
            Value::Int(value) => value.to_string().into(),
            Value::Real(value) => value.to_string().into(),
            _ => Cow::Borrowed(""),
        },
    }
}

/// All rows of a file; a broken file is a reason, never a panic.
pub(crate) fn load(source: &Source, container: Container) -> Result<Loaded, String> {
    let read = || -> Result<Loaded, String> {
        let packed = source.is_packed().map_err(|error| error.to_string())?;
        match (container, source.path()) {
            (Container::Parquet, Some(path)) if !packed => {
                load_parquet(&|| File::open(path)).map_err(|error| error.to_string())
            }
            (Container::Parquet, _) => {
                let bytes = bytes::Bytes::from(source.read_all().map_err(|error| error.to_string())?);
                load_parquet(&|| Ok(bytes.clone())).map_err(|error| error.to_string())
            }
            _ => {
                let bytes = source.read_all().map_err(|error| error.to_string())?;
                load_arrow(bytes, container == Container::ArrowFile).map_err(|error| error.to_string())
            }
        }
    };
    // The readers of these formats trust a file more than we may.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("the file is damaged".to_owned()))
}

fn load_arrow(bytes: Vec<u8>, is_file: bool) -> Result<Loaded, ArrowError> {
    let cursor = Cursor::new(bytes);
    let (schema, batches) = if is_file {
        let reader = FileReader::try_new(cursor, None)?;
        (reader.schema(), reader.collect::<Result<Vec<_>, _>>()?)
    } else {
        let reader = StreamReader::try_new(cursor, None)?;
        (reader.schema(), reader.collect::<Result<Vec<_>, _>>()?)
    };
    in_engine_types(&schema, batches)
}

/// Reads row groups side by side, each from a handle of its own.
fn load_parquet<T: ChunkReader + Send + 'static>(
    open: &(dyn Fn() -> std::io::Result<T> + Sync),
) -> Result<Loaded, ArrowError> {
    let file = open()?;
    let metadata = metadata_with_views(&file)?;
    let groups = metadata.metadata().num_row_groups();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(groups).max(1);
    let read_group = |group: usize| -> Result<Vec<RecordBatch>, ArrowError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(open()?, metadata.clone());
        let reader = builder.with_row_groups(vec![group]).with_batch_size(READ_ROWS).build()?;
        reader.collect()
    };
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let group = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if group >= groups {
                return done;
            }
            done.push((group, read_group(group)));
        }
    };
    let mut parts = std::thread::scope(|scope| {
        let handles: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for handle in handles {
            let others =
                handle.join().map_err(|_| ArrowError::ParquetError("the file is damaged".to_owned()))?;
            parts.extend(others);
        }
        Ok::<_, ArrowError>(parts)
    })?;
    parts.sort_by_key(|(group, _)| *group);
    let mut batches = Vec::new();
    for (_, part) in parts {
        batches.extend(part?);
    }
    in_engine_types(metadata.schema(), batches)
}

/// The metadata of a Parquet file, with all text columns to be read as views: rows of one dictionary page then share
/// their text.
pub(crate) fn metadata_with_views<T: ChunkReader>(file: &T) -> Result<ArrowReaderMetadata, ArrowError> {
    let metadata = ArrowReaderMetadata::load(file, ArrowReaderOptions::new())?;
    let as_view = |field: &Arc<Field>| -> Field {
        let is_text = |ty: &DataType| matches!(ty, DataType::Utf8 | DataType::LargeUtf8);
        match field.data_type() {
            ty if is_text(ty) => field.as_ref().clone().with_data_type(DataType::Utf8View),
            DataType::Dictionary(_, value) if is_text(value) => {
                field.as_ref().clone().with_data_type(DataType::Utf8View)
            }
            _ => field.as_ref().clone(),
        }
    };
    let schema = metadata.schema();
    let fields: Vec<Field> = schema.fields().iter().map(as_view).collect();
    let schema: SchemaRef = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
    let options = ArrowReaderOptions::new().with_schema(schema);
    Ok(ArrowReaderMetadata::try_new(metadata.metadata().clone(), options).unwrap_or(metadata))
}

/// The batches with each column as the engine holds it.
pub(crate) fn in_engine_types(schema: &Schema, batches: Vec<RecordBatch>) -> Result<Loaded, ArrowError> {
    let mut types: Vec<Type> = Vec::new();
    let mut converted = Vec::with_capacity(batches.len());
    for batch in &batches {
        let pairs = schema.fields().iter().zip(batch.columns());
        converted.push(pairs.map(|(field, array)| engine_column(field, array)).collect::<Vec<_>>());
    }
    if converted.is_empty() {
        let empty = RecordBatch::new_empty(Arc::new(schema.clone()));
        let pairs = schema.fields().iter().zip(empty.columns());
        types.extend(pairs.map(|(field, array)| engine_column(field, array).0));
    } else if let Some(first) = converted.first() {
        types.extend(first.iter().map(|(ty, _)| *ty));
    }
    let names = crate::engine_column::distinct_names(schema);
    let columns: Vec<Column> = names.into_iter().zip(types).map(|(name, ty)| Column::new(name, ty)).collect();
    let schema = crate::builder::schema(&columns);
    let batches = converted
        .into_iter()
        .map(|arrays| {
            RecordBatch::try_new(schema.clone(), arrays.into_iter().map(|(_, array)| array).collect())
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok((columns, batches))
}
