//! A Parquet file of provisioning rows that stays on disk, to be scanned by whoever runs queries.
//!
//! Only a file that says of itself that no Id occurs twice can stay: it needs no work that would read it. Only its
//! footer is read here. Its rows may lie in any order.

use crate::collect::{Delivery, ToldDeliveries, delivery_rows};
use crate::columnar::{in_engine_types, metadata_with_views};
use crate::open::{OpenError, OpenOptions, Opened};
use crate::paths::Input;
use crate::reader::Reader;
use crate::record::{DELIVERY_TABLE, PROVISIONING_TABLE, delivery_columns, provisioning_columns};
use crate::source::{Container, Source, container, head};
use crate::summary::FileRead;
use crate::times::UNIX_EPOCH_TICKS;
use crate::write::DISTINCT_KEY;
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Table};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::file::statistics::Statistics;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that is the table `AADProvisioningLogs` as it lies.
#[derive(Clone, Debug)]
pub struct ParquetTable {
    /// `AADProvisioningLogs`.
    pub name: String,
    /// Its 28 columns; TimeGenerated is Timestamp(ns, UTC) in the file.
    pub columns: Vec<Column>,
    /// The file.
    pub path: PathBuf,
    /// Its rows.
    pub rows: usize,
    /// The latest TimeGenerated, ticks.
    pub newest: Option<i64>,
    label: String,
    /// What other files tell of its rows' deliveries.
    told: Arc<ToldDeliveries>,
    /// Files that tell of them, too, and are not read yet.
    telling: Vec<Input>,
}

impl ParquetTable {
    /// The table `ProvisioningDelivery` of these rows; reads the Ids and the files that tell of their deliveries.
    pub fn delivery(&self) -> Result<Table, OpenError> {
        let told = self.all_told()?;
        let read = || self.read_ids(&told);
        let batches =
            catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("the file is damaged".to_owned()));
        let batches = batches.map_err(|reason| OpenError::Unreadable {
            path: self.path.to_string_lossy().into_owned(),
            reason,
        })?;
        Ok(Table { name: DELIVERY_TABLE.to_owned(), columns: delivery_columns(), batches })
    }

    /// What all files tell, as if they had been read in their order: Parquet first.
    fn all_told(&self) -> Result<ToldDeliveries, OpenError> {
        let options = OpenOptions { strict: true, ..OpenOptions::default() };
        let mut reader = Reader::new(&options);
        reader.read_all(self.telling.clone())?;
        for (id, told) in self.told.iter() {
            reader.note_told(id, *told);
        }
        Ok(reader.told)
    }

    fn read_ids(&self, told: &ToldDeliveries) -> Result<Vec<RecordBatch>, String> {
        let file = File::open(&self.path).map_err(|error| error.to_string())?;
        let metadata = metadata_with_views(&file).map_err(|error| error.to_string())?;
        let mask = ProjectionMask::columns(metadata.parquet_schema(), ["Id"]);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_projection(mask)
            .with_batch_size(crate::builder::BATCH_ROWS)
            .build()
            .map_err(|error| error.to_string())?;
        let schema = arrow::record_batch::RecordBatchReader::schema(&reader);
        let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        let (_, ids) = in_engine_types(&schema, batches).map_err(|error| error.to_string())?;
        let delivery = (Delivery { written: None, envelope: None, file: 0 }, 1);
        let files = std::slice::from_ref(&self.label);
        let rows = |ids: &RecordBatch| delivery_rows(ids, 0, &vec![delivery; ids.num_rows()], files, told);
        ids.iter().map(rows).collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())
    }
}

