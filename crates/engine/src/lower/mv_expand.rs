//! `mv-expand`: one row per element.

use super::expression::expression;
use super::{Context, added, lower, operator};
use crate::exec::{Expand, Operation};
use calypso_planner::plan::{Expansion, Plan};
use datafusion::error::Result;
use datafusion::logical_expr::LogicalPlan;

/// The input's columns, then the elements, then their places when asked for.
pub(super) fn mv_expand(
    plan: &Plan,
    input: &Plan,
    expansions: &[Expansion],
    how: Expand,
    context: &Context,
) -> Result<LogicalPlan> {
    let sources = expansions.iter().map(|expansion| expression(&expansion.source, context));
    let sources = sources.collect::<Result<Vec<_>>>()?;
    operator(Operation::Expand(how), vec![lower(input, context)?], sources, added(plan, input))
}
