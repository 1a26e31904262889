//! `set_difference`: the elements of the first array only.

use crate::arrays::{elements, key};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use std::collections::HashSet;

/// The function.
pub const FUNCTION: Function = Function {
    name: "set_difference",
    summary: "Gives the distinct elements of the first array that occur in none of the others.",
    signatures: &[signature(
        &[repeated("set", Accepts::Is(Type::Dynamic), 2, "An array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print set_difference(dynamic([1, 2, 3, 1]), dynamic([2]))", "[1,3]"),
        example("print set_difference(dynamic([1]), dynamic([1]))", "[]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let arrays: Option<Vec<_>> = call.arguments.iter().map(|set| elements(set, row)).collect();
            let mut arrays = arrays?.into_iter();
            let first = arrays.next()?;
            let mut seen: HashSet<String> = arrays.flatten().map(|element| key(&element)).collect();
            Some(Json::Array(first.into_iter().filter(|element| seen.insert(key(element))).collect()))
        })
    },
    ..DEFAULTS
};
