//! Joins by sorting instead of hashing, for when one side does not fit in memory: sorts spill.

use arrow::compute::SortOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{LexOrdering, PhysicalSortExpr};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::sanity_checker::SanityCheckPlan;
use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;
use datafusion::physical_plan::joins::{HashJoinExec, PartitionMode, SortMergeJoinExec};
use datafusion::physical_plan::projection::ProjectionExec;
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties, PhysicalExpr};
use std::sync::Arc;

/// The same plan with every hash join replaced. `None`: there is none, or something above relies on the order in which
/// it gives rows.
pub(crate) fn sorted_joins(
    plan: Arc<dyn ExecutionPlan>,
    config: &ConfigOptions,
) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    let replaced = plan.transform_up(|node| match node.downcast_ref::<HashJoinExec>() {
        Some(join) => Ok(match sorted_join(join)? {
            Some(sorted) => Transformed::yes(sorted),
            None => Transformed::no(node),
        }),
        None => Ok(Transformed::no(node)),
    })?;
    if !replaced.transformed {
        return Ok(None);
    }
    Ok(SanityCheckPlan::new().optimize(replaced.data, config).ok())
}

/// The join by sorting; `None` for one that only hashing can do.
fn sorted_join(join: &HashJoinExec) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    if join.null_aware || join.fetch().is_some() {
        return Ok(None);
    }
    let spread = *join.partition_mode() == PartitionMode::Partitioned;
    let (left_keys, right_keys): (Vec<_>, Vec<_>) = join.on().iter().cloned().unzip();
    let left = sorted(join.left(), left_keys, spread);
    let right = sorted(join.right(), right_keys, spread);
    let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
    let options = vec![SortOptions::default(); join.on().len()];
    let merged = SortMergeJoinExec::try_new(
        left,
        right,
        join.on().to_vec(),
        join.filter().cloned(),
        *join.join_type(),
        options,
        join.null_equality(),
    )?;
    let merged: Arc<dyn ExecutionPlan> = Arc::new(merged);
    let Some(places) = &join.projection else { return Ok(Some(merged)) };
    let schema = merged.schema();
    let columns = places.iter().map(|place| {
        let name = schema.field(*place).name();
        (Arc::new(Column::new(name, *place)) as Arc<dyn PhysicalExpr>, name.clone())
    });
    Ok(Some(Arc::new(ProjectionExec::try_new(columns, merged)?)))
}

/// An input in the order of its keys: each partition, where `spread`, else all of it in one.
fn sorted(
    input: &Arc<dyn ExecutionPlan>,
    keys: Vec<Arc<dyn PhysicalExpr>>,
    spread: bool,
) -> Option<Arc<dyn ExecutionPlan>> {
    let keys = keys.into_iter().map(|key| PhysicalSortExpr::new(key, SortOptions::default()));
    let order = LexOrdering::new(keys)?;
    let input = if spread || input.output_partitioning().partition_count() == 1 {
        Arc::clone(input)
    } else {
        Arc::new(CoalescePartitionsExec::new(Arc::clone(input)))
    };
    Some(Arc::new(SortExec::new(order, input).with_preserve_partitioning(spread)))
}
