//! The memory of queries: one limit for all that runs, a sentence about who asked last when it is not enough, and what
//! batches hold.

use crate::cache::{CONSUMER, ColumnCache};
use arrow::array::{Array, ArrayData, ArrayRef, AsArray, StringViewArray};
use arrow::buffer::Buffer;
use arrow::record_batch::RecordBatch;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::memory_pool::{
    FairSpillPool, MemoryConsumer, MemoryLimit, MemoryPool, MemoryReservation,
};
use rustc_hash::FxHashSet;
use std::fmt;
use std::sync::{Arc, OnceLock, Weak};

/// A text column is copied when it holds so many times the bytes that are seen of it.
const PINNED: usize = 4;

/// So many buffers are few: operators copy the list of them with each batch.
const MANY: usize = 64;

/// The bytes shown of a buffer for which it is better copied than carried along.
const LITTLE: usize = 4096;

/// A limit that spilling operators share fairly, and that says who could not get what.
#[derive(Debug)]
pub(crate) struct Limited {
    pool: FairSpillPool,
    limit: usize,
    /// What is given up as soon as a query needs its memory.
    columns: OnceLock<Weak<ColumnCache>>,
}

impl Limited {
    /// So many bytes for all queries together.
    pub fn new(limit: usize) -> Limited {
        Limited { pool: FairSpillPool::new(limit), limit, columns: OnceLock::new() }
    }

    /// Gives up these columns when memory is short.
    pub fn reclaim_from(&self, columns: &Arc<ColumnCache>) {
        // The first ones stay; nobody asks twice.
        let _ = self.columns.set(Arc::downgrade(columns));
    }

    fn reclaim(&self, asking: &str) -> bool {
        let columns = self.columns.get().and_then(Weak::upgrade);
        asking != CONSUMER && columns.is_some_and(|columns| columns.release())
    }
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "limited({})", self.limit)
    }
}

impl MemoryPool for Limited {
    fn name(&self) -> &str {
        "limited"
    }

    fn register(&self, consumer: &MemoryConsumer) {
        self.pool.register(consumer);
    }

    fn unregister(&self, consumer: &MemoryConsumer) {
        self.pool.unregister(consumer);
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        self.pool.grow(reservation, additional);
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        self.pool.shrink(reservation, shrink);
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        let grown = self.pool.try_grow(reservation, additional);
        let grown = match grown {
            Err(_) if self.reclaim(reservation.consumer().name()) => {
                self.pool.try_grow(reservation, additional)
            }
            grown => grown,
        };
        grown.map_err(|_| {
            let wanted = reservation.size().saturating_add(additional);
            DataFusionError::ResourcesExhausted(format!(
                "the query needs more memory than the limit of {} allows: {} needs {} or more; a larger limit (--memory), fewer columns, or fewer rows (where, take) help",
                size(self.limit),
                who(reservation.consumer().name()),
                size(wanted),
            ))
        })
    }

    fn reserved(&self) -> usize {
        self.pool.reserved()
    }

    fn memory_limit(&self) -> MemoryLimit {
        MemoryLimit::Finite(self.limit)
    }
}

/// What asks for memory, in the words of queries. Names that are not DataFusion's are ours, and are such words.
fn who(name: &str) -> &str {
    const WORDS: [(&str, &str); 8] = [
        ("Sort", "`sort`"),
        ("TopK", "`top`"),
        ("Aggregate", "`summarize`"),
        ("GroupedHash", "`summarize`"),
        ("Join", "`join`"),
        ("SMJ", "`join`"),
        ("Repartition", "handing rows from core to core"),
        ("spill_merge", "`sort`"),
    ];
    WORDS.iter().find(|(part, _)| name.contains(part)).map_or(name, |(_, word)| word)
}

/// Bytes for people.
fn size(bytes: usize) -> String {
    const UNITS: [&str; 4] = ["bytes", "KiB", "MiB", "GiB"];
    let mut unit = 0;
    let mut number = bytes as f64;
    while number >= 1024.0 && unit + 1 < UNITS.len() {
        number /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} bytes") } else { format!("{number:.1} {}", UNITS[unit]) }
}

/// Batches that are kept, counted against the limit: a piece of memory that several of them show counts once.
#[derive(Debug)]
pub(crate) struct Kept {
    reservation: MemoryReservation,
    fresh: FreshBytes,
}

impl Kept {
    /// `name` says in the words of queries who keeps them.
    pub fn new(name: &str, pool: &Arc<dyn MemoryPool>) -> Kept {
        Kept { reservation: MemoryConsumer::new(name).register(pool), fresh: FreshBytes::default() }
    }

    /// Counts a batch.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<()> {
        let bytes: usize = batch.columns().iter().map(|array| self.fresh.of(&array.to_data())).sum();
        self.reservation.try_grow(bytes)
    }

    /// Counts bytes of another kind.
    ///
    /// # Errors
    /// When they do not fit.
    pub fn grow(&self, bytes: usize) -> Result<()> {
        self.reservation.try_grow(bytes)
    }
}

/// Counts memory that was not counted before.
#[derive(Debug, Default)]
pub(crate) struct FreshBytes {
    known: FxHashSet<usize>,
}

impl FreshBytes {
    /// The bytes of an array in memory that no array before it shows.
    pub fn of(&mut self, data: &ArrayData) -> usize {
        let nulls = data.nulls().map(|nulls| nulls.buffer());
        let bytes = self.of_buffers(data.buffers().iter().chain(nulls));
        bytes + data.child_data().iter().map(|child| self.of(child)).sum::<usize>()
    }

