//! Averages: exact sums of integers and ticks; real for numbers, decimal, datetime and timespan keep their type.

use super::fixed::Fixed;
use super::rows::{each_decimal, each_long, each_real, long_value};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// States that average the first argument. Of nothing: NaN, or null where the type is not real.
pub fn states(call: AggregateCall) -> Box<dyn GroupStates> {
    let from = call.types.first().copied().unwrap_or(Type::Real);
    match from {
        Type::Real => Fixed::<(f64, i64)>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_real(groups, &arguments[0], keep, |group, value| {
                    states[group].0 += value;
                    states[group].1 += 1;
                });
            },
            |state, other| {
                state.0 += other.0;
                state.1 += other.1;
            },
            |states, ty| {
                Value::to_array(ty, states.into_iter().map(|(sum, count)| Value::Real(sum / count as f64)))
            },
        ),
        Type::Decimal => Fixed::<(i256, i64)>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_decimal(groups, &arguments[0], keep, |group, value| {
                    states[group] = (states[group].0.wrapping_add(value), states[group].1 + 1);
                });
            },
            |state, other| *state = (state.0.wrapping_add(other.0), state.1 + other.1),
            |states, ty| {
                let average = |(sum, count): (i256, i64)| {
                    sum.checked_div(i256::from_i128(i128::from(count)))
                        .map_or(Value::Null(ty), Value::Decimal)
                };
                Value::to_array(ty, states.into_iter().map(average))
            },
        ),
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::String
        | Type::DateTime
        | Type::TimeSpan
        | Type::Guid
        | Type::Dynamic => Fixed::<(i128, i64)>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_long(groups, &arguments[0], keep, |group, value| {
                    states[group].0 += i128::from(value);
                    states[group].1 += 1;
                });
            },
            |state, other| *state = (state.0.wrapping_add(other.0), state.1.wrapping_add(other.1)),
            |states, ty| Value::to_array(ty, states.into_iter().map(|state| exact(state, ty))),
        ),
    }
}

/// The average of integers or ticks as a value of the type.
fn exact((sum, count): (i128, i64), ty: Type) -> Value {
    if ty == Type::Real {
        return Value::Real(sum as f64 / count as f64);
    }
    match sum.checked_div(i128::from(count)) {
        Some(average) => long_value(ty, average as i64),
        None => Value::Null(ty),
    }
}
