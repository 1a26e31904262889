//! `summarize`: groups. Keys and arguments become columns first, so that grouping sees plain columns.

use super::expression::{expression, literal};
use super::{Context, lower, name_of};
use crate::udf;
use arrow::datatypes::DataType;
use calypso_library::aggregate::Native;
use calypso_library::{Type, Value};
use calypso_planner::plan::{AggregateExpr, Expr, Plan, PlanColumn};
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{AggregateUDF, Expr as Physical, LogicalPlan, LogicalPlanBuilder, cast};
use std::sync::Arc;

/// One row per group.
pub(super) fn aggregate(
    plan: &Plan,
    input: &Plan,
    keys: &[Expr],
    aggregates: &[AggregateExpr],
    context: &Context,
) -> Result<LogicalPlan> {
    let (key_columns, result_columns) = plan.columns.split_at(keys.len().min(plan.columns.len()));
    let mut inner = Inner { columns: Vec::new(), context };
    for (column, key) in key_columns.iter().zip(keys) {
        inner.columns.push(expression(key, context)?.alias(name_of(column.id)));
    }
    let groups = key_columns.iter().map(|column| super::column(column.id)).collect::<Vec<_>>();
    let mut calls = Vec::with_capacity(aggregates.len());
    let mut results = groups.clone();
    for (column, aggregate) in result_columns.iter().zip(aggregates) {
        calls.push(inner.call(column, aggregate)?.alias(name_of(column.id)));
        results.push(finished(column, aggregate));
    }
    let rows = LogicalPlanBuilder::from(lower(input, context)?).project(inner.columns)?;
    rows.aggregate(groups, calls)?.project(results)?.build()
}

/// The columns that grouping reads: keys, arguments, predicates.
struct Inner<'a> {
    columns: Vec<Physical>,
    context: &'a Context<'a>,
}

impl Inner<'_> {
    /// Makes a column of an expression, equal ones the same; a constant stays one.
    fn column(&mut self, expr: &Expr) -> Result<Physical> {
        let lowered = expression(expr, self.context)?;
        if matches!(lowered, Physical::Literal(..)) {
            return Ok(lowered);
        }
        let known = self.columns.iter().find_map(|column| match column {
            Physical::Alias(alias) if *alias.expr == lowered => Some(alias.name.clone()),
            _ => None,
        });
        let name = match known {
            Some(name) if !lowered.is_volatile() => name,
            Some(_) | None => {
                let name = format!("a{}", self.columns.len());
                self.columns.push(lowered.alias(&name));
                name
            }
        };
        Ok(Physical::Column(datafusion::common::Column::from_name(name)))
    }

    fn call(&mut self, column: &PlanColumn, call: &AggregateExpr) -> Result<Physical> {
        let types = call.arguments.iter().map(Expr::ty).collect::<Vec<_>>();
        let native = call.aggregate.native_for(&types);
        let mut arguments = Vec::with_capacity(call.arguments.len());
        if native != Some(Native::Count) {
            for argument in &call.arguments {
                arguments.push(self.column(argument)?);
            }
        }
        let function: Arc<AggregateUDF> = match native {
            Some(Native::Count) => {
                arguments.push(literal(&Value::Long(1)));
                count_udaf()
            }
            Some(Native::Sum) => {
                if types == [Type::Int] {
                    arguments =
                        arguments.into_iter().map(|argument| cast(argument, DataType::Int64)).collect();
                }
                sum_udaf()
            }
            Some(Native::Min) => min_udaf(),
            Some(Native::Max) => max_udaf(),
            None => udf::aggregate(call.aggregate, &types, column.ty, &mut arguments),
        };
        let predicate = call.predicate.as_ref().map(|predicate| self.column(predicate)).transpose()?;
        let filter = predicate.map(Box::new);
        Ok(Physical::AggregateFunction(AggregateFunction::new_udf(
            function,
            arguments,
            false,
            filter,
            Vec::new(),
            None,
        )))
    }
}

/// The result of a call as the language wants it: a sum of nothing is 0.
fn finished(column: &PlanColumn, call: &AggregateExpr) -> Physical {
    let plain = super::column(column.id);
    let types = call.arguments.iter().map(Expr::ty).collect::<Vec<_>>();
    if call.aggregate.native_for(&types) != Some(Native::Sum) {
        return plain;
    }
    let zero = match column.ty {
        Type::Real => Value::Real(0.0),
        Type::Int
        | Type::Long
        | Type::DateTime
        | Type::TimeSpan
        | Type::Bool
        | Type::Decimal
        | Type::String
        | Type::Guid
        | Type::Dynamic => Value::Long(0),
    };
    coalesce(vec![plain, literal(&zero)]).alias(name_of(column.id))
}
