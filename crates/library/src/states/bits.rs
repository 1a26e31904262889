//! Bitwise aggregates over integers; nulls are left out, of nothing: null.

use super::fixed::Fixed;
use super::rows::{each_long, long_value};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{ArrayRef, BooleanArray};

/// States that combine the first argument by AND.
pub fn and(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add::<AND>, join::<AND>, finish)
}

/// States that combine the first argument by OR.
pub fn or(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add::<OR>, join::<OR>, finish)
}

/// States that combine the first argument by XOR.
pub fn xor(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add::<XOR>, join::<XOR>, finish)
}

const AND: u8 = 0;
const OR: u8 = 1;
const XOR: u8 = 2;

fn combine<const OPERATION: u8>(state: &mut Option<i64>, value: i64) {
    *state = Some(match (*state, OPERATION) {
        (None, _) => value,
        (Some(held), AND) => held & value,
        (Some(held), OR) => held | value,
        (Some(held), _) => held ^ value,
    });
}

fn add<const OPERATION: u8>(
    states: &mut [Option<i64>],
    groups: &[usize],
    arguments: &[Argument],
    keep: Option<&BooleanArray>,
) {
    each_long(groups, &arguments[0], keep, |group, value| combine::<OPERATION>(&mut states[group], value));
}

fn join<const OPERATION: u8>(state: &mut Option<i64>, other: Option<i64>) {
    if let Some(other) = other {
        combine::<OPERATION>(state, other);
    }
}

fn finish(states: Vec<Option<i64>>, ty: Type) -> ArrayRef {
    Value::to_array(ty, states.into_iter().map(|v| v.map_or(Value::Null(ty), |v| long_value(ty, v))))
}
