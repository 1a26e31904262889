//! `sort`: a node of our own, because DataFusion drops sorts that nothing above demands, while here every later
//! operator may see the order.

use super::expression::expression;
use super::{Context, column, lower, newest, operator};
use crate::exec::{Direction, Operation};
use crate::udf;
use calypso_library::Type;
use calypso_planner::plan::{Plan, SortKey};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr as Physical, LogicalPlan, LogicalPlanBuilder};

/// Rows in order; only the first `fetch` of them, when given.
pub(super) fn sort(
    input: &Plan,
    keys: &[SortKey],
    fetch: Option<u64>,
    context: &Context,
) -> Result<LogicalPlan> {
    let (mut expressions, mut directions) = sort_keys(keys, context)?;
    if expressions.is_empty() {
        return lower(input, context);
    }
    let carried = fetch.and_then(|_| newest::carried(input, keys, context));
    if let (Some(carried), Some(direction)) = (carried, directions.first().copied()) {
        let raw = carried.columns().collect::<Vec<_>>();
        directions.splice(..1, raw.iter().map(|_| direction));
        expressions.splice(..1, raw);
    }
    let input_context = Context { carried, ..context.clone() };
    let order = Operation::Order { directions, fetch };
    let ordered = operator(order, vec![lower(input, &input_context)?], expressions, Vec::new())?;
    match carried {
        None => Ok(ordered),
        Some(_) => {
            let columns = input.columns.iter().map(|one| column(one.id));
            LogicalPlanBuilder::from(ordered).project(columns)?.build()
        }
    }
}

/// What is compared, and which way.
pub(super) fn sort_keys(keys: &[SortKey], context: &Context) -> Result<(Vec<Physical>, Vec<Direction>)> {
    let mut expressions = Vec::with_capacity(keys.len());
    let mut directions = Vec::with_capacity(keys.len());
    for key in keys {
        let lowered = expression(&key.expr, context)?;
        // NaN stands between the nulls and the numbers, so below all numbers when the nulls are on the low side.
        let nan_low = key.descending != key.nulls_first;
        expressions.push(if key.expr.ty() == Type::Real { udf::order_of(lowered, nan_low) } else { lowered });
        directions.push(Direction { descending: key.descending, nulls_first: key.nulls_first });
    }
    Ok((expressions, directions))
}
