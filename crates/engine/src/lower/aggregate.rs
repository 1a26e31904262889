//! `summarize`: groups. Keys and arguments become columns first, so that grouping sees plain columns.

use super::expression::{expression, literal};
use super::{Context, lower, name_of};
use crate::optimization::Optimization;
use crate::udf;
use arrow::datatypes::DataType;
use calypso_library::aggregate::{Aggregate, Native};
use calypso_library::{Type, Value};
use calypso_planner::plan::{AggregateExpr, Expr, Plan, PlanColumn};
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::{coalesce, get_field};
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
    let mut calls: Vec<Call> = Vec::with_capacity(aggregates.len());
    let mut places = Vec::with_capacity(aggregates.len());
    for (column, aggregate) in result_columns.iter().zip(aggregates) {
        let call = inner.call(column, aggregate)?;
        let mut at = calls.len();
        if context.optimizations.has(Optimization::ShareValues) {
            at = calls.iter().position(|other| other.shares_with(&call)).unwrap_or(at);
        }
        match calls.get_mut(at) {
            Some(other) => other.join(&call),
            None => calls.push(call),
        }
        places.push((at, calls[at].others.len()));
    }
    let results =
        places.iter().zip(result_columns).map(|((at, place), column)| calls[*at].result(*place, column));
    let results = groups.iter().cloned().chain(results).collect::<Vec<_>>();
    let calls = calls.iter().map(|call| call.made().alias(name_of(call.column.id))).collect::<Vec<_>>();
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

    fn call<'a>(&mut self, column: &'a PlanColumn, expr: &'a AggregateExpr) -> Result<Call<'a>> {
        let types = expr.arguments.iter().map(Expr::ty).collect::<Vec<_>>();
        let native = expr.aggregate.native_for(&types);
        let arguments = match native {
            Some(Native::Count) => Vec::new(),
            Some(Native::Sum | Native::Min | Native::Max) | None => {
                expr.arguments.iter().map(|argument| self.column(argument)).collect::<Result<_>>()?
            }
        };
        let predicate = expr.predicate.as_ref().map(|predicate| self.column(predicate)).transpose()?;
        Ok(Call {
            column,
            aggregate: expr.aggregate,
            native,
            types,
            arguments,
            predicate,
            others: Vec::new(),
        })
    }
}

/// A call of an aggregate, over columns.
struct Call<'a> {
    /// Its result.
    column: &'a PlanColumn,
    aggregate: &'static Aggregate,
    native: Option<Native>,
    types: Vec<Type>,
    arguments: Vec<Physical>,
    predicate: Option<Physical>,
    /// The last arguments of calls that share its values, with their types.
    others: Vec<(Physical, Type)>,
}

impl Call<'_> {
    /// Whether another call keeps the same values and only its last argument, which is known, may be another.
    fn shares_with(&self, other: &Call) -> bool {
        let (Some(own), Some(others)) = (self.aggregate.sharing, other.aggregate.sharing) else {
            return false;
        };
        own.name == others.name
            && self.leading().is_some_and(|leading| other.leading() == Some(leading))
            && self.predicate == other.predicate
            && self.column.ty == other.column.ty
    }

    /// What comes before the last argument, with the types, where that one is known.
    fn leading(&self) -> Option<(&[Physical], &[Type])> {
        let (last, leading) = self.arguments.split_last()?;
        let (_, types) = self.types.split_last()?;
        matches!(last, Physical::Literal(..)).then_some((leading, types))
    }

    /// Lets another call share the values.
    fn join(&mut self, other: &Call) {
        self.others.extend(other.arguments.last().cloned().zip(other.types.last().copied()));
    }

    /// The call for DataFusion.
    fn made(&self) -> Physical {
        let mut arguments = self.arguments.clone();
        let function: Arc<AggregateUDF> = match (self.native, self.aggregate.sharing) {
            (Some(Native::Count), _) => {
                arguments.push(literal(&Value::Long(1)));
                count_udaf()
            }
            (Some(Native::Sum), _) => {
                if self.types == [Type::Int] {
                    arguments =
                        arguments.into_iter().map(|argument| cast(argument, DataType::Int64)).collect();
                }
                sum_udaf()
            }
            (Some(Native::Min), _) => min_udaf(),
            (Some(Native::Max), _) => max_udaf(),
            (None, Some(sharing)) if !self.others.is_empty() => {
                arguments.extend(self.others.iter().map(|(argument, _)| argument.clone()));
                let others = self.others.iter().map(|(_, ty)| *ty);
                let types = self.types.iter().copied().chain(others).collect();
                udf::shared_aggregate(sharing, types, self.column.ty, self.others.len() + 1)
            }
            (None, _) => udf::aggregate(self.aggregate, &self.types, self.column.ty, &mut arguments),
        };
        let filter = self.predicate.clone().map(Box::new);
        Physical::AggregateFunction(AggregateFunction::new_udf(
            function,
            arguments,
            false,
            filter,
            Vec::new(),
            None,
        ))
    }

    /// The result of the call, or of that one of those that share its values, as the language wants it: a sum of nothing
    /// is 0.
    fn result(&self, place: usize, column: &PlanColumn) -> Physical {
        let made = super::column(self.column.id);
        if !self.others.is_empty() {
            return get_field(made, place.to_string()).alias(name_of(column.id));
        }
        if self.native != Some(Native::Sum) {
            return made;
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
        coalesce(vec![made, literal(&zero)]).alias(name_of(column.id))
    }
}
