//! Reads columns of a row group of a Parquet file: whole ones to be kept, or the picked rows alone.

use super::column::{CHUNK, Held, Picked, joined};
use arrow::array::{Array, ArrayRef, new_null_array};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, FieldRef, Schema, SchemaRef};
use arrow::util::display::FormatOptions;
use datafusion::error::{DataFusionError, Result};
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
    RowSelection,
};
use datafusion::parquet::basic::Encoding;
use datafusion::parquet::file::metadata::{ColumnChunkMetaData, PageIndexPolicy};
use datafusion::parquet::file::page_index::offset_index::PageLocation;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file whose footer is read.
#[derive(Debug)]
pub(crate) struct OpenFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    /// Columns of the table.
    table: SchemaRef,
    /// Where each column of the table stands in the file: the root and its first leaf.
    places: Vec<Option<(usize, usize)>>,
}

impl OpenFile {
    /// Reads the footer.
    ///
    /// # Errors
    /// When the file cannot be read, or its texts not as views.
    pub fn open(path: &Path, table: &SchemaRef) -> Result<OpenFile> {
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&File::open(path)?, options)?;
        let fields = metadata.schema().fields().iter().map(|field| {
            let ty = crate::files::as_views(field.data_type());
            field.as_ref().clone().with_data_type(ty)
        });
        let views =
            Schema::new_with_metadata(fields.collect::<Vec<_>>(), metadata.schema().metadata().clone());
        let options = ArrowReaderOptions::new().with_schema(Arc::new(views));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)?;
        let leaves = metadata.parquet_schema();
        let place = |field: &FieldRef| {
            let root = metadata.schema().index_of(field.name()).ok()?;
            let leaf = (0..leaves.num_columns()).find(|leaf| leaves.get_column_root_idx(*leaf) == root)?;
            Some((root, leaf))
        };
        let places = table.fields().iter().map(place).collect();
        Ok(OpenFile { path: path.to_owned(), metadata, table: Arc::clone(table), places })
    }

    /// Row groups.
    pub(super) fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// Rows of a row group.
    pub(super) fn rows(&self, group: usize) -> usize {
        usize::try_from(self.metadata.metadata().row_group(group).num_rows()).unwrap_or(0)
    }

    /// Bytes of a column of a row group, unpacked.
    pub(super) fn bytes(&self, group: usize, column: usize) -> usize {
        let chunk = self.chunk(group, column);
        chunk.map_or(0, |chunk| usize::try_from(chunk.uncompressed_size()).unwrap_or(usize::MAX))
    }

    fn chunk(&self, group: usize, column: usize) -> Option<&ColumnChunkMetaData> {
        let (_, leaf) = self.places[column]?;
        Some(self.metadata.metadata().row_group(group).column(leaf))
    }

    /// How much is unpacked to read the picked rows of a column: of the pages that hold any row of these chunks, and of
    /// all pages.
    pub(super) fn reach(&self, group: usize, column: usize, picked: &[(usize, Picked)]) -> Reach {
        let whole = Reach { of_chunks: 1.0, of_all: 1.0 };
        let offsets = self.metadata.metadata().offset_index();
        let Some(((_, leaf), offsets)) = self.places[column].zip(offsets) else { return whole };
        let Some(pages) = offsets.get(group).and_then(|group| group.get(leaf)) else { return whole };
        let pages = pages.page_locations();
        let Some((first, last)) = picked.first().zip(picked.last()) else { return whole };
        let rows = self.rows(group);
        let (start, end) = (first.0 * CHUNK, ((last.0 + 1) * CHUNK).min(rows));
        let (mut around, mut touched) = (0_usize, 0_usize);
        for at in 0..pages.len() {
            let page = page_rows(pages, at, rows);
            if page.start < end && start < page.end {
                around += 1;
                touched += usize::from(picked.iter().any(|(chunk, picked)| has_rows(*chunk, picked, &page)));
            }
        }
        Reach {
            of_chunks: touched as f64 / around.max(1) as f64,
            of_all: touched as f64 / pages.len().max(1) as f64,
        }
    }

    /// Whole columns of a row group.
    pub(super) fn load(&self, group: usize, columns: &[usize]) -> Result<Vec<Held>> {
        let repeats = |column: usize| {
            let text = self.table.field(column).data_type() == &DataType::Utf8View;
            text && self.chunk(group, column).is_some_and(is_dictionary)
        };
        let rows = self.rows(group);
        let (whole, chunked): (Vec<usize>, Vec<usize>) = columns.iter().partition(|column| repeats(**column));
        let mut held = vec![None; columns.len()];
        for (wanted, size) in [(whole, rows), (chunked, CHUNK)] {
            for (column, arrays) in wanted.iter().zip(self.read(group, &wanted, None, size)?) {
                let slot = columns.iter().position(|one| one == column).and_then(|at| held.get_mut(at));
                let column = match arrays {
                    None => self.absent(*column, rows),
                    Some(arrays) if size == rows => Held::of_whole(joined(&arrays)?)?,
                    Some(arrays) => Held::Chunks(arrays.into()),
                };
                if let Some(slot) = slot {
                    *slot = Some(column);
                }
            }
        }
        Ok(held.into_iter().flatten().collect())
    }

    /// A column that the file lacks.
    fn absent(&self, column: usize, rows: usize) -> Held {
        let nulls = new_null_array(self.table.field(column).data_type(), CHUNK.min(rows));
        let starts = (0..rows).step_by(CHUNK);
        Held::Chunks(starts.map(|start| nulls.slice(0, CHUNK.min(rows - start))).collect())
    }

    /// The picked rows of columns, chunk by chunk.
    pub(super) fn fetch(
        &self,
        group: usize,
        columns: &[usize],
        picked: &[(usize, Picked)],
    ) -> Result<Vec<Vec<ArrayRef>>> {
        let ranges = picked.iter().flat_map(|(chunk, picked)| ranges(chunk * CHUNK, picked));
        let selection = RowSelection::from_consecutive_ranges(ranges, self.rows(group));
        let total: usize = picked.iter().map(|(_, picked)| picked.count()).sum();
        let read = self.read(group, columns, Some(selection), total)?;
        let split = |(column, arrays): (&usize, Option<Vec<ArrayRef>>)| {
            let all = match arrays {
                Some(arrays) => joined(&arrays)?,
                None => new_null_array(self.table.field(*column).data_type(), total),
            };
            let mut start = 0;
            let parts = picked.iter().map(|(_, picked)| {
                let part = all.slice(start, picked.count());
                start += picked.count();
                part
            });
            Ok(parts.collect())
        };
        columns.iter().zip(read).map(split).collect()
    }

    /// Columns as the table holds them, in batches of so many rows; `None` for one that the file lacks.
    fn read(
        &self,
        group: usize,
        columns: &[usize],
        selection: Option<RowSelection>,
        batch_size: usize,
    ) -> Result<Vec<Option<Vec<ArrayRef>>>> {
        let mut roots: Vec<usize> =
            columns.iter().filter_map(|column| Some(self.places[*column]?.0)).collect();
        roots.sort_unstable();
        roots.dedup();
        let mut read = vec![Vec::new(); roots.len()];
        if !roots.is_empty() {
            for batch in self.reader(group, &roots, selection, batch_size)? {
                let batch = batch?;
                for (arrays, array) in read.iter_mut().zip(batch.columns()) {
                    arrays.push(Arc::clone(array));
                }
            }
        }
        let of_column = |column: &usize| {
            let Some(at) = self.places[*column].and_then(|(root, _)| roots.binary_search(&root).ok()) else {
                return Ok(None);
            };
            let ty = self.table.field(*column).data_type();
            read[at].iter().map(|array| as_type(array, ty)).collect::<Result<Vec<_>>>().map(Some)
        };
        columns.iter().map(of_column).collect()
    }

    fn reader(
        &self,
        group: usize,
        roots: &[usize],
        selection: Option<RowSelection>,
        batch_size: usize,
    ) -> Result<ParquetRecordBatchReader> {
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), roots.iter().copied());
        let file = File::open(&self.path)?;
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(batch_size.max(1));
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        builder.build().map_err(DataFusionError::from)
    }
}

