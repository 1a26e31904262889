//! Some chunks of a row group on their way through a scan: which rows the conditions pick, and what is given of them.

use super::column::{CHUNK, Held, Picked, spread};
use super::file::OpenFile;
use super::reading::Reading;
use super::{ColumnCache, Place};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use datafusion::error::Result;
use datafusion::physical_plan::metrics::{Count, ExecutionPlanMetricsSet, MetricBuilder};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Chunks that are read at once.
const CHUNKS: usize = 2;

/// Where so much of the pages around is unpacked anyway, the whole column may be.
const MOST: f64 = 0.5;

/// What a scan asks of every row group.
#[derive(Debug)]
pub(super) struct Work {
    /// Columns kept.
    pub cache: Arc<ColumnCache>,
    /// The number of the scan.
    pub scan: u64,
    /// All of which hold for the rows given, in this order.
    pub conditions: Vec<Reading>,
    /// What is given of each row.
    pub outputs: Vec<Reading>,
    /// Its names and types.
    pub schema: SchemaRef,
    /// Column chunks taken from memory, read whole, and read in part.
    pub counts: Counts,
}

/// What is counted.
#[derive(Debug)]
pub(super) struct Counts {
    kept: Count,
    loaded: Count,
    fetched: Count,
}

impl Counts {
    /// Metrics of a scan.
    pub fn new(metrics: &ExecutionPlanMetricsSet) -> Counts {
        let count = |name: &'static str| MetricBuilder::new(metrics).global_counter(name);
        Counts {
            kept: count("column_chunks_kept"),
            loaded: count("column_chunks_loaded"),
            fetched: count("column_chunks_fetched"),
        }
    }
}

/// A row group.
pub(super) struct RowGroup {
    file: Arc<OpenFile>,
    /// Where its first column is kept.
    place: Place,
    rows: usize,
    /// Columns in memory.
    held: FxHashMap<usize, Held>,
    /// Results of conditions and of outputs for the values of the only column they read.
    holds: FxHashMap<usize, ArrayRef>,
    results: FxHashMap<usize, ArrayRef>,
    /// The chunk to begin with.
    next: usize,
}

/// The rows of a column for some chunks.
enum Rows {
    Held(Held),
    /// The rows that were picked then.
    Fetched(Vec<(usize, Picked, ArrayRef)>),
}

impl Rows {
    fn of(&self, chunk: usize, picked: &Picked) -> Result<ArrayRef> {
        match self {
            Rows::Held(held) => held.rows(chunk, picked),
            Rows::Fetched(parts) => {
                let part = parts.iter().find(|(at, ..)| *at == chunk);
                let (_, before, rows) = part.ok_or_else(|| crate::error::refused("rows are missing"))?;
                match picked.within(before) {
                    Picked::All(_) => Ok(Arc::clone(rows)),
                    Picked::Some(places) => Ok(arrow::compute::take(rows, &places, None)?),
                }
            }
        }
    }
}

impl RowGroup {
    /// One of a file. `place` is that of any of its columns.
    pub fn new(file: Arc<OpenFile>, place: Place) -> RowGroup {
        let rows = file.rows(place.group);
        let (held, holds, results) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        RowGroup { file, place, rows, held, holds, results, next: 0 }
    }

    /// The next batches; `None` at the end.
    pub fn next(&mut self, work: &Work) -> Result<Option<Vec<RecordBatch>>> {
        let first = self.next;
        if first * CHUNK >= self.rows {
            return Ok(None);
        }
        self.next += CHUNKS;
        let chunks = (first..self.next).take_while(|chunk| chunk * CHUNK < self.rows);
        let mut picked: Vec<(usize, Picked)> =
            chunks.map(|chunk| (chunk, Picked::All(CHUNK.min(self.rows - chunk * CHUNK)))).collect();
        let mut columns = FxHashMap::default();
        for (at, condition) in work.conditions.iter().enumerate() {
            self.get(&condition.columns, &picked, &mut columns, work)?;
            picked = self.narrowed(at, condition, picked, &columns)?;
            if picked.is_empty() {
                return Ok(Some(Vec::new()));
            }
        }
        let wanted: Vec<usize> = work.outputs.iter().flat_map(|output| &output.columns).copied().collect();
        self.get(&wanted, &picked, &mut columns, work)?;
        let batches = picked.iter().map(|(chunk, rows)| self.batch(*chunk, rows, &columns, work));
        batches.collect::<Result<_>>().map(Some)
    }

