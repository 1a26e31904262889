//! Inner plans: what `toscalar`, `in (T)` and `materialize` need is computed before the plan that asks for it, once
//! per query.

use crate::error::EngineError;
use crate::run::{Parts, QueryState, held_rows, rows};
use crate::share::{FIRST_FOUND, Held};
use arrow::record_batch::RecordBatch;
use calypso_library::json;
use calypso_library::{Json, Type, Value};
use calypso_planner::plan::{Expr, Node, Plan};
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
    /// Rows of shared plans by number; none where they are too many to be held.
    shared: HashMap<u32, Option<Arc<Held>>>,
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

    /// Whether a shared plan was computed.
    pub fn knows(&self, number: u32) -> bool {
        self.shared.contains_key(&number)
    }

    /// The rows of a shared plan, if they are held.
    pub fn shared(&self, number: u32) -> Option<&Arc<Held>> {
        self.shared.get(&number)?.as_ref()
    }
}

fn address(plan: &Arc<Plan>) -> usize {
    Arc::as_ptr(plan) as usize
}

/// What must be known before a plan can run.
enum Need {
    Scalar(Arc<Plan>),
    FirstColumn(Arc<Plan>),
    Shared { number: u32, plan: Arc<Plan>, asked: bool },
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
            let (inner, whole, name) = match &need {
                Need::Scalar(inner) if known.scalar(inner).is_none() => (inner, false, "`toscalar`"),
                Need::FirstColumn(inner) if known.first_column(inner).is_none() => {
                    (inner, true, "a list of values (`in`)")
                }
                Need::Shared { number, plan, asked } if !known.shared.contains_key(number) => {
                    let rows = shared(parts, *number, plan, *asked, state).await?;
                    if rows.is_none() {
                        prepare(parts, plan, state).await?;
                    }
                    state.change_prepared(|prepared| prepared.shared.insert(*number, rows));
                    continue;
                }
                Need::Scalar(_) | Need::FirstColumn(_) | Need::Shared { .. } => continue,
            };
            let (batches, _kept) = rows(parts, inner, state, name, None).await?;
            let ty = inner.columns.first().map_or(Type::Dynamic, |column| column.ty);
            let value = if whole { array(ty, &batches) } else { first_cell(ty, &batches) };
            let value = (Arc::clone(inner), value);
            state.change_prepared(|prepared| prepared.values.insert((address(inner), whole), value));
        }
        Ok(())
    })
}

/// The rows of a shared plan; none where they are too many to be held and the query did not ask for that.
async fn shared(
    parts: &Parts,
    number: u32,
    plan: &Plan,
    asked: bool,
    state: &Arc<QueryState>,
) -> Result<Option<Arc<Held>>, EngineError> {
    if number < FIRST_FOUND {
        return Ok(held_rows(parts, plan, state, None).await?.map(Arc::new));
    }
    let cell = state.shared.cell(number);
    let counter = (!asked).then(|| state.shared.counter());
    let computed = cell.get_or_try_init(|| async {
        match held_rows(parts, plan, state, counter).await {
            // What is shared may meet rows that no query by itself would have met, so its faults say nothing yet.
            Err(EngineError::Execution(_)) if !asked && !state.cancel.is_cancelled() => Ok(None),
            rows => Ok(rows?.map(Arc::new)),
        }
    });
    computed.await.cloned()
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
    if let Node::Shared { number, plan, asked } = &plan.node {
        needs.push(Need::Shared { number: *number, plan: Arc::clone(plan), asked: *asked });
        return;
    }
    plan.expressions().into_iter().for_each(|expr| needs_of_expression(expr, needs));
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
