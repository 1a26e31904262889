//! Bound expressions to DataFusion's, and values to its literals.

use super::{Context, column, native};
use crate::error::refused;
use crate::udf;
use calypso_library::call::{Argument, Call};
use calypso_library::types::{DECIMAL_PRECISION, DECIMAL_SCALE};
use calypso_library::{Type, Value};
use calypso_planner::plan::Expr;
use datafusion::error::Result;
use datafusion::logical_expr::Expr as Physical;
use datafusion::scalar::ScalarValue;

/// Lowers an expression over the columns of its input.
pub(crate) fn expression(expr: &Expr, context: &Context) -> Result<Physical> {
    match expr {
        Expr::Column(id, _) => Ok(column(*id)),
        Expr::Literal(value) => Ok(literal(value)),
        Expr::Call { function, arguments, returns } => {
            if let Some(native) = native::exact(function, arguments, context)? {
                return Ok(native);
            }
            let types = arguments.iter().map(Expr::ty).collect::<Vec<_>>();
            let lowered = arguments.iter().map(|argument| expression(argument, context));
            Ok(udf::call(function, &types, *returns, lowered.collect::<Result<_>>()?))
        }
        Expr::Scalar(..) | Expr::FirstColumn(_) => Ok(literal(inner(expr, context)?)),
    }
}

/// The answer of an inner plan.
fn inner<'a>(expr: &Expr, context: &'a Context) -> Result<&'a Value> {
    let found = match expr {
        Expr::Scalar(plan, _) => context.prepared.scalar(plan),
        Expr::FirstColumn(plan) => context.prepared.first_column(plan),
        Expr::Column(..) | Expr::Literal(_) | Expr::Call { .. } => None,
    };
    found.ok_or_else(|| refused("an inner query was not computed in time"))
}

/// The value of an expression that refers to no column; a volatile call gives a new one each time.
pub(crate) fn constant(expr: &Expr, context: &Context) -> Result<Value> {
    match expr {
        Expr::Column(..) => Err(refused("a constant is wanted where a column stands")),
        Expr::Literal(value) => Ok(value.clone()),
        Expr::Call { function, arguments, returns } => {
            let values = arguments.iter().map(|argument| constant(argument, context).map(Argument::constant));
            let values = values.collect::<Result<Vec<_>>>()?;
            let call = Call { arguments: udf::seen(function, &values), rows: 1, returns: *returns };
            let array = (function.evaluate)(&call).map_err(crate::error::evaluation)?;
            Ok(Value::from_array(*returns, &array, 0))
        }
        Expr::Scalar(..) | Expr::FirstColumn(_) => inner(expr, context).cloned(),
    }
}

/// A value as DataFusion's literal, of exactly the type that columns have.
pub(crate) fn literal(value: &Value) -> Physical {
    Physical::Literal(scalar(value), None)
}

/// A value as DataFusion's scalar.
pub(crate) fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null(ty) => null(*ty),
        Value::Bool(v) => ScalarValue::Boolean(Some(*v)),
        Value::Int(v) => ScalarValue::Int32(Some(*v)),
        Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => ScalarValue::Int64(Some(*v)),
        Value::Real(v) => ScalarValue::Float64(Some(*v)),
        Value::Decimal(v) => ScalarValue::Decimal256(Some(*v), DECIMAL_PRECISION, DECIMAL_SCALE),
        Value::String(v) | Value::Guid(v) => ScalarValue::Utf8View(Some(v.clone())),
        Value::Dynamic(v) => ScalarValue::Utf8View(Some(calypso_library::json::text(v))),
    }
}

/// The absent value: null, or the empty string.
pub(crate) fn null(ty: Type) -> ScalarValue {
    match ty {
        Type::Bool => ScalarValue::Boolean(None),
        Type::Int => ScalarValue::Int32(None),
        Type::Long | Type::DateTime | Type::TimeSpan => ScalarValue::Int64(None),
        Type::Real => ScalarValue::Float64(None),
        Type::Decimal => ScalarValue::Decimal256(None, DECIMAL_PRECISION, DECIMAL_SCALE),
        Type::String => ScalarValue::Utf8View(Some(String::new())),
        Type::Guid | Type::Dynamic => ScalarValue::Utf8View(None),
    }
}
