//! Parquet and Arrow files. Times are timestamps in nanoseconds here, as other tools expect them.

use super::in_order::in_order;
use super::sink::{Folder, Packing};
use crate::generator::calendar::unix_nanoseconds;
use crate::generator::tables::{audit_table, delivery_batch, provisioning_batch};
use crate::generator::{AttrBag, Event, Run, Texts};
use crate::record::{DELIVERY_TABLE, PROVISIONING_TABLE, delivery_columns, provisioning_columns};
use crate::write::distinct_mark;
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, TimestampNanosecondArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type, Schema, TimeUnit};
use arrow::ipc::writer::FileWriter;
use calypso_library::{Column, Table, Type};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowWriterOptions, compute_leaves};
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

/// Rows of which arrays are made at once: a divisor of a row group.
fn piece_rows(texts: &Texts) -> usize {
    match texts.bag {
        AttrBag::Lean => 8_192,
        AttrBag::Full => 1_024,
    }
}

/// A Parquet file of one table.
struct ParquetFile<'a> {
    name: &'a str,
    columns: Vec<Column>,
    compression: Compression,
}

impl ParquetFile<'_> {
    /// Writes it: a row group per item, which are encoded side by side; `pieces` gives the rows of an item.
    fn write<T: Send, P: Iterator<Item = RecordBatch>>(
        self,
        folder: &mut Folder,
        items: impl Iterator<Item = T>,
        pieces: impl Fn(T) -> P + Sync,
    ) -> io::Result<()> {
        let schema = file_schema(&self.columns, false);
        let properties = WriterProperties::builder()
            .set_compression(self.compression)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_created_by("calypso".to_owned())
            // Each event is written once, so the file may be queried as it lies.
            .set_key_value_metadata((self.name == PROVISIONING_TABLE).then(|| vec![distinct_mark()]))
            .build();
        // Without the Arrow schema within, so that readers without string views can read the file.
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        folder.store(&format!("parquet/{}.parquet", self.name), |out| {
            let writer = ArrowWriter::try_new_with_options(out, schema.clone(), options);
            let (mut file, factory) =
                writer.and_then(ArrowWriter::into_serialized_writer).map_err(io::Error::other)?;
            let mut rows = 0;
            in_order(
                items.enumerate(),
                |(number, item)| {
                    let writers = factory.create_column_writers(number).map_err(io::Error::other)?;
                    encode(writers, &schema, pieces(item))
                },
                |(count, chunks)| {
                    rows += count as u64;
                    let append = || -> parquet::errors::Result<()> {
                        let mut group = file.next_row_group()?;
                        for chunk in chunks {
                            chunk.append_to_row_group(&mut group)?;
                        }
                        group.close().map(drop)
                    };
                    append().map_err(io::Error::other)
                },
            )?;
            file.close().map_err(io::Error::other)?;
            Ok(rows)
        })
    }
}

/// A row group with the number of its rows.
fn encode(
    mut writers: Vec<ArrowColumnWriter>,
    schema: &Arc<Schema>,
    pieces: impl Iterator<Item = RecordBatch>,
) -> io::Result<(usize, Vec<ArrowColumnChunk>)> {
    let mut rows = 0;
    for piece in pieces {
        rows += piece.num_rows();
        let piece = file_batch(&piece, schema)?;
        for ((field, array), writer) in schema.fields().iter().zip(piece.columns()).zip(&mut writers) {
            for leaf in compute_leaves(field, array).map_err(io::Error::other)? {
                writer.write(&leaf).map_err(io::Error::other)?;
            }
        }
    }
    let chunks = writers.into_iter().map(ArrowColumnWriter::close).collect::<Result<_, _>>();
    Ok((rows, chunks.map_err(io::Error::other)?))
}

/// Cuts events into pieces, each made a batch.
fn cut(
    events: Vec<Event>,
    rows: usize,
    make: impl Fn(&[Event]) -> RecordBatch,
) -> impl Iterator<Item = RecordBatch> {
    let starts = (0..events.len()).step_by(rows);
    starts.map(move |at| make(&events[at..events.len().min(at + rows)]))
}

/// Writes one Parquet file a table.
pub(super) fn write_parquet(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let compression = match folder.packing {
        Packing::Gzip => Compression::GZIP(GzipLevel::default()),
        Packing::Plain | Packing::Zstd => Compression::ZSTD(ZstdLevel::default()),
    };
    let texts = run.texts();
    let piece = piece_rows(&texts);
    let file = ParquetFile { name: PROVISIONING_TABLE, columns: provisioning_columns(), compression };
    file.write(folder, run.stretches(ROW_GROUP), |events| {
        cut(events, piece, |events| provisioning_batch(&texts, events))
    })?;
    let Table { name, columns, batches } = audit_table(run);
    let file = ParquetFile { name: &name, columns, compression };
    file.write(folder, batches.into_iter().filter(|batch| batch.num_rows() > 0), std::iter::once)?;
    let file = ParquetFile { name: DELIVERY_TABLE, columns: delivery_columns(), compression };
    file.write(folder, run.stretches(ROW_GROUP), |events| {
        cut(events, piece, |events| delivery_batch(&texts, events))
    })
}

/// Writes one Arrow IPC file a table.
pub(super) fn write_arrow(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let stretches = || run.stretches(8_192);
    write_ipc(folder, PROVISIONING_TABLE, &provisioning_columns(), stretches(), |events| {
        provisioning_batch(&texts, &events)
    })?;
    let Table { name, columns, batches } = audit_table(run);
    write_ipc(folder, &name, &columns, batches.into_iter(), |batch| batch)?;
    write_ipc(folder, DELIVERY_TABLE, &delivery_columns(), stretches(), |events| {
        delivery_batch(&texts, &events)
    })
}

/// Writes an Arrow IPC file: a batch per item.
fn write_ipc<T: Send>(
    folder: &mut Folder,
    name: &str,
    columns: &[Column],
    items: impl Iterator<Item = T>,
    make: impl Fn(T) -> RecordBatch + Sync,
) -> io::Result<()> {
    let schema = file_schema(columns, true);
    folder.write(&format!("arrow/{name}.arrow"), |out: &mut dyn Write| {
        let mut writer = FileWriter::try_new(out, &schema).map_err(io::Error::other)?;
        let mut rows = 0;
        in_order(
            items,
            |item| file_batch(&make(item), &schema),
            |batch| {
                rows += batch.num_rows() as u64;
                writer.write(&batch).map_err(io::Error::other)
            },
        )?;
        writer.finish().map_err(io::Error::other)?;
        Ok(rows)
    })
}
