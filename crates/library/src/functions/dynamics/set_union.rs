//! `set_union`: the elements of any of several arrays.

use crate::arrays::{elements, key};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use std::collections::HashSet;

/// The function.
pub const FUNCTION: Function = Function {
    name: "set_union",
    summary: "Gives the distinct elements that occur in any of the arrays, in the order they first appear.",
    signatures: &[signature(
        &[repeated("set", Accepts::Is(Type::Dynamic), 2, "An array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print set_union(dynamic([1, 2, 2]), dynamic([2, 3]))", "[1,2,3]")],
    evaluate: |call| {
        call.dynamics(|row| {
            let arrays: Option<Vec<_>> = call.arguments.iter().map(|set| elements(set, row)).collect();
            let mut seen = HashSet::new();
            let union = arrays?.into_iter().flatten().filter(|element| seen.insert(key(element)));
            Some(Json::Array(union.collect()))
        })
    },
    ..DEFAULTS
};
