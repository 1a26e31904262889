//! `jaccard_index`: how alike two sets are.

use crate::arrays::{elements, key};
use crate::function::*;
use crate::types::Type;
use std::collections::HashSet;

/// The function.
pub const FUNCTION: Function = Function {
    name: "jaccard_index",
    summary: "Divides the number of elements that two arrays share by the number of elements that either has.",
    signatures: &[signature(
        &[
            required("set1", Accepts::Is(Type::Dynamic), "An array."),
            required("set2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print jaccard_index(dynamic([1, 2]), dynamic([2, 3, 4, 2]))", "0.25")],
    evaluate: |call| {
        call.reals(|row| {
            let keys = |index: usize| -> Option<HashSet<String>> {
                Some(elements(&call[index], row)?.iter().map(key).collect())
            };
            let (a, b) = (keys(0)?, keys(1)?);
            Some(a.intersection(&b).count() as f64 / a.union(&b).count() as f64)
        })
    },
    ..DEFAULTS
};
