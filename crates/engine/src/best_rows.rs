//! `arg_max(TimeGenerated, *)` in one pass over the times. In: a logical plan, pruned, where each column is an aggregate of
//! its own. Out: the same with one aggregate for all columns of one extreme, whose struct is taken apart above.

use crate::optimization::{Optimization, Optimizations};
use crate::udf::{self, Best, Types};
use calypso_library::{Type, aggregates};
use datafusion::common::Column;
use datafusion::common::tree_node::Transformed;
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, Projection, col};
use datafusion::optimizer::{ApplyOrder, OptimizerConfig, OptimizerRule};
use std::sync::Arc;

/// Joins the aggregates of one node.
#[derive(Debug)]
pub(crate) struct JoinBestRows;

impl OptimizerRule for JoinBestRows {
    fn name(&self) -> &str {
        "best_rows"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::BottomUp)
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(&self, plan: LogicalPlan, config: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        let LogicalPlan::Aggregate(aggregate) = &plan else { return Ok(Transformed::no(plan)) };
        if !Optimizations::of(config.options().as_ref()).has(Optimization::BestRows) {
            return Ok(Transformed::no(plan));
        }
        let groups = joined(&aggregate.aggr_expr);
        if groups.is_empty() {
            return Ok(Transformed::no(plan));
        }
        Ok(Transformed::yes(rewritten(aggregate, &groups)?))
    }
}

/// Columns of the best rows by one extreme.
struct Group {
    best: Best,
    extreme: Expr,
    values: Vec<Value>,
}

/// One column.
struct Value {
    /// Its place among the aggregates.
    place: usize,
    ty: Type,
    expr: Expr,
}

fn joined(calls: &[Expr]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let Some((best, extreme, expr, ty)) = best_of(call) else { continue };
        let value = Value { place, ty, expr: expr.clone() };
        match groups.iter_mut().find(|group| group.best == best && group.extreme == *extreme) {
            Some(group) => group.values.push(value),
            None => groups.push(Group { best, extreme: extreme.clone(), values: vec![value] }),
        }
    }
    groups
}

/// A call of `arg_max` or `arg_min` by a 64-bit extreme: the extreme, the value and its type.
fn best_of(call: &Expr) -> Option<(Best, &Expr, &Expr, Type)> {
    let mut inner = call;
    while let Expr::Alias(alias) = inner {
        inner = &alias.expr;
    }
    let Expr::AggregateFunction(AggregateFunction { func, params }) = inner else { return None };
    let (name, types) = func.name().strip_prefix("kql_")?.split_once(':')?;
    let best = Best::of(aggregates::find(name)?)?;
    let types = Types::parse(types).ok()?;
    let ([extreme, value], [ty, returned]) = (params.args.as_slice(), types.arguments.as_slice()) else {
        return None;
    };
    let plain = params.filter.is_none() && !params.distinct && params.order_by.is_empty();
    let long = matches!(ty, Type::Long | Type::DateTime | Type::TimeSpan);
    (plain && long).then_some((best, extreme, value, *returned))
}

fn rewritten(aggregate: &Aggregate, groups: &[Group]) -> Result<LogicalPlan> {
    let keys = aggregate.schema.fields().len() - aggregate.aggr_expr.len();
    let mut above: Vec<Expr> =
        aggregate.schema.iter().map(|field| Expr::Column(Column::from(field))).collect();
    let taken =
        |place: usize| groups.iter().any(|group| group.values.iter().any(|value| value.place == place));
    let others = aggregate.aggr_expr.iter().enumerate().filter(|(place, _)| !taken(*place));
    let mut calls: Vec<Expr> = others.map(|(_, call)| call.clone()).collect();
    for group in groups {
        let types = group.values.iter().map(|value| value.ty).collect();
        let values = group.values.iter().map(|value| value.expr.clone());
        let arguments = std::iter::once(group.extreme.clone()).chain(values).collect();
        let call = udf::best_rows(group.best, types).call(arguments);
        let name = format!("rows{}", calls.len());
        calls.push(call.alias(&name));
        for (at, value) in group.values.iter().enumerate() {
            let (qualifier, field) = aggregate.schema.qualified_field(keys + value.place);
            above[keys + value.place] = get_field(col(&name), udf::best_rows_field(at))
                .alias_qualified(qualifier.cloned(), field.name());
        }
    }
    let input = Arc::clone(&aggregate.input);
    let below = Aggregate::try_new(input, aggregate.group_expr.clone(), calls)?;
    Ok(LogicalPlan::Projection(Projection::try_new(above, Arc::new(LogicalPlan::Aggregate(below)))?))
}
