//! `bag_keys`: the keys of a bag.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_keys",
    summary: "Gives the keys of a bag as an array; null when the value is no bag.",
    signatures: &[signature(
        &[required("object", Accepts::Is(Type::Dynamic), "The bag.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print bag_keys(dynamic({'a': 'b', 'c': 123}))", "[\"a\",\"c\"]"),
        example("print bag_keys(dynamic({}))", "[]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| match call[0].json(row)? {
            Json::Object(bag) => Some(bag.keys().map(|key| Json::from(key.as_str())).collect()),
            _ => None,
        })
    },
    ..DEFAULTS
};
