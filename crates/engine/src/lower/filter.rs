//! `where`: rows whose predicate is true; null counts as false.

use super::{Context, lower, native};
use calypso_planner::plan::{Expr, Plan};
use datafusion::error::Result;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};

/// Keeps the rows whose predicate is true.
pub(super) fn filter(input: &Plan, predicate: &Expr, context: &Context) -> Result<LogicalPlan> {
    let predicate = native::predicate(predicate, context)?;
    LogicalPlanBuilder::from(lower(input, context)?).filter(predicate)?.build()
}
