//! `set_equals`: whether two arrays have the same elements.

use crate::arrays::{elements, key};
use crate::function::*;
use crate::types::Type;
use std::collections::HashSet;

/// The function.
pub const FUNCTION: Function = Function {
    name: "set_equals",
    summary: "Tells whether two arrays have the same distinct elements, in whatever order.",
    signatures: &[signature(
        &[
            required("set1", Accepts::Is(Type::Dynamic), "An array."),
            required("set2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print set_equals(dynamic([1, 2]), dynamic([2, 1, 1]))", "True"),
        example("print set_equals(dynamic([1, 2]), dynamic([1]))", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let keys = |index: usize| -> Option<HashSet<String>> {
                Some(elements(&call[index], row)?.iter().map(key).collect())
            };
            Some(keys(0)? == keys(1)?)
        })
    },
    ..DEFAULTS
};
