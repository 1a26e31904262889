//! Window functions over an ordered input, and ranks.

use super::expression::expression;
use super::sort::sort_keys;
use super::{Context, added, lower, name_of, operator};
use crate::error::refused;
use crate::exec::{Operation, WindowFunction};
use arrow::datatypes::DataType;
use calypso_planner::plan::{Expr, Plan, SortKey, WindowCall};
use datafusion::error::Result;
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::{Sort, WindowFunction as Window};
use datafusion::logical_expr::{
    Expr as Physical, LogicalPlan, LogicalPlanBuilder, WindowFunctionDefinition, cast,
};

/// One column more per call; every call sees all rows at once, or all of its partition.
pub(super) fn window(
    plan: &Plan,
    input: &Plan,
    partition: &[Expr],
    calls: &[WindowCall],
    context: &Context,
) -> Result<LogicalPlan> {
    let mut expressions =
        partition.iter().map(|expr| expression(expr, context)).collect::<Result<Vec<_>>>()?;
    let mut functions = Vec::with_capacity(calls.len());
    for call in calls {
        for argument in &call.arguments {
            expressions.push(expression(argument, context)?);
        }
        functions.push(WindowFunction {
            function: call.function,
            arguments: call.arguments.iter().map(Expr::ty).collect(),
            returns: call.returns,
        });
    }
    operator(Operation::Window(functions), vec![lower(input, context)?], expressions, added(plan, input))
}

/// The place of each row within its partition; without keys the row's number.
pub(super) fn rank(
    plan: &Plan,
    input: &Plan,
    partition: &[Expr],
    keys: &[SortKey],
    context: &Context,
) -> Result<LogicalPlan> {
    let rows = lower(input, context)?;
    if keys.is_empty() {
        let partition = partition.iter().map(|expr| expression(expr, context)).collect::<Result<Vec<_>>>()?;
        return operator(Operation::Number, vec![rows], partition, added(plan, input));
    }
    let (expressions, directions) = sort_keys(keys, context)?;
    let order = expressions.into_iter().zip(directions);
    let order_by = order.map(|(expr, way)| Sort::new(expr, !way.descending, way.nulls_first)).collect();
    let mut window = Window::new(WindowFunctionDefinition::WindowUDF(row_number_udwf()), Vec::new());
    window.params.order_by = order_by;
    window.params.partition_by =
        partition.iter().map(|expr| expression(expr, context)).collect::<Result<Vec<_>>>()?;
    let number = plan.columns.last().ok_or_else(|| refused("a rank gives no column"))?;
    let place = Physical::WindowFunction(Box::new(window)).alias("place");
    let numbered = LogicalPlanBuilder::from(rows).window([place])?;
    let mut columns = input.columns.iter().map(|column| super::column(column.id)).collect::<Vec<_>>();
    let place = Physical::Column(datafusion::common::Column::from_name("place"));
    columns.push(cast(place, DataType::Int64).alias(name_of(number.id)));
    numbered.project(columns)?.build()
}
