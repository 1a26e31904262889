//! Rows that are held for several who read them. What they take counts against the engine's memory limit; what was not
//! asked for is held only while all such rows together take an eighth of it.

use super::survey::MOST_IN_ORDER;
use crate::error::EngineError;
use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;
use calypso_library::HeldBytes;
use datafusion::execution::TaskContext;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryLimit, MemoryReservation};
use datafusion::physical_plan::ExecutionPlan;
use futures::StreamExt;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

/// What may be held that was not asked for, where the engine has no memory limit.
const MOST_BYTES: usize = 512 << 20;
/// The part of a memory limit that may be.
const PART_OF_LIMIT: usize = 8;

/// Rows in memory.
#[derive(Debug)]
pub(crate) struct Held {
    /// In the order in which they came.
    pub batches: Vec<RecordBatch>,
    /// Gives the bytes back when the rows go.
    _reserved: MemoryReservation,
}

impl Held {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// Rows that queries share, by the number of the share; computed by the first who needs them.
#[derive(Default)]
pub(crate) struct SharedRows {
    /// Whether a query that shares looks at the order of rows that no sort has fixed.
    pub in_order: bool,
    bytes: Arc<AtomicUsize>,
    cells: Mutex<HashMap<u32, Cell>>,
}

/// Rows once they are computed; none where they are too many to be held.
type Cell = Arc<OnceCell<Option<Arc<Held>>>>;

impl SharedRows {
    /// Nothing computed yet.
    pub fn new(in_order: bool) -> SharedRows {
        SharedRows { in_order, ..SharedRows::default() }
    }

    /// The rows of a share.
    pub fn cell(&self, number: u32) -> Cell {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cells.entry(number).or_default())
    }

    /// Counts the bytes of rows that nobody asked to be held.
    pub fn counter(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.bytes)
    }
}

/// Computes rows and holds them. With a counter of the bytes held so far: none when they are too many.
///
/// # Errors
/// When the plan fails, and without a counter when the memory limit does not allow the rows.
pub(crate) async fn held(
    physical: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    counter: Option<Arc<AtomicUsize>>,
) -> Result<Option<Held>, EngineError> {
    let pool = Arc::clone(context.memory_pool());
    let most = match pool.memory_limit() {
        MemoryLimit::Finite(limit) => limit / PART_OF_LIMIT,
        MemoryLimit::Infinite | MemoryLimit::Unknown => MOST_BYTES,
    };
    let reserved = MemoryConsumer::new("rows read several times").register(&pool);
    let room = Arc::new(Room { reserved: Mutex::new((reserved, HeldBytes::default())), counter, most });
    // Each partition by itself and one after the other put together: the rows keep the order of the table.
    let mut parts = JoinSet::new();
    for partition in 0..physical.properties().partitioning.partition_count() {
        let mut stream = physical.execute(partition, Arc::clone(&context))?;
        let room = Arc::clone(&room);
        parts.spawn(async move {
            let mut batches = Vec::new();
            while let Some(batch) = stream.next().await {
                let batch = batch?;
                if batch.num_rows() > 0 {
                    if !room.takes(&batch)? {
                        return Ok(None);
                    }
                    batches.push(batch);
                }
            }
            Ok::<_, EngineError>(Some((partition, batches)))
        });
    }
    let mut found = Vec::new();
    while let Some(part) = parts.join_next().await {
        let failed = |error| EngineError::Execution(format!("the query broke the engine: {error}"));
        match part.map_err(failed).flatten() {
            Ok(Some(part)) => found.push(part),
            other => {
                parts.shutdown().await;
                room.give_back();
                return other.map(|_| None);
            }
        }
    }
    found.sort_by_key(|(partition, _)| *partition);
    let batches: Vec<RecordBatch> = found.into_iter().flat_map(|(_, batches)| batches).collect();
    let reserved = room.reserved.lock().unwrap_or_else(PoisonError::into_inner).0.take();
    Ok(Some(Held { batches: in_one(batches)?, _reserved: reserved }))
}

/// Few rows become one batch, which nothing takes apart or brings into another order.
fn in_one(batches: Vec<RecordBatch>) -> Result<Vec<RecordBatch>, EngineError> {
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    match batches.first() {
        Some(first) if batches.len() > 1 && rows as u64 <= MOST_IN_ORDER => {
            let one = concat_batches(&first.schema(), &batches);
            Ok(vec![one.map_err(|error| EngineError::Execution(error.to_string()))?])
        }
        _ => Ok(batches),
    }
}

/// What may still be held.
struct Room {
    reserved: Mutex<(MemoryReservation, HeldBytes)>,
    counter: Option<Arc<AtomicUsize>>,
    most: usize,
}

impl Room {
    /// Counts a batch; false when it is too much.
    fn takes(&self, batch: &RecordBatch) -> Result<bool, EngineError> {
        let mut reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = reserved.1.add(batch);
        let grown = reserved.0.try_grow(bytes);
        let Some(counter) = &self.counter else {
            grown?;
            return Ok(true);
        };
        if grown.is_err() {
            return Ok(false);
        }
        Ok(counter.fetch_add(bytes, Ordering::SeqCst) + bytes <= self.most)
    }

    /// Takes back what was counted.
    fn give_back(&self) {
        let reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counter) = &self.counter {
            let size = reserved.0.size().min(counter.load(Ordering::SeqCst));
            counter.fetch_sub(size, Ordering::SeqCst);
        }
    }
}
