//! Batches whose texts lie in few buffers, before operators that bring many batches together. A column of texts refers
//! to buffers that hold them, and a part of a batch refers to all buffers of the whole. What puts batches one behind the
//! other puts these lists one behind the other, so that after two sorts or windows each batch of a few thousand rows
//! names thousands of buffers, which every operator after them copies for every batch it makes.

use super::node::Operation;
use super::pass::pass;
use super::rows::RowsExec;
use crate::memory::gathered;
use crate::optimization::{Optimization, Optimizations};
use arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use datafusion::physical_plan::joins::{CrossJoinExec, HashJoinExec, NestedLoopJoinExec, SortMergeJoinExec};
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::{ChildrenPropertiesMode, ExecutionPlan, ReplaceChildrenOptions};
use std::sync::Arc;

/// The same plan, with compact batches where operators gather them.
pub(crate) fn compact_inputs(
    plan: Arc<dyn ExecutionPlan>,
    config: &ConfigOptions,
) -> Result<Arc<dyn ExecutionPlan>> {
    if !Optimizations::of(config).has(Optimization::CompactTexts) {
        return Ok(plan);
    }
    let wrap = |node: Arc<dyn ExecutionPlan>| {
        if !gathers(node.as_ref()) {
            return Ok(Transformed::no(node));
        }
        let children = node.children().into_iter().map(|child| match has_texts(child.as_ref()) {
            true => pass("CompactExec", Arc::clone(child), gathered),
            false => Arc::clone(child),
        });
        let children = children.collect();
        node.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
            .map(Transformed::yes)
    };
    plan.transform_up(wrap).data()
}

/// Whether an operator brings batches of an input together. A sort for a few rows keeps only those.
fn gathers(node: &dyn ExecutionPlan) -> bool {
    let window = |rows: &RowsExec| matches!(rows.operation(), Operation::Window(_));
    node.downcast_ref::<SortExec>().is_some_and(|sort| sort.fetch().is_none())
        || node.is::<HashJoinExec>()
        || node.is::<SortMergeJoinExec>()
        || node.is::<NestedLoopJoinExec>()
        || node.is::<CrossJoinExec>()
        || node.downcast_ref::<RowsExec>().is_some_and(window)
}

fn has_texts(node: &dyn ExecutionPlan) -> bool {
    node.schema().fields().iter().any(|field| field.data_type() == &DataType::Utf8View)
}
