//! `extend`, `project` and all that gives columns by expressions.

use super::expression::expression;
use super::{Carried, Context, name_of};
use calypso_planner::plan::{Expr, PlanColumn};
use datafusion::error::Result;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder};

/// One expression per column; what is carried stands behind them.
pub(super) fn project(
    input: LogicalPlan,
    columns: &[PlanColumn],
    expressions: &[Expr],
    context: &Context,
) -> Result<LogicalPlan> {
    let named = columns.iter().zip(expressions).map(|(column, expr)| {
        let name = name_of(column.id);
        let plain = matches!(expr, Expr::Column(id, _) if *id == column.id);
        let lowered = expression(expr, context)?;
        Ok(if plain { lowered } else { lowered.alias(name) })
    });
    let mut named = named.collect::<Result<Vec<_>>>()?;
    named.extend(context.carried.into_iter().flat_map(Carried::columns));
    LogicalPlanBuilder::from(input).project(named)?.build()
}
