//! `tdigest` and `tdigest_merge`: digests per group, given as dynamics.

use super::fixed::Fixed;
use super::rows::each;
use crate::aggregate::{AggregateCall, GroupStates};
use crate::digest::{Digest, kept};
use crate::types::Type;
use crate::value::Value;
use arrow::array::ArrayRef;

/// States that digest the first argument, weighed by the second where there is one.
pub fn tdigest(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::<Digest>::boxed_with_heap(
        call.returns,
        |states, groups, arguments, keep| {
            each(groups, keep, |group, row| {
                let weight = arguments.get(1).map_or(Some(1), |weights| weights.long(row));
                if let (Some((value, ty)), Some(weight)) = (kept(&arguments[0], row), weight) {
                    states[group].add(value, weight, ty);
                }
            });
        },
        Digest::merge,
        finish,
        Digest::size,
    )
}

/// States that unite digests given as dynamics.
pub fn tdigest_merge(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::<Digest>::boxed_with_heap(
        call.returns,
        |states, groups, arguments, keep| {
            each(groups, keep, |group, row| {
                if let Some(digest) = arguments[0].json(row).as_ref().and_then(Digest::from_json) {
                    states[group].merge(digest);
                }
            });
        },
        Digest::merge,
        finish,
        Digest::size,
    )
}

fn finish(states: Vec<Digest>, ty: Type) -> ArrayRef {
    let result = |mut digest: Digest| {
        if digest.is_empty() { Value::Null(ty) } else { Value::Dynamic(digest.to_json()) }
    };
    Value::to_array(ty, states.into_iter().map(result))
}
