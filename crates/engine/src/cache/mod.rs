//! Columns of Parquet files kept in memory between queries, as far as memory allows: the parts of columns that queries
//! have read before are taken from here instead of being decoded again. Memory that a query needs is given back at once.

mod column;
mod file;
mod reading;
mod source;
mod wave;

use crate::memory::FreshBytes;
use column::Held;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryPool, MemoryReservation};
pub(crate) use file::OpenFile;
use rustc_hash::{FxHashMap, FxHashSet};
pub(crate) use source::KeptColumns;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who asks for the memory of kept columns.
pub(crate) const CONSUMER: &str = "columns kept in memory";

/// What was not used by so many scans may make place for something else.
const STALE: u64 = 16;

/// A column of a row group of a file of a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    /// The table's files, as opened once.
    pub table: u64,
    /// Which of them.
    pub file: usize,
    /// The row group.
    pub group: usize,
    /// The column of the table.
    pub column: usize,
}

/// The columns of all tables.
#[derive(Debug)]
pub(crate) struct ColumnCache {
    kept: Mutex<Columns>,
    reservation: MemoryReservation,
    /// Bytes that may be kept.
    budget: usize,
    /// Counts scans.
    clock: AtomicU64,
}

#[derive(Debug, Default)]
struct Columns {
    by_place: FxHashMap<Place, Entry>,
    bytes: usize,
    /// Columns of tables that some scan has asked for.
    asked: FxHashSet<(u64, usize)>,
    /// How much was read of columns that are not kept: 1 is as much as the whole.
    spent: FxHashMap<Place, f64>,
}

#[derive(Debug)]
struct Entry {
    held: Held,
    bytes: usize,
    /// The scan that used it last.
    used: u64,
}

impl ColumnCache {
    /// An empty one that keeps at most so many bytes, counted in the pool.
    pub fn new(pool: &Arc<dyn MemoryPool>, budget: usize) -> ColumnCache {
        ColumnCache {
            kept: Mutex::default(),
            reservation: MemoryConsumer::new(CONSUMER).register(pool),
            budget,
            clock: AtomicU64::new(0),
        }
    }