/// How much of a column is unpacked for some rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Of the pages around them.
    pub of_chunks: f64,
    /// Of all pages.
    pub of_all: f64,
}

/// Whether all pages of rows point into the dictionary.
fn is_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    let only = |encoding| chunk.page_encoding_stats_mask().is_some_and(|mask| mask.is_only(encoding));
    chunk.dictionary_page_offset().is_some()
        && (only(Encoding::RLE_DICTIONARY) || only(Encoding::PLAIN_DICTIONARY))
}

fn as_type(array: &ArrayRef, ty: &DataType) -> Result<ArrayRef> {
    if array.data_type() == ty {
        return Ok(Arc::clone(array));
    }
    let options = CastOptions { safe: false, format_options: FormatOptions::default() };
    Ok(cast_with_options(array, ty, &options)?)
}

/// The rows of a page.
fn page_rows(pages: &[PageLocation], at: usize, rows: usize) -> Range<usize> {
    let start = |at: usize| pages.get(at).map(|page| usize::try_from(page.first_row_index).unwrap_or(0));
    start(at).unwrap_or(rows)..start(at + 1).unwrap_or(rows)
}

fn has_rows(chunk: usize, picked: &Picked, page: &Range<usize>) -> bool {
    let start = chunk * CHUNK;
    match picked {
        Picked::All(rows) => start < page.end && page.start < start + rows,
        Picked::Some(rows) => {
            let first = rows.values().partition_point(|row| start + (*row as usize) < page.start);
            rows.values().get(first).is_some_and(|row| start + (*row as usize) < page.end)
        }
    }
}

/// The picked rows of a chunk as ranges of the row group.
fn ranges(start: usize, picked: &Picked) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let rows = match picked {
        Picked::All(rows) => {
            ranges.push(start..start + rows);
            return ranges;
        }
        Picked::Some(rows) => rows.values(),
    };
    for row in rows {
        let row = start + *row as usize;
        match ranges.last_mut() {
            Some(range) if range.end == row => range.end = row + 1,
            _ => ranges.push(row..row + 1),
        }
    }
    ranges
}
