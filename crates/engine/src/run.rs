//! Executes one bound plan: inner plans first, then lowering, then the batches.

use crate::engine::RunOptions;
use crate::error::EngineError;
use crate::exec::{compact_inputs, sorted_joins, stoppable};
use crate::lower::{self, Context};
use crate::memory::{Kept, compacted};
use crate::optimization::{Optimization, Optimizations};
use crate::prepare::{self, Prepared};
use crate::session;
use crate::share::{Held, SharedRows, held};
use crate::shredded;
use crate::tables::{Tables, renamed, schema_of};
use crate::there::There;
use arrow::record_batch::RecordBatch;
use calypso_library::{Answer, Column};
use calypso_planner::plan::Plan;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SessionState;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt;
use futures::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Stops a query from another thread. Clones stop the same query.
#[derive(Clone, Debug, Default)]
pub struct CancelToken {
    inner: Arc<(AtomicBool, Notify)>,
}

impl CancelToken {
    /// Stops the query, now or when it starts.
    pub fn cancel(&self) {
        self.inner.0.store(true, Ordering::SeqCst);
        self.inner.1.notify_waiters();
    }

    /// Whether `cancel` was called.
    pub fn is_cancelled(&self) -> bool {
        self.inner.0.load(Ordering::SeqCst)
    }

    async fn cancelled(&self) {
        let notified = self.inner.1.notified();
        if !self.is_cancelled() {
            notified.await;
        }
    }
}

/// What holds for all plans of one query.
pub(crate) struct QueryState {
    /// The query's instant.
    pub now: i64,
    /// Only rows of this time are seen: from, to (excluded).
    pub time_range: Option<(i64, i64)>,
    /// Of these tables only the rows that were there at an instant are seen.
    pub there: Arc<BTreeMap<String, There>>,
    /// Stops it.
    pub cancel: CancelToken,
    /// An answer of more rows is an error.
    pub row_limit: Option<usize>,
    /// What was computed once and may be read again.
    prepared: Mutex<Prepared>,
    /// Rows that its plans share, maybe with those of other queries.
    pub shared: Arc<SharedRows>,
}

impl QueryState {
    /// Nothing computed yet.
    pub fn new(now: i64, options: &RunOptions) -> QueryState {
        QueryState {
            now,
            time_range: options.time_range,
            there: Arc::clone(&options.there),
            cancel: options.cancel.clone(),
            row_limit: options.row_limit,
            prepared: Mutex::default(),
            shared: Arc::default(),
        }
    }

    /// The same query, which shares those rows.
    pub fn sharing(&self, shared: Arc<SharedRows>) -> QueryState {
        QueryState {
            now: self.now,
            time_range: self.time_range,
            there: Arc::clone(&self.there),
            cancel: self.cancel.clone(),
            row_limit: self.row_limit,
            prepared: Mutex::new(self.prepared()),
            shared,
        }
    }

