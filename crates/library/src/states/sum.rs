//! Sums: integers and ticks wrap, nulls are left out, the sum of nothing is zero.

use super::fixed::Fixed;
use super::rows::{each_decimal, each_long, each_real, long_value};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// States that sum the first argument.
pub fn states(call: AggregateCall) -> Box<dyn GroupStates> {
    match call.returns {
        Type::Real => Fixed::<f64>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_real(groups, &arguments[0], keep, |group, value| states[group] += value);
            },
            |state, other| *state += other,
            |states, ty| Value::to_array(ty, states.into_iter().map(Value::Real)),
        ),
        Type::Decimal => Fixed::<i256>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_decimal(groups, &arguments[0], keep, |group, value| {
                    states[group] = states[group].wrapping_add(value);
                });
            },
            |state, other| *state = state.wrapping_add(other),
            |states, ty| Value::to_array(ty, states.into_iter().map(Value::Decimal)),
        ),
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::String
        | Type::DateTime
        | Type::TimeSpan
        | Type::Guid
        | Type::Dynamic => Fixed::<i64>::boxed(
            call.returns,
            |states, groups, arguments, keep| {
                each_long(groups, &arguments[0], keep, |group, value| {
                    states[group] = states[group].wrapping_add(value);
                });
            },
            |state, other| *state = state.wrapping_add(other),
            |states, ty| Value::to_array(ty, states.into_iter().map(|sum| long_value(ty, sum))),
        ),
    }
}
