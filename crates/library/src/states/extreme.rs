//! Least and greatest values. Nulls never count; NaN loses against every number; the empty string is a value.

use super::fixed::Fixed;
use super::rows::{each, each_decimal, each_long, each_real, long_value};
use super::tally::heap;
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use arrow::array::BooleanArray;
use arrow::datatypes::i256;
use std::cmp::Ordering;

/// States that keep the greatest (`MAX`) or least value of the first argument.
pub fn states<const MAX: bool>(call: AggregateCall) -> Box<dyn GroupStates> {
    match call.returns {
        Type::Real => Fixed::<Option<f64>>::boxed(
            call.returns,
            add_reals::<MAX>,
            |state, other| {
                if let Some(other) = other {
                    keep_real::<MAX>(state, other);
                }
            },
            |states, ty| {
                Value::to_array(ty, states.into_iter().map(|v| v.map_or(Value::Null(ty), Value::Real)))
            },
        ),
        Type::Decimal => Fixed::<Option<i256>>::boxed(
            call.returns,
            add_decimals::<MAX>,
            |state, other| {
                if let Some(other) = other {
                    keep_value::<MAX, i256>(state, other);
                }
            },
            |states, ty| {
                Value::to_array(ty, states.into_iter().map(|v| v.map_or(Value::Null(ty), Value::Decimal)))
            },
        ),
        Type::String | Type::Guid | Type::Dynamic => Fixed::<Option<String>>::boxed_with_heap(
            call.returns,
            add_texts::<MAX>,
            |state, other| {
                if let Some(other) = other {
                    keep_value::<MAX, String>(state, other);
                }
            },
            |states, ty| Value::to_array(ty, states.into_iter().map(|text| text_value(ty, text))),
            |state| state.as_ref().map_or(0, |text| heap(text.capacity())),
        ),
        Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => Fixed::<Option<i64>>::boxed(
            call.returns,
            add_longs::<MAX>,
            |state, other| {
                if let Some(other) = other {
                    keep_value::<MAX, i64>(state, other);
                }
            },
            |states, ty| {
                let value = |v: Option<i64>| v.map_or(Value::Null(ty), |v| long_value(ty, v));
                Value::to_array(ty, states.into_iter().map(value))
            },
        ),
    }
}

fn text_value(ty: Type, text: Option<String>) -> Value {
    match text {
        None => Value::absent(ty),
        Some(text) if ty == Type::Guid => Value::Guid(text),
        Some(text) => Value::String(text),
    }
}

/// Whether an order of (new, held) says that the new one wins.
fn wins<const MAX: bool>(order: Ordering) -> bool {
    order == if MAX { Ordering::Greater } else { Ordering::Less }
}

fn keep_value<const MAX: bool, T: Ord>(held: &mut Option<T>, value: T) {
    if held.as_ref().is_none_or(|held| wins::<MAX>(value.cmp(held))) {
        *held = Some(value);
    }
}

fn keep_real<const MAX: bool>(held: &mut Option<f64>, value: f64) {
    let better = match *held {
        None => true,
        Some(held) if held.is_nan() => true,
        Some(held) => value.partial_cmp(&held).is_some_and(wins::<MAX>),
    };
    if better {
        *held = Some(value);
    }
}

fn add_longs<const MAX: bool>(
    states: &mut [Option<i64>],
    groups: &[usize],
    arguments: &[Argument],
    keep: Option<&BooleanArray>,
) {
    each_long(groups, &arguments[0], keep, |group, value| {
        keep_value::<MAX, i64>(&mut states[group], value);
    });
}

fn add_reals<const MAX: bool>(
    states: &mut [Option<f64>],
    groups: &[usize],
    arguments: &[Argument],
    keep: Option<&BooleanArray>,
) {
    each_real(groups, &arguments[0], keep, |group, value| keep_real::<MAX>(&mut states[group], value));
}

fn add_decimals<const MAX: bool>(
    states: &mut [Option<i256>],
    groups: &[usize],
    arguments: &[Argument],
    keep: Option<&BooleanArray>,
) {
    each_decimal(groups, &arguments[0], keep, |group, value| {
        keep_value::<MAX, i256>(&mut states[group], value);
    });
}

fn add_texts<const MAX: bool>(
    states: &mut [Option<String>],
    groups: &[usize],
    arguments: &[Argument],
    keep: Option<&BooleanArray>,
) {
    each(groups, keep, |group, row| {
        if !arguments[0].is_null(row) {
            let text = arguments[0].raw(row);
            let held = &mut states[group];
            match held {
                None => *held = Some(text.to_owned()),
                Some(held) if wins::<MAX>(text.cmp(held.as_str())) => {
                    held.clear();
                    held.push_str(text);
                }
                Some(_) => {}
            }
        }
    });
}
