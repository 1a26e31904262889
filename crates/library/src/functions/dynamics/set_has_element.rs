//! `set_has_element`: whether an array has an element.

use crate::arrays::{Arrays, same};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "set_has_element",
    summary: "Tells whether an element occurs in an array.",
    signatures: &[signature(
        &[
            required("set", Accepts::Is(Type::Dynamic), "The array."),
            required("value", Accepts::Any, "The element."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print set_has_element(dynamic(['this', 'is']), 'is')", "True"),
        example("print set_has_element(dynamic([1, 2]), 3)", "False"),
    ],
    evaluate: |call| {
        let sets = Arrays::new(&call[0]);
        call.bools(|row| {
            let wanted = call[1].json(row).unwrap_or(Json::Null);
            Some(sets.at(row)?.iter().any(|element| same(element, &wanted)))
        })
    },
    ..DEFAULTS
};