    /// Sees that columns are there for the picked rows.
    fn get(
        &mut self,
        wanted: &[usize],
        picked: &[(usize, Picked)],
        columns: &mut FxHashMap<usize, Rows>,
        work: &Work,
    ) -> Result<()> {
        let (mut load, mut fetch) = (Vec::new(), Vec::new());
        for column in wanted {
            if columns.contains_key(column) || load.contains(column) || fetch.contains(column) {
                continue;
            }
            let place = Place { column: *column, ..self.place };
            if !self.held.contains_key(column)
                && let Some(held) = work.cache.get(place, work.scan)
            {
                work.counts.kept.add(1);
                self.held.insert(*column, held);
            }
            match self.held.get(column) {
                Some(held) => {
                    columns.insert(*column, Rows::Held(held.clone()));
                }
                None if self.is_worth_keeping(place, picked, work) => load.push(*column),
                None => fetch.push(*column),
            }
        }
        if !load.is_empty() {
            work.counts.loaded.add(load.len());
            let loaded = self.file.load(self.place.group, &load)?;
            for (column, held) in load.into_iter().zip(loaded) {
                work.cache.keep(Place { column, ..self.place }, &held, work.scan);
                self.held.insert(column, held.clone());
                columns.insert(column, Rows::Held(held));
            }
        }
        if !fetch.is_empty() {
            work.counts.fetched.add(fetch.len());
            let fetched = self.file.fetch(self.place.group, &fetch, picked)?;
            for (column, parts) in fetch.into_iter().zip(fetched) {
                let parts = picked.iter().zip(parts);
                let parts = parts.map(|((chunk, rows), part)| (*chunk, rows.clone(), part));
                columns.insert(column, Rows::Fetched(parts.collect()));
            }
        }
        Ok(())
    }

    /// Whether a column had better be read whole: there is memory, and it costs little more than what is picked of it
    /// now, or no more than what was read of it so far.
    fn is_worth_keeping(&self, place: Place, picked: &[(usize, Picked)], work: &Work) -> bool {
        let bytes = self.file.bytes(place.group, place.column);
        if !work.cache.has_room(bytes, work.scan) {
            return false;
        }
        let reach = self.file.reach(place.group, place.column, picked);
        reach.of_chunks >= MOST || work.cache.spend(place, reach.of_all)
    }

    fn batch(
        &mut self,
        chunk: usize,
        picked: &Picked,
        columns: &FxHashMap<usize, Rows>,
        work: &Work,
    ) -> Result<RecordBatch> {
        let mut gathered: FxHashMap<usize, ArrayRef> = FxHashMap::default();
        let mut arrays = Vec::with_capacity(work.outputs.len());
        for (at, output) in work.outputs.iter().enumerate() {
            if let Some(Rows::Held(Held::Dictionary { codes, values })) =
                output.only_column().filter(|_| !output.is_column()).and_then(|column| columns.get(&column))
                && (values.len() <= picked.count() || self.results.contains_key(&at))
            {
                let results = evaluated(&mut self.results, at, output, values)?;
                arrays.push(spread(&results, codes, chunk, picked)?);
                continue;
            }
            let mut read = Vec::with_capacity(output.columns.len());
            for column in &output.columns {
                let array = match gathered.get(column) {
                    Some(array) => Arc::clone(array),
                    None => rows(columns, *column, chunk, picked)?,
                };
                gathered.insert(*column, Arc::clone(&array));
                read.push(array);
            }
            arrays.push(match read.pop() {
                Some(array) if output.is_column() => array,
                last => {
                    read.extend(last);
                    output.evaluate(read, picked.count())?
                }
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(picked.count()));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&work.schema), arrays, &options)?)
    }

    /// The picked rows for which a condition holds; chunks without any are left out.
    fn narrowed(
        &mut self,
        at: usize,
        condition: &Reading,
        picked: Vec<(usize, Picked)>,
        columns: &FxHashMap<usize, Rows>,
    ) -> Result<Vec<(usize, Picked)>> {
        let total: usize = picked.iter().map(|(_, rows)| rows.count()).sum();
        let mut kept = Vec::with_capacity(picked.len());
        if let Some(Rows::Held(Held::Dictionary { codes, values })) =
            condition.only_column().and_then(|column| columns.get(&column))
            && (values.len() <= total || self.holds.contains_key(&at))
        {
            let holds = evaluated(&mut self.holds, at, condition, values)?;
            for (chunk, rows) in picked {
                kept.push((chunk, rows.among(holds.as_boolean(), codes, chunk)?));
            }
        } else {
            for (chunk, picked) in picked {
                let read = condition.columns.iter().map(|column| rows(columns, *column, chunk, &picked));
                let holds = condition.evaluate(read.collect::<Result<_>>()?, picked.count())?;
                kept.push((chunk, picked.filtered(holds.as_boolean())?));
            }
        }
        kept.retain(|(_, rows)| rows.count() > 0);
        Ok(kept)
    }
}

/// The results of an expression for the values of its column, computed once.
fn evaluated(
    results: &mut FxHashMap<usize, ArrayRef>,
    at: usize,
    expression: &Reading,
    values: &ArrayRef,
) -> Result<ArrayRef> {
    if let Some(known) = results.get(&at) {
        return Ok(Arc::clone(known));
    }
    let new = expression.evaluate(vec![Arc::clone(values)], values.len())?;
    results.insert(at, Arc::clone(&new));
    Ok(new)
}

fn rows(columns: &FxHashMap<usize, Rows>, column: usize, chunk: usize, picked: &Picked) -> Result<ArrayRef> {
    let rows = columns.get(&column).ok_or_else(|| crate::error::refused("a column is missing"))?;
    rows.of(chunk, picked)
}