/// Opens inputs of which one Parquet file alone holds the provisioning rows; `None` when there is none such.
pub(crate) fn open_kept(inputs: &[Input], options: &OpenOptions) -> Result<Option<Opened>, OpenError> {
    if options.rename_legacy || options.table_name.is_some() {
        return Ok(None);
    }
    let mut kept = inputs.iter().enumerate().filter_map(|(place, input)| Some((place, keepable(input)?)));
    let (Some((place, mut table)), None) = (kept.next(), kept.next()) else {
        return Ok(None);
    };
    let others =
        inputs.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, input)| input.clone());
    let (telling, others): (Vec<Input>, Vec<Input>) = others.partition(tells_of_deliveries);
    // Whatever keeps one of them from being read later is an error then.
    let telling: Vec<Input> = telling.into_iter().map(|input| Input { named: true, ..input }).collect();
    let mut reader = Reader::new(options);
    reader.read_all(others)?;
    if reader.provisioning.rows() + reader.portal_rows.len() > 0 {
        // The same events may lie in other files too: all must be read to know.
        return Ok(None);
    }
    table.told = Arc::new(std::mem::take(&mut reader.told));
    let mut opened = reader.finish()?;
    opened.tables.retain(|other| ![PROVISIONING_TABLE, DELIVERY_TABLE].contains(&other.name.as_str()));
    for input in &telling {
        opened.summary.files += 1;
        opened.summary.shapes.push(FileRead { file: input.label.clone(), shape: "Parquet", rows: 0 });
    }
    table.telling = telling;
    opened.summary.files += 1;
    opened.summary.rows_read += table.rows as u64;
    let rows = table.rows as u64;
    opened.summary.shapes.push(FileRead { file: table.label.clone(), shape: "Parquet", rows });
    opened.parquet = Some(table);
    Ok(Some(opened))
}

/// The table that a file is as it lies, if it is one.
fn keepable(input: &Input) -> Option<ParquetTable> {
    let path = parquet_path(input)?;
    let footer = || footer(path, &input.label);
    catch_unwind(AssertUnwindSafe(footer)).ok().flatten()
}

/// Whether a file is, by its footer, a table `ProvisioningDelivery`: it tells of the rows of others and has none.
fn tells_of_deliveries(input: &Input) -> bool {
    let is = || {
        let metadata = metadata_with_views(&File::open(parquet_path(input)?).ok()?).ok()?;
        Some(columns(&metadata)? == delivery_columns())
    };
    catch_unwind(AssertUnwindSafe(is)).ok().flatten() == Some(true)
}

/// Where a file lies, when it is Parquet as it lies.
fn parquet_path(input: &Input) -> Option<&Path> {
    let Source::File(path) = &input.source else {
        return None;
    };
    let plain = !input.source.is_packed().ok()?;
    (plain && container(&head(&input.source, 4).ok()?) == Container::Parquet).then_some(path)
}

/// The columns that a file's rows have once they are read.
fn columns(metadata: &ArrowReaderMetadata) -> Option<Vec<Column>> {
    let empty = RecordBatch::new_empty(metadata.schema().clone());
    in_engine_types(metadata.schema(), vec![empty]).ok().map(|(columns, _)| columns)
}

fn footer(path: &Path, label: &str) -> Option<ParquetTable> {
    let metadata = metadata_with_views(&File::open(path).ok()?).ok()?;
    let file = metadata.metadata().file_metadata();
    let marked = file.key_value_metadata()?.iter().any(|pair| pair.key == DISTINCT_KEY);
    let columns = columns(&metadata)?;
    let is_time = |ty: &DataType| matches!(ty, DataType::Timestamp(_, _));
    if !marked || columns != provisioning_columns() || !is_time(metadata.schema().field(2).data_type()) {
        return None;
    }
    Some(ParquetTable {
        name: PROVISIONING_TABLE.to_owned(),
        columns,
        path: path.to_owned(),
        rows: usize::try_from(file.num_rows()).ok()?,
        newest: newest(&metadata),
        label: label.to_owned(),
        told: Arc::default(),
        telling: Vec::new(),
    })
}

/// The latest TimeGenerated by the row groups' statistics.
fn newest(metadata: &ArrowReaderMetadata) -> Option<i64> {
    let latest = |group: &parquet::file::metadata::RowGroupMetaData| match group.column(2).statistics()? {
        Statistics::Int64(times) => times.max_opt().copied(),
        _ => None,
    };
    let nanos = metadata.metadata().row_groups().iter().filter_map(latest).max()?;
    nanos.div_euclid(100).checked_add(UNIX_EPOCH_TICKS)
}
