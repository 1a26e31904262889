//! `take`: the first rows of an ordered input, any rows of another. After a sort only the wanted rows are kept.

use super::{Context, lower, project, sort};
use calypso_planner::plan::{Node, Plan};
use datafusion::error::Result;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};

/// At most `count` rows.
pub(super) fn take(input: &Plan, count: u64, context: &Context) -> Result<LogicalPlan> {
    let limited = below(input, count, context)?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    LogicalPlanBuilder::from(limited).limit(0, Some(count))?.build()
}

/// The input, of which only the first `count` rows will be read.
fn below(input: &Plan, count: u64, context: &Context) -> Result<LogicalPlan> {
    match &input.node {
        Node::Sort { input, keys } => sort::sort(input, keys, Some(count), context),
        Node::Project { input: inner, expressions } => {
            project::project(below(inner, count, context)?, &input.columns, expressions, context)
        }
        Node::Table { .. }
        | Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Filter { .. }
        | Node::Aggregate { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => lower(input, context),
    }
}
