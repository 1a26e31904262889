//! Parquet and Arrow files. Times are timestamps in nanoseconds here, as other tools expect them.

use super::sink::{Folder, Packing};
use crate::generator::Run;
use crate::generator::calendar::unix_nanoseconds;
use crate::generator::tables::{audit_table, batches, delivery_table};
use crate::record::{PROVISIONING_TABLE, provisioning_columns};
use crate::write::distinct_mark;
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, TimestampNanosecondArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type, Schema, TimeUnit};
use arrow::ipc::writer::FileWriter;
use calypso_library::{Column, Table, Type};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a Parquet row group.
const ROW_GROUP: usize = 131_072;

/// The schema of a file: timestamps for times, plain UTF-8 for texts.
fn file_schema(columns: &[Column], plain_text: bool) -> Arc<Schema> {
    let fields: Vec<Field> = columns
        .iter()
        .map(|column| {
            let ty = match column.ty {
                Type::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
                Type::Long => DataType::Int64,
                Type::String | Type::Dynamic | Type::Guid if !plain_text => DataType::Utf8View,
                _ => DataType::Utf8,
            };
            Field::new(&column.name, ty, column.ty != Type::String)
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// A batch in the types of its file.
fn file_batch(batch: &RecordBatch, schema: &Arc<Schema>) -> io::Result<RecordBatch> {
    let columns: Result<Vec<ArrayRef>, _> = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(array, field)| match field.data_type() {
            DataType::Timestamp(_, _) => Ok(timestamps(array)?),
            ty if ty == array.data_type() => Ok(array.clone()),
            ty => cast(array, ty).map_err(io::Error::other),
        })
        .collect();
    RecordBatch::try_new(schema.clone(), columns?).map_err(io::Error::other)
}

/// Ticks as nanoseconds since 1970.
fn timestamps(array: &ArrayRef) -> io::Result<ArrayRef> {
    let ticks = array.as_primitive::<Int64Type>();
    let mut out = Vec::with_capacity(ticks.len());
    for tick in ticks {
        let nanoseconds = match tick {
            None => None,
            Some(tick) => Some(unix_nanoseconds(tick).ok_or_else(|| {
                io::Error::other("a time outside the years 1677 to 2262 cannot be written as nanoseconds")
            })?),
        };
        out.push(nanoseconds);
    }
    Ok(Arc::new(TimestampNanosecondArray::from(out).with_timezone("UTC")))
}

/// Calls back with each table's name, columns and batches, the main table's made one after the other.
fn each_table(
    run: &Run,
    mut each: impl FnMut(&str, &[Column], &mut dyn Iterator<Item = RecordBatch>) -> io::Result<()>,
) -> io::Result<()> {
    let texts = run.texts();
    each(PROVISIONING_TABLE, &provisioning_columns(), &mut batches(&texts, &run.events))?;
    for Table { name, columns, batches } in [audit_table(run), delivery_table(run)] {
        each(&name, &columns, &mut batches.into_iter())?;
    }
    Ok(())
}

/// Writes one Parquet file a table.
pub(super) fn write_parquet(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let compression = match folder.packing {
        Packing::Gzip => Compression::GZIP(GzipLevel::default()),
        Packing::Plain | Packing::Zstd => Compression::ZSTD(ZstdLevel::default()),
    };
    each_table(run, |name, columns, batches| {
        let schema = file_schema(columns, false);
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_created_by("calypso".to_owned())
            // Each event is written once, so the file may be queried as it lies.
            .set_key_value_metadata((name == PROVISIONING_TABLE).then(|| vec![distinct_mark()]))
            .build();
        // Without the Arrow schema within, so that readers without string views can read the file.
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        folder.store(&format!("parquet/{name}.parquet"), |out| {
            let mut writer =
                ArrowWriter::try_new_with_options(out, schema.clone(), options).map_err(io::Error::other)?;
            let mut rows = 0;
            for batch in batches {
                rows += batch.num_rows() as u64;
                writer.write(&file_batch(&batch, &schema)?).map_err(io::Error::other)?;
            }
            writer.close().map_err(io::Error::other)?;
            Ok(rows)
        })
    })
}

/// Writes one Arrow IPC file a table.
pub(super) fn write_arrow(run: &Run, folder: &mut Folder) -> io::Result<()> {
    each_table(run, |name, columns, batches| {
        let schema = file_schema(columns, true);
        folder.write(&format!("arrow/{name}.arrow"), |out: &mut dyn Write| {
            let mut writer = FileWriter::try_new(out, &schema).map_err(io::Error::other)?;
            let mut rows = 0;
            for batch in batches {
                // One piece of a batch's text may not pass 2 GiB.
                for from in (0..batch.num_rows()).step_by(8_192) {
                    let part = batch.slice(from, (batch.num_rows() - from).min(8_192));
                    writer.write(&file_batch(&part, &schema)?).map_err(io::Error::other)?;
                }
                rows += batch.num_rows() as u64;
            }
            writer.finish().map_err(io::Error::other)?;
            Ok(rows)
        })
    })
}