    /// A copy of what was computed so far; its rows are shared.
    pub fn prepared(&self) -> Prepared {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds to what was computed.
    pub fn change_prepared<T>(&self, change: impl FnOnce(&mut Prepared) -> T) {
        change(&mut self.prepared.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Tables, and how DataFusion is set up.
pub(crate) type Parts = (Arc<Tables>, Arc<SessionState>);

/// Runs a plan to its answer, which has at most so many rows.
pub(crate) async fn execute(
    parts: Parts,
    plan: Plan,
    state: Arc<QueryState>,
    limit: Option<usize>,
) -> Result<Answer, EngineError> {
    let rows = tokio::select! {
        rows = rows(&parts, &plan, &state, ANSWER, limit) => rows,
        () = state.cancel.cancelled() => Err(EngineError::Cancelled),
    };
    // A cancelled query may end with whatever error its operators met on the way down.
    let (batches, _kept) =
        rows.map_err(|error| if state.cancel.is_cancelled() { EngineError::Cancelled } else { error })?;
    let columns = plan.columns.iter().map(|column| Column::new(&column.name, column.ty)).collect::<Vec<_>>();
    let schema = schema_of(&columns);
    let stamped = batches
        .iter()
        .map(|batch| renamed(batch, &schema).map_err(|error| EngineError::Execution(error.to_string())));
    Ok(Answer { name: None, batches: stamped.collect::<Result<_, _>>()?, columns, visualization: None })
}

/// What runs for a plan, operator by operator, with what each has counted while it ran.
pub(crate) async fn explain(parts: Parts, plan: Plan, state: Arc<QueryState>) -> Result<String, EngineError> {
    let (physical, session) = physical(&parts, &plan, &state, false).await?;
    let mut stream = execute_stream(Arc::clone(&physical), session.task_ctx())?;
    while let Some(batch) = stream.next().await {
        batch?;
    }
    Ok(DisplayableExecutionPlan::with_metrics(physical.as_ref()).indent(false).to_string())
}

/// Who asks for memory when the rows of the answer do not fit.
const ANSWER: &str = "the answer";

/// The rows of a plan, its columns in order, under their numbers, and what they hold of the memory. `name` says whose
/// they are. A plan whose joins do not fit in memory runs again with joins that sort, which spill.
pub(crate) fn rows<'a>(
    parts: &'a Parts,
    plan: &'a Plan,
    state: &'a Arc<QueryState>,
    name: &'static str,
    limit: Option<usize>,
) -> BoxFuture<'a, Result<(Vec<RecordBatch>, Kept), EngineError>> {
    Box::pin(async move {
        let (hashing, session) = physical(parts, plan, state, false).await?;
        let exhausted = match collect(hashing, &session, name, limit).await {
            Err(Failed::Query(error)) if is_exhausted(&error) => error,
            Err(error) => return Err(error.into()),
            Ok(rows) => return Ok(rows),
        };
        // Planned anew, since some operators run only once.
        let (hashing, session) = physical(parts, plan, state, false).await?;
        match sorted_joins(hashing, session.config_options())? {
            Some(sorting) => collect(sorting, &session, name, limit).await.map_err(Into::into),
            None => Err(exhausted.into()),
        }
    })
}

/// Why rows could not be collected.
enum Failed {
    /// The query's own error.
    Query(DataFusionError),
    /// More rows than are wanted.
    Rows(usize),
}

impl From<DataFusionError> for Failed {
    fn from(error: DataFusionError) -> Failed {
        Failed::Query(error)
    }
}

impl From<Failed> for EngineError {
    fn from(failed: Failed) -> EngineError {
        match failed {
            Failed::Query(error) => error.into(),
            Failed::Rows(limit) => EngineError::Execution(format!("the answer has more than {limit} rows")),
        }
    }
}

fn is_exhausted(error: &DataFusionError) -> bool {
    matches!(error.find_root(), DataFusionError::ResourcesExhausted(_))
}

/// All batches that are not empty, counted against the memory under that name.
async fn collect(
    physical: Arc<dyn ExecutionPlan>,
    session: &SessionState,
    name: &str,
    limit: Option<usize>,
) -> Result<(Vec<RecordBatch>, Kept), Failed> {
    let task = session.task_ctx();
    let mut kept = Kept::new(name, task.memory_pool());
    let mut stream = execute_stream(physical, task)?;
    let mut batches = Vec::new();
    let mut count = 0;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        count += batch.num_rows();
        if let Some(limit) = limit.filter(|limit| count > *limit) {
            return Err(Failed::Rows(limit));
        }
        if batch.num_rows() > 0 {
            let batch = compacted(batch)?;
            kept.add(&batch)?;
            batches.push(batch);
        }
    }
    Ok((batches, kept))
}

/// The rows of a plan that several read. With a counter of the bytes held so far: none where they are too many.
pub(crate) fn held_rows<'a>(
    parts: &'a Parts,
    plan: &'a Plan,
    state: &'a Arc<QueryState>,
    counter: Option<Arc<AtomicUsize>>,
) -> BoxFuture<'a, Result<Option<Held>, EngineError>> {
    Box::pin(async move {
        // Rows read from one end of a table to the other keep their order on several cores, too.
        let in_order = state.shared.in_order && !lower::keeps_order(plan);
        let (physical, session) = physical(parts, plan, state, in_order).await?;
        held(physical, session.task_ctx(), counter).await
    })
}

/// What DataFusion runs for a plan; inner plans have been computed then. `in_order`: in one partition in any case.
async fn physical(
    (tables, base): &Parts,
    plan: &Plan,
    state: &Arc<QueryState>,
    in_order: bool,
) -> Result<(Arc<dyn ExecutionPlan>, SessionState), EngineError> {
    prepare::prepare(&(Arc::clone(tables), Arc::clone(base)), plan, state).await?;
    let prepared = state.prepared();
    let optimizations = Optimizations::of(base.config_options());
    let shredded =
        optimizations.has(Optimization::StoredMembers).then(|| shredded::with_members(plan, tables));
    let plan = shredded.as_ref().unwrap_or(plan);
    let sequential = in_order || lower::sequential(plan, tables, &prepared);
    let session = session::of_query(base, sequential);
    let context = Context {
        tables,
        prepared: &prepared,
        time_range: state.time_range,
        there: &state.there,
        sequential,
        optimizations,
        carried: None,
    };
    let logical = lower::lower(plan, &context)?;
    let physical = session.create_physical_plan(&logical).await?;
    let physical = compact_inputs(physical, base.config_options())?;
    Ok((stoppable(physical, &state.cancel)?, session))
}