    /// The bytes of buffers that were not among those before.
    fn of_buffers<'a>(&mut self, buffers: impl IntoIterator<Item = &'a Buffer>) -> usize {
        let fresh = |buffer: &&Buffer| self.known.insert(buffer.data_ptr().as_ptr() as usize);
        buffers.into_iter().filter(fresh).map(|buffer| buffer.capacity()).sum()
    }
}

/// The batch without the texts that it holds but does not show, where those are the most.
pub(crate) fn compacted(batch: RecordBatch) -> Result<RecordBatch> {
    copied_where(batch, |texts| {
        let held = held_bytes(texts);
        held > (1 << 16) && held > PINNED * texts.total_buffer_bytes_used()
    })
}

/// The batch with few buffers for the texts of a column that shows little of each of many.
pub(crate) fn gathered(batch: RecordBatch) -> Result<RecordBatch> {
    copied_where(batch, |texts| {
        let buffers = texts.data_buffers().len();
        let shown = texts.total_buffer_bytes_used();
        // Texts that repeat share their bytes, which copies would not: then more is shown than held.
        buffers > MANY && shown / buffers < LITTLE && shown <= held_bytes(texts)
    })
}

/// The bytes of all buffers a column refers to; batches put together refer to one several times.
fn held_bytes(texts: &StringViewArray) -> usize {
    FreshBytes::default().of_buffers(texts.data_buffers())
}

/// The batch with copies of some of its columns of texts.
fn copied_where(batch: RecordBatch, wanted: impl Fn(&StringViewArray) -> bool) -> Result<RecordBatch> {
    let wanted = |array: &ArrayRef| array.as_string_view_opt().is_some_and(&wanted);
    if !batch.columns().iter().any(wanted) {
        return Ok(batch);
    }
    let columns = batch.columns().iter().map(|array| match array.as_string_view_opt() {
        Some(texts) if wanted(array) => Arc::new(texts.gc()) as ArrayRef,
        Some(_) | None => Arc::clone(array),
    });
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(batch.schema(), columns.collect(), &options)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(count: usize) -> RecordBatch {
        let texts = (0..count).map(|row| format!("a text that is longer than a view: {row}"));
        let column: ArrayRef = Arc::new(StringViewArray::from_iter_values(texts));
        RecordBatch::try_from_iter([("c1", column)]).unwrap()
    }

    #[test]
    fn shared_memory_counts_once() {
        let pool: Arc<dyn MemoryPool> = Arc::new(Limited::new(1 << 20));
        let mut kept = Kept::new("the answer", &pool);
        let whole = texts(1000);
        kept.add(&whole.slice(0, 500)).unwrap();
        let first = pool.reserved();
        assert!(first > 40_000, "{first}");
        kept.add(&whole.slice(500, 500)).unwrap();
        assert_eq!(pool.reserved(), first);
        kept.add(&texts(1000)).unwrap();
        assert!(pool.reserved() > first);
        drop(kept);
        assert_eq!(pool.reserved(), 0);
    }

    #[test]
    fn who_asked_is_told_in_the_words_of_queries() {
        let pool: Arc<dyn MemoryPool> = Arc::new(Limited::new(3 << 20));
        let told = |name: &str| {
            let reservation = MemoryConsumer::new(name).register(&pool);
            reservation.try_grow(4 << 20).unwrap_err().strip_backtrace()
        };
        let answer = told("the answer");
        assert!(answer.contains("limit of 3.0 MiB allows: the answer needs 4.0 MiB"), "{answer}");
        assert!(told("HashJoinInput[1]").contains("allows: `join` needs"));
        assert!(told("ExternalSorter[0]").contains("allows: `sort` needs"));
        assert!(told("FinalHashAggregateStream[0]").contains("allows: `summarize` needs"));
    }

    #[test]
    fn few_rows_of_a_large_buffer_are_copied() {
        let few = texts(10_000).slice(7, 3);
        let copied = compacted(few.clone()).unwrap();
        assert_eq!(copied, few);
        let held = |batch: &RecordBatch| {
            let buffers = batch.column(0).as_string_view().data_buffers();
            buffers.iter().map(|buffer| buffer.capacity()).sum::<usize>()
        };
        assert!(held(&few) > 100_000 && held(&copied) < 1_000);
    }

    fn one_of(parts: impl Iterator<Item = RecordBatch>) -> RecordBatch {
        let parts = parts.collect::<Vec<_>>();
        arrow::compute::concat_batches(&parts[0].schema(), &parts).unwrap()
    }

    fn buffers(batch: &RecordBatch) -> usize {
        batch.column(0).as_string_view().data_buffers().len()
    }

    #[test]
    fn many_buffers_become_one() {
        let batch = one_of((0..100).map(|_| texts(10)));
        let copied = gathered(batch.clone()).unwrap();
        assert_eq!((buffers(&batch), buffers(&copied)), (100, 1));
        assert_eq!(copied, batch);
    }

    #[test]
    fn texts_that_repeat_are_not_copied() {
        let long = StringViewArray::from(vec!["x".repeat(9_000)]);
        let rows = arrow::array::UInt64Array::from(vec![0_u64; 64]);
        let column = arrow::compute::take(&long, &rows, None).unwrap();
        let part = RecordBatch::try_from_iter([("c1", column)]).unwrap();
        let batch = one_of((0..100).map(|_| part.clone()));
        assert_eq!(buffers(&gathered(batch.clone()).unwrap()), buffers(&batch));
        // Nor long ones.
        let batch = one_of((0..100).map(|_| texts(1000)));
        assert_eq!(buffers(&gathered(batch.clone()).unwrap()), buffers(&batch));
    }
}
