//! Which events are known: sets of Ids, and the question which of some Ids files of the store hold.

use crate::error::StoreError;
use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::bloom_filter::Sbbf;
use rustc_hash::FxHashSet;
use std::fs::File;
use std::path::Path;

/// A set of Ids. GUIDs are kept as numbers: no allocation for the ordinary case.
#[derive(Debug, Default)]
pub(crate) struct IdSet {
    guids: FxHashSet<u128>,
    texts: FxHashSet<Box<str>>,
}

impl IdSet {
    /// The set of some Ids.
    pub(crate) fn of<'a>(ids: impl Iterator<Item = &'a str>) -> IdSet {
        let mut set = IdSet::default();
        for id in ids {
            set.insert(id);
        }
        set
    }

    /// Adds an Id; false when it is there already.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        match calypso_logs::guid_number(id) {
            Some(guid) => self.guids.insert(guid),
            None => !self.texts.contains(id) && self.texts.insert(id.into()),
        }
    }

    /// Whether it holds an Id.
    pub(crate) fn contains(&self, id: &str) -> bool {
        match calypso_logs::guid_number(id) {
            Some(guid) => self.guids.contains(&guid),
            None => self.texts.contains(id),
        }
    }

    /// How many Ids it holds.
    pub(crate) fn len(&self) -> usize {
        self.guids.len() + self.texts.len()
    }

    /// Whether it holds none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        *self = IdSet::default();
    }
}

/// Adds to `found` the Ids among `wanted` that rows of a file have. Row groups whose Bloom filter knows none of them are
/// not read; in the others the Ids themselves decide.
pub(crate) fn look_up<'a>(
    path: &Path,
    wanted: impl Iterator<Item = &'a str> + Clone,
    set: &IdSet,
    found: &mut IdSet,
) -> Result<(), StoreError> {
    let failed = |error: &dyn std::fmt::Display| StoreError::at(path, "read", error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let metadata = ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| failed(&error))?;
    let columns = metadata.metadata().file_metadata().schema_descr_ptr();
    let id = (0..columns.num_columns()).find(|&place| columns.column(place).name() == "Id");
    let id = id.ok_or_else(|| failed(&"it has no column Id"))?;
    let mut groups = Vec::new();
    for (place, group) in metadata.metadata().row_groups().iter().enumerate() {
        let filter = Sbbf::read_from_column_chunk(group.column(id), &file).map_err(|error| failed(&error))?;
        if filter.is_none_or(|filter| wanted.clone().any(|id| filter.check(id))) {
            groups.push(place);
        }
    }
    if groups.is_empty() {
        return Ok(());
    }
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
        .with_projection(ProjectionMask::leaves(&columns, [id]))
        .with_row_groups(groups)
        .with_batch_size(8192)
        .build()
        .map_err(|error| failed(&error))?;
    for batch in reader {
        let batch = batch.map_err(|error| failed(&error))?;
        let ids = cast(batch.column(0), &DataType::Utf8View)?;
        for id in ids.as_string_view().iter().flatten().filter(|id| set.contains(id)) {
            found.insert(id);
        }
    }
    Ok(())
}
