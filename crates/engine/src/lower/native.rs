//! Operators that DataFusion has itself: faster than a call, and understood by its optimizer. Used only where null,
//! NaN and text cannot make a difference.

use super::Context;
use super::expression::{expression, literal};
use crate::optimization::Optimization;
use calypso_library::function::{Function, NativeOperator};
use calypso_library::{Json, Type, Value};
use calypso_planner::plan::Expr;
use datafusion::error::Result;
use datafusion::logical_expr::{Expr as Physical, Operator, binary_expr};

/// A predicate of a filter, where null is as good as false.
pub(super) fn predicate(expr: &Expr, context: &Context) -> Result<Physical> {
    let Expr::Call { function, arguments, .. } = expr else {
        return expression(expr, context);
    };
    if let (Some(NativeOperator::In), Some((value, items))) = (function.native, arguments.split_first())
        && let Some(texts) = texts(value, items, context)
    {
        return Ok(expression(value, context)?.in_list(texts, false));
    }
    if let (Some(NativeOperator::IsNotEmpty), [text]) = (function.native, arguments.as_slice())
        && text.ty() == Type::String
    {
        return Ok(expression(text, context)?.not_eq(literal(&Value::String(String::new()))));
    }
    if let (Some(native), [left, right]) = (function.native, arguments.as_slice()) {
        let same = left.ty() == right.ty();
        match native {
            NativeOperator::And | NativeOperator::Or if same && left.ty() == Type::Bool => {
                let sides = (predicate(left, context)?, predicate(right, context)?);
                return Ok(binary_expr(sides.0, symbol(native), sides.1));
            }
            NativeOperator::Equal | NativeOperator::NotEqual if same && identical(left.ty()) => {
                let sides = (expression(left, context)?, expression(right, context)?);
                return Ok(binary_expr(sides.0, symbol(native), sides.1));
            }
            NativeOperator::And
            | NativeOperator::Or
            | NativeOperator::Equal
            | NativeOperator::NotEqual
            | NativeOperator::Less
            | NativeOperator::LessOrEqual
            | NativeOperator::Greater
            | NativeOperator::GreaterOrEqual
            | NativeOperator::Between
            | NativeOperator::In
            | NativeOperator::IsNotEmpty => {}
        }
    }
    expression(expr, context)
}

/// The most items of an `in` that are told DataFusion; of longer ones nothing is left out anyway.
const MOST_ITEMS: usize = 256;

/// The items of an `in` between texts, all of them known.
fn texts(value: &Expr, items: &[Expr], context: &Context) -> Option<Vec<Physical>> {
    if value.ty() != Type::String || !context.optimizations.has(Optimization::PruneByValue) {
        return None;
    }
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        match item.literal()? {
            Value::String(text) => texts.push(text.clone()),
            Value::Dynamic(Json::Array(array)) => {
                for one in array {
                    texts.push(one.as_str()?.to_owned());
                }
            }
            Value::Null(_)
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Long(_)
            | Value::Real(_)
            | Value::Decimal(_)
            | Value::DateTime(_)
            | Value::TimeSpan(_)
            | Value::Guid(_)
            | Value::Dynamic(_) => return None,
        }
    }
    let few = !texts.is_empty() && texts.len() <= MOST_ITEMS;
    few.then(|| texts.into_iter().map(|text| literal(&Value::String(text))).collect())
}

/// The same call by DataFusion's own operator, where it gives the same for every value and for null.
pub(super) fn exact(function: &Function, arguments: &[Expr], context: &Context) -> Result<Option<Physical>> {
    let Some(native) = function.native else {
        return Ok(None);
    };
    if let (NativeOperator::Between, [value, low, high]) = (native, arguments) {
        return between(value, low, high, context);
    }
    let [left, right] = arguments else {
        return Ok(None);
    };
    let ty = left.ty();
    if ty != right.ty() {
        return Ok(None);
    }
    let known = |expr: &Expr| expr.literal().is_some_and(|value| !value.is_null());
    let operator = match native {
        NativeOperator::And | NativeOperator::Or if ty == Type::Bool => symbol(native),
        NativeOperator::Equal | NativeOperator::NotEqual if ty == Type::String => symbol(native),
        NativeOperator::Equal if identical(ty) && (known(left) || known(right)) => {
            Operator::IsNotDistinctFrom
        }
        NativeOperator::NotEqual if identical(ty) && (known(left) || known(right)) => {
            Operator::IsDistinctFrom
        }
        NativeOperator::Less
        | NativeOperator::LessOrEqual
        | NativeOperator::Greater
        | NativeOperator::GreaterOrEqual
            if ordered(ty) =>
        {
            symbol(native)
        }
        NativeOperator::And
        | NativeOperator::Or
        | NativeOperator::Equal
        | NativeOperator::NotEqual
        | NativeOperator::Less
        | NativeOperator::LessOrEqual
        | NativeOperator::Greater
        | NativeOperator::GreaterOrEqual
        | NativeOperator::Between
        | NativeOperator::In
        | NativeOperator::IsNotEmpty => return Ok(None),
    };
    Ok(Some(binary_expr(expression(left, context)?, operator, expression(right, context)?)))
}

/// A range with known ends: null only for a null value.
fn between(value: &Expr, low: &Expr, high: &Expr, context: &Context) -> Result<Option<Physical>> {
    let (Some(low), Some(high)) = (low.literal(), high.literal()) else {
        return Ok(None);
    };
    let high = match (low, high) {
        (Value::DateTime(low), Value::TimeSpan(length)) => Value::DateTime(low.saturating_add(*length)),
        _ => high.clone(),
    };
    let same = value.ty() == low.ty() && low.ty() == high.ty() && ordered(value.ty());
    if !same || low.is_null() || high.is_null() {
        return Ok(None);
    }
    let value = expression(value, context)?;
    Ok(Some(value.clone().gt_eq(literal(low)).and(value.lt_eq(literal(&high)))))
}

/// DataFusion's operator in a filter.
fn symbol(native: NativeOperator) -> Operator {
    match native {
        NativeOperator::And => Operator::And,
        NativeOperator::Or => Operator::Or,
        NativeOperator::Equal | NativeOperator::In => Operator::Eq,
        NativeOperator::IsNotEmpty => Operator::NotEq,
        // With one null it is true, with two it is not.
        NativeOperator::NotEqual => Operator::IsDistinctFrom,
        NativeOperator::Less => Operator::Lt,
        NativeOperator::LessOrEqual => Operator::LtEq,
        NativeOperator::Greater => Operator::Gt,
        NativeOperator::GreaterOrEqual | NativeOperator::Between => Operator::GtEq,
    }
}

/// Types whose values are equal when they are held alike.
fn identical(ty: Type) -> bool {
    match ty {
        Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan | Type::String | Type::Guid => {
            true
        }
        // NaN equals nothing; 1 and 1.0 are the same in JSON but not as text.
        Type::Real | Type::Decimal | Type::Dynamic => false,
    }
}

/// Types whose values are ordered as DataFusion orders what holds them.
fn ordered(ty: Type) -> bool {
    match ty {
        Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => true,
        Type::Bool | Type::Real | Type::Decimal | Type::String | Type::Guid | Type::Dynamic => false,
    }
}
