//! `range x from a to b step s`.

use super::expression::constant;
use super::{Context, table};
use crate::error::refused;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;
use calypso_library::{Type, Value, decimal};
use calypso_planner::plan::{Expr, Plan};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::LogicalPlan;
use std::sync::Arc;

/// More rows than this would fill the memory before anything else sees them.
const ROW_LIMIT: usize = 100_000_000;

/// All rows, made at once.
pub(super) fn range(plan: &Plan, bounds: [&Expr; 3], context: &Context) -> Result<LogicalPlan> {
    let [from, to, step] = bounds.map(|bound| constant(bound, context));
    let ty = plan.columns.first().map_or(Type::Long, |column| column.ty);
    let values = steps(ty, &from?, &to?, &step?)?;
    let fields = plan.columns.iter().map(|column| Field::new(super::name_of(column.id), ty.arrow(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let batch = RecordBatch::try_new(schema, vec![Value::to_array(ty, values)]);
    table::held(&plan.columns, &[batch.map_err(DataFusionError::from)?])
}

fn steps(ty: Type, from: &Value, to: &Value, step: &Value) -> Result<Vec<Value>> {
    let integer = |value: &Value| match value {
        Value::Int(v) => Some(i128::from(*v)),
        Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => Some(i128::from(*v)),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    };
    if let (Some(from), Some(to), Some(step)) = (integer(from), integer(to), integer(step)) {
        let count = count(if step == 0 { -1 } else { fitting(to - from, step) })?;
        // Every value lies between two values of the type, so it fits.
        let at = |row: usize| i64::try_from(from + step * row as i128).unwrap_or(i64::MAX);
        return Ok((0..count).map(|row| whole(ty, at(row))).collect());
    }
    let real = |value: &Value| match value {
        Value::Real(v) => Some(*v),
        Value::Decimal(v) => Some(decimal::to_real(*v)),
        Value::Int(_) | Value::Long(_) => integer(value).map(|v| v as f64),
        Value::Null(_)
        | Value::Bool(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::String(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    };
    let (Some(from), Some(to), Some(step)) = (real(from), real(to), real(step)) else {
        return Ok(Vec::new());
    };
    let last = (to - from) / step;
    let count = if step == 0.0 || !last.is_finite() { 0 } else { count((last + 1e-9).floor() as i128)? };
    Ok((0..count).map(|row| fractional(ty, from + step * row as f64)).collect())
}

/// The number of rows when the last one is that many steps from the first.
fn count(last: i128) -> Result<usize> {
    let count = usize::try_from(last + 1).unwrap_or(0);
    if count > ROW_LIMIT {
        return Err(refused(format!("the range has {count} rows, more than {ROW_LIMIT}")));
    }
    Ok(count)
}

fn whole(ty: Type, value: i64) -> Value {
    match ty {
        Type::Int => i32::try_from(value).map_or(Value::Null(ty), Value::Int),
        Type::DateTime => Value::DateTime(value),
        Type::TimeSpan => Value::TimeSpan(value),
        Type::Real | Type::Decimal => fractional(ty, value as f64),
        Type::Long | Type::Bool | Type::String | Type::Guid | Type::Dynamic => Value::Long(value),
    }
}

fn fractional(ty: Type, value: f64) -> Value {
    if ty == Type::Decimal {
        return decimal::from_real(value).map_or(Value::Null(ty), Value::Decimal);
    }
    Value::Real(value)
}

/// How many steps fit into a distance; negative when the step leads away.
fn fitting(distance: i128, step: i128) -> i128 {
    if step < 0 { (-distance).div_euclid(-step) } else { distance.div_euclid(step) }
}
