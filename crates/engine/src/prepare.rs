//! Inner plans: what `toscalar`, `in (T)` and `materialize` need is computed before the plan that asks for it, once
//! per query.

use crate::error::EngineError;
use crate::run::{Parts, QueryState, rows};
use arrow::record_batch::RecordBatch;
use calypso_library::json;
use calypso_library::{Json, Type, Value};
use calypso_planner::plan::{AggregateExpr, Expr, Node, Plan};
use futures::future::BoxFuture;
use std::collections::HashMap;
use std::sync::Arc;

/// The largest array of a first column.
const ARRAY_LIMIT: usize = 1_048_576;

/// What was computed so far.
#[derive(Clone, Default)]
pub(crate) struct Prepared {
    /// First cells and first columns, by the address of the plan and whether the whole column is wanted. The plans are
    /// kept so that no address is used twice.
    values: HashMap<(usize, bool), (Arc<Plan>, Value)>,
    /// Rows of shared plans by number.
    shared: HashMap<u32, Arc<Vec<RecordBatch>>>,
}

impl Prepared {
    /// The first cell of a plan.
    pub fn scalar(&self, plan: &Arc<Plan>) -> Option<&Value> {
        self.values.get(&(address(plan), false)).map(|(_, value)| value)
    }

    /// The first column of a plan.
    pub fn first_column(&self, plan: &Arc<Plan>) -> Option<&Value> {
        self.values.get(&(address(plan), true)).map(|(_, value)| value)
    }

    /// The rows of a shared plan.
    pub fn shared(&self, number: u32) -> Option<&Arc<Vec<RecordBatch>>> {
        self.shared.get(&number)
    }
}

fn address(plan: &Arc<Plan>) -> usize {
    Arc::as_ptr(plan) as usize
}

/// What must be known before a plan can run.
enum Need {
    Scalar(Arc<Plan>),
    FirstColumn(Arc<Plan>),
    Shared(u32, Arc<Plan>),
}

/// Computes all that a plan asks for and that is not known yet.
pub(crate) fn prepare<'a>(
    parts: &'a Parts,
    plan: &'a Plan,
    state: &'a Arc<QueryState>,
) -> BoxFuture<'a, Result<(), EngineError>> {
    Box::pin(async move {
        let mut needs = Vec::new();
        needs_of(plan, &mut needs);
        for need in needs {
            let known = state.prepared();
            let (inner, key) = match &need {
                Need::Scalar(inner) if known.scalar(inner).is_none() => (inner, Some(false)),
                Need::FirstColumn(inner) if known.first_column(inner).is_none() => (inner, Some(true)),
                Need::Shared(number, inner) if known.shared(*number).is_none() => (inner, None),
                Need::Scalar(_) | Need::FirstColumn(_) | Need::Shared(..) => continue,
            };
            let batches = rows(parts, inner, state, None).await?;
            let mut prepared = state.prepared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match (&need, key) {
                (Need::Shared(number, _), _) => {
                    prepared.shared.insert(*number, Arc::new(batches));
                }
                (_, whole) => {
                    let whole = whole.unwrap_or(false);
                    let ty = inner.columns.first().map_or(Type::Dynamic, |column| column.ty);
                    let value = if whole { array(ty, &batches) } else { first_cell(ty, &batches) };
                    prepared.values.insert((address(inner), whole), (Arc::clone(inner), value));
                }
            }
        }
        Ok(())
    })
}

fn first_cell(ty: Type, batches: &[RecordBatch]) -> Value {
    match batches.iter().find(|batch| batch.num_rows() > 0 && batch.num_columns() > 0) {
        Some(batch) => Value::from_array(ty, batch.column(0), 0),
        None => Value::absent(ty),
    }
}

fn array(ty: Type, batches: &[RecordBatch]) -> Value {
    let cells = batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
    let values = cells.take(ARRAY_LIMIT).map(|(batch, row)| {
        json::from_value(&Value::from_array(ty, batch.column(0), row)).unwrap_or(Json::Null)
    });
    Value::Dynamic(Json::Array(values.collect()))
}

/// Inner plans in the order in which they stand; what they need themselves is found when they run.
fn needs_of(plan: &Plan, needs: &mut Vec<Need>) {
    if let Node::Shared { number, plan } = &plan.node {
        needs.push(Need::Shared(*number, Arc::clone(plan)));
        return;
    }
    for_each_expression(plan, &mut |expr| needs_of_expression(expr, needs));
    for input in plan.inputs() {
        needs_of(input, needs);
    }
}

fn needs_of_expression(expr: &Expr, needs: &mut Vec<Need>) {
    match expr {
        Expr::Column(..) | Expr::Literal(_) => {}
        Expr::Call { arguments, .. } => {
            for argument in arguments {
                needs_of_expression(argument, needs);
            }
        }
        Expr::Scalar(plan, _) => needs.push(Need::Scalar(Arc::clone(plan))),
        Expr::FirstColumn(plan) => needs.push(Need::FirstColumn(Arc::clone(plan))),
    }
}

/// Calls `f` with every expression of a node, without those inside them.
fn for_each_expression<'a>(plan: &'a Plan, f: &mut impl FnMut(&'a Expr)) {
    match &plan.node {
        Node::Table { .. }
        | Node::External(_)
        | Node::Take { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Evaluate { .. }
        | Node::Shared { .. } => {}
        Node::Values { rows } => rows.iter().flatten().for_each(f),
        Node::Range { from, to, step } => [from, to, step].into_iter().for_each(f),
        Node::Filter { predicate, .. } => f(predicate),
        Node::Project { expressions, .. } => expressions.iter().for_each(f),
        Node::Aggregate { keys, aggregates, .. } => {
            keys.iter().for_each(&mut *f);
            for AggregateExpr { arguments, predicate, .. } in aggregates {
                arguments.iter().chain(predicate).for_each(&mut *f);
            }
        }
        Node::Sort { keys, .. } => keys.iter().for_each(|key| f(&key.expr)),
        Node::Join { keys, .. } => keys.iter().for_each(|(left, right)| {
            f(left);
            f(right);
        }),
        Node::Union { inputs } => inputs.iter().flat_map(|(_, expressions)| expressions).for_each(f),
        Node::MvExpand { expansions, .. } => expansions.iter().for_each(|expansion| f(&expansion.source)),
        Node::Window { partition, calls, .. } => {
            partition.iter().chain(calls.iter().flat_map(|call| &call.arguments)).for_each(f);
        }
        Node::Scan { partition, sets, steps, .. } => {
            partition.iter().chain(sets.iter().map(|set| &set.unset)).for_each(&mut *f);
            for step in steps {
                f(&step.condition);
                step.assignments.iter().for_each(|(_, value)| f(value));
            }
        }
        Node::Rank { partition, keys, .. } => {
            partition.iter().chain(keys.iter().map(|key| &key.expr)).for_each(f);
        }
        Node::Parse { source, .. } | Node::ParseKv { source, .. } => f(source),
    }
}
