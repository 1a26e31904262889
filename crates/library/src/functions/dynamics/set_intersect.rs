//! `set_intersect`: the elements of all of several arrays.

use crate::arrays::{elements, key};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use std::collections::HashSet;

/// The function.
pub const FUNCTION: Function = Function {
    name: "set_intersect",
    summary: "Gives the distinct elements that occur in all of the arrays.",
    signatures: &[signature(
        &[repeated("set", Accepts::Is(Type::Dynamic), 2, "An array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print set_intersect(dynamic([1, 2, 3, 2]), dynamic([3, 2]))", "[2,3]"),
        example("print set_intersect(dynamic([1]), dynamic([2]))", "[]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let arrays: Option<Vec<_>> = call.arguments.iter().map(|set| elements(set, row)).collect();
            let mut arrays = arrays?.into_iter();
            let first = arrays.next()?;
            let others: Vec<HashSet<String>> = arrays.map(|set| set.iter().map(key).collect()).collect();
            let mut seen = HashSet::new();
            let kept = first.into_iter().filter(|element| {
                let key = key(element);
                others.iter().all(|set| set.contains(&key)) && seen.insert(key)
            });
            Some(Json::Array(kept.collect()))
        })
    },
    ..DEFAULTS
};
