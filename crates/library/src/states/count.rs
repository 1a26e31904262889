//! Counting rows.

use super::fixed::Fixed;
use super::rows::each;
use crate::aggregate::{AggregateCall, GroupStates};
use arrow::array::Int64Array;
use std::sync::Arc;

/// States that count the rows that take part, whatever they hold.
pub fn states(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::<i64>::boxed(
        call.returns,
        |states, groups, _, keep| each(groups, keep, |group, _| states[group] += 1),
        |state, other| *state = state.wrapping_add(other),
        |states, _| Arc::new(Int64Array::from(states)),
    )
}
