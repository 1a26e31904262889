//! `union`: all rows of all inputs, each brought to the same columns. In a sequential query one input follows the
//! other.

use super::{Context, lower, operator, project};
use crate::exec::Operation;
use calypso_planner::plan::{Expr, Plan};
use datafusion::error::Result;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};

/// All rows of all inputs.
pub(super) fn union(plan: &Plan, inputs: &[(Plan, Vec<Expr>)], context: &Context) -> Result<LogicalPlan> {
    let branches = inputs.iter().map(|(input, expressions)| {
        project::project(lower(input, context)?, &plan.columns, expressions, context)
    });
    let mut branches = branches.collect::<Result<Vec<_>>>()?;
    if branches.is_empty() {
        return super::values::values(plan, &[], context);
    }
    if branches.len() == 1 {
        return Ok(branches.swap_remove(0));
    }
    if context.sequential {
        return operator(Operation::Concatenate, branches, Vec::new(), Vec::new());
    }
    let first = branches.swap_remove(0);
    branches.into_iter().try_fold(LogicalPlanBuilder::from(first), LogicalPlanBuilder::union)?.build()
}