    /// The number of a new scan.
    pub fn scan(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether all these columns of a table were asked for before; now they have been.
    pub fn ask(&self, table: u64, columns: impl IntoIterator<Item = usize>) -> bool {
        let mut kept = self.lock();
        let new = columns.into_iter().filter(|column| kept.asked.insert((table, *column))).count();
        new == 0
    }

    /// The bytes that may be kept at most.
    pub fn budget(&self) -> usize {
        self.budget
    }

    /// Gives all memory back. Whether there was some.
    pub fn release(&self) -> bool {
        let mut kept = self.lock();
        let columns = std::mem::take(&mut kept.by_place);
        kept.bytes = 0;
        let freed = self.reservation.free();
        drop(kept);
        drop(columns);
        freed > 0
    }

    fn get(&self, place: Place, scan: u64) -> Option<Held> {
        let mut kept = self.lock();
        let entry = kept.by_place.get_mut(&place)?;
        entry.used = scan;
        Some(entry.held.clone())
    }

    /// Whether so many bytes may be kept, if need be instead of what was not used for long.
    fn has_room(&self, bytes: usize, scan: u64) -> bool {
        self.make_room(&mut self.lock(), bytes, scan)
    }

    fn make_room(&self, kept: &mut Columns, bytes: usize, scan: u64) -> bool {
        if kept.bytes.saturating_add(bytes) <= self.budget {
            return true;
        }
        self.reservation.shrink(kept.drop_stale(scan));
        kept.bytes.saturating_add(bytes) <= self.budget
    }

    /// Counts that a part of a column was read. Whether reading it whole would have cost no more by now.
    fn spend(&self, place: Place, part: f64) -> bool {
        let mut kept = self.lock();
        let spent = kept.spent.entry(place).or_default();
        *spent += part;
        *spent >= 1.0
    }

    /// Keeps a column, if there is memory. What is reserved is always what is counted: both change under the lock.
    fn keep(&self, place: Place, held: &Held, scan: u64) {
        let mut fresh = FreshBytes::default();
        let bytes = held.arrays().map(|array| fresh.of(&array.to_data())).sum();
        let mut kept = self.lock();
        if !self.make_room(&mut kept, bytes, scan) || self.reservation.try_grow(bytes).is_err() {
            return;
        }
        kept.spent.remove(&place);
        kept.bytes += bytes;
        if let Some(old) = kept.by_place.insert(place, Entry { held: held.clone(), bytes, used: scan }) {
            kept.bytes -= old.bytes;
            self.reservation.shrink(old.bytes);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Columns> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Columns {
    /// Drops what no scan has used for long, and gives its bytes.
    fn drop_stale(&mut self, scan: u64) -> usize {
        let before = self.bytes;
        let bytes = &mut self.bytes;
        self.by_place.retain(|_, entry| {
            let stale = entry.used.saturating_add(STALE) < scan;
            *bytes -= if stale { entry.bytes } else { 0 };
            !stale
        });
        before - *bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Limited;
    use arrow::array::{ArrayRef, Int64Array};

    fn place(column: usize) -> Place {
        Place { table: 0, file: 0, group: 0, column }
    }

    fn column(rows: usize) -> Held {
        let rows: ArrayRef = Arc::new(Int64Array::from(vec![7; rows]));
        Held::Chunks(Arc::new([rows]))
    }

    fn cache(limit: usize, budget: usize) -> (Arc<dyn MemoryPool>, Arc<ColumnCache>) {
        let limited = Arc::new(Limited::new(limit));
        let pool: Arc<dyn MemoryPool> = Arc::clone(&limited) as _;
        let cache = Arc::new(ColumnCache::new(&pool, budget));
        limited.reclaim_from(&cache);
        (pool, cache)
    }

    #[test]
    fn a_query_gets_the_memory_of_kept_columns() {
        let (pool, cache) = cache(1 << 20, 1 << 20);
        cache.keep(place(1), &column(80_000), 1);
        assert!(pool.reserved() > 600_000 && cache.get(place(1), 1).is_some());
        let query = MemoryConsumer::new("the answer").register(&pool);
        query.try_grow(900_000).expect("what was kept is given up");
        assert!(cache.get(place(1), 1).is_none());
        // There is no memory to keep anything now.
        cache.keep(place(1), &column(80_000), 2);
        assert!(cache.get(place(1), 2).is_none());
        assert_eq!(pool.reserved(), 900_000);
        query.free();
        cache.keep(place(1), &column(80_000), 3);
        assert!(cache.get(place(1), 3).is_some());
        let error = query.try_grow(2 << 20).expect_err("more than there is").strip_backtrace();
        assert!(error.contains("the answer needs 2.0 MiB"), "{error}");
    }

    #[test]
    fn what_is_not_used_makes_place() {
        let (pool, cache) = cache(1 << 20, 100_000);
        cache.keep(place(1), &column(6000), 1);
        cache.keep(place(2), &column(6000), 2);
        let kept = |cache: &ColumnCache, scan| [1, 2, 3].map(|at| cache.get(place(at), scan).is_some());
        assert_eq!(kept(&cache, 2), [true, true, false]);
        cache.keep(place(3), &column(6000), 3);
        assert_eq!(cache.lock().by_place.len(), 2, "all are in use");
        assert!(cache.get(place(2), 10).is_some());
        cache.keep(place(3), &column(6000), 3 + STALE);
        assert_eq!(kept(&cache, 11), [false, true, true]);
        assert_eq!(pool.reserved(), cache.lock().bytes);
        // The same once more counts once.
        cache.keep(place(3), &column(6000), 11);
        assert_eq!(pool.reserved(), 96_000);
    }

    #[test]
    fn reading_parts_adds_up() {
        let (_, cache) = cache(1 << 20, 1 << 20);
        let spent = [0.4, 0.5, 0.2].map(|part| cache.spend(place(1), part));
        assert_eq!(spent, [false, false, true]);
        assert!(!cache.ask(5, [1, 2]));
        assert!(!cache.ask(5, [2, 3]));
        assert!(cache.ask(5, [1, 2, 3]));
        assert!(!cache.ask(6, [1]));
    }

    #[test]
    fn threads_keep_and_give_up_side_by_side() {
        let (pool, cache) = cache(1 << 20, 300_000);
        std::thread::scope(|scope| {
            for thread in 0..4_usize {
                let cache = &cache;
                scope.spawn(move || {
                    for round in 0..2000_usize {
                        let scan = (round / 3) as u64;
                        cache.keep(place((round * 7 + thread) % 11), &column(1000 + round % 5000), scan);
                        if round % 17 == thread {
                            cache.release();
                        }
                        cache.has_room(round * 100, scan);
                    }
                });
            }
        });
        let kept = cache.lock();
        assert_eq!(pool.reserved(), kept.bytes);
        assert_eq!(kept.bytes, kept.by_place.values().map(|entry| entry.bytes).sum::<usize>());
    }
}
