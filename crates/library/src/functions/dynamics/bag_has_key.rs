//! `bag_has_key`: whether a bag has a key.

use crate::function::*;
use crate::json_path::{get, parse_or_key};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_has_key",
    summary: "Tells whether a bag has a key; the key may be a path such as `$.a.b`.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "The bag."),
            required("key", Accepts::Is(Type::String), "The key or path."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print bag_has_key(dynamic({'a': 1}), 'a'), bag_has_key(dynamic({'a': {'b': 1}}), '$.a.b')",
            "True, True",
        ),
        example("print bag_has_key(dynamic({'a': 1}), 'b')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let bag = call[0].json(row)?;
            bag.is_object().then(|| get(&bag, &parse_or_key(call[1].raw(row))).is_some())
        })
    },
    ..DEFAULTS
};
