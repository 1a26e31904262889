//! How DataFusion is set up for a query: no reordering behind our back, no guessing of types, our own nodes.

use crate::best_rows::JoinBestRows;
use crate::cache::ColumnCache;
use crate::engine::EngineOptions;
use crate::exec::{OnceRule, OperatorPlanner};
use crate::fuse::FuseParts;
use crate::memory::Limited;
use async_trait::async_trait;
use datafusion::error::Result;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::context::{QueryPlanner, SessionState};
use datafusion::execution::memory_pool::MemoryPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::common_subexpr_eliminate::CommonSubexprEliminate;
use datafusion::optimizer::{Optimizer, OptimizerRule};
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, PhysicalPlanner};
use datafusion::prelude::SessionConfig;
use std::sync::Arc;

/// Of the memory that queries may hold, one part in so many may keep columns until a query needs it.
const KEPT_PART: usize = 3;

/// Memory and files shared by all queries of an engine, and the columns kept in that memory.
fn environment(options: &EngineOptions) -> Result<(Arc<RuntimeEnv>, Arc<ColumnCache>)> {
    let builder = RuntimeEnvBuilder::new();
    let Some(limit) = options.memory_limit else {
        let environment = builder.build_arc()?;
        let columns = Arc::new(ColumnCache::new(&environment.memory_pool, usize::MAX));
        return Ok((environment, columns));
    };
    let limited = Arc::new(Limited::new(limit));
    let pool: Arc<dyn MemoryPool> = Arc::clone(&limited) as _;
    let columns = Arc::new(ColumnCache::new(&pool, limit / KEPT_PART));
    limited.reclaim_from(&columns);
    Ok((builder.with_memory_pool(pool).build_arc()?, columns))
}

/// The state all queries of an engine start from.
pub(crate) fn base(options: &EngineOptions) -> Result<SessionState> {
    let (environment, columns) = environment(options)?;
    let mut config = SessionConfig::new()
        .with_extension(columns)
        .with_target_partitions(options.target_partitions.unwrap_or_else(cores))
        .with_batch_size(options.batch_size.unwrap_or(8192))
        .with_collect_statistics(false)
        .with_round_robin_repartition(false)
        .with_information_schema(false);
    let settings = config.options_mut();
    settings.sql_parser.enable_ident_normalization = false;
    settings.extensions.insert(options.optimizations);
    if let Some(limit) = options.memory_limit {
        // Each sort keeps so much for merging what it has spilled; of a small limit it must not be most.
        let merging = settings.execution.sort_spill_reservation_bytes;
        settings.execution.sort_spill_reservation_bytes = merging.min(limit / 16);
    }
    // Columns may be null in the types' eyes even where DataFusion has found out that they are not.
    settings.execution.skip_physical_aggregate_schema_check = true;
    // Before filters and projections are pushed into files, so that these take the marked expressions.
    let mut rules = PhysicalOptimizer::new().rules;
    rules.insert(0, Arc::new(OnceRule));
    Ok(SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(environment)
        .with_default_features()
        .with_query_planner(Arc::new(EnginePlanner))
        .with_optimizer_rules(logical_rules())
        .with_physical_optimizer_rules(rules)
        .build())
}

/// DataFusion's rules; ours for calls before the one that has common calls made once, ours for rows after columns that
/// nobody reads are gone.
fn logical_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    let mut rules = Optimizer::new().rules;
    let common = CommonSubexprEliminate::new();
    let place = rules.iter().position(|rule| rule.name() == common.name()).unwrap_or(rules.len());
    rules.insert(place, Arc::new(FuseParts));
    rules.push(Arc::new(JoinBestRows));
    rules
}

/// The state for one plan. `sequential`: one partition, so that rows keep the order in which they come.
pub(crate) fn of_query(base: &SessionState, sequential: bool) -> SessionState {
    if !sequential || base.config().target_partitions() == 1 {
        return base.clone();
    }
    let config = base.config().clone().with_target_partitions(1);
    SessionStateBuilder::new_from_existing(base.clone()).with_config(config).build()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// DataFusion's planner that also knows our nodes.
#[derive(Debug)]
struct EnginePlanner;

#[async_trait]
impl QueryPlanner for EnginePlanner {
    async fn create_physical_plan(
        &self,
        plan: &LogicalPlan,
        session: &dyn datafusion::catalog::Session,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(OperatorPlanner)])
            .create_physical_plan(plan, session)
            .await
    }
}
