//! `bag_has_key`: whether a bag has a key.

use crate::function::*;
use crate::json_path::{Step, get, parse_or_key};
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
        example("print bag_has_key(dynamic({'a': [1]}), '$.a[0]')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let bag = call[0].json(row)?;
            let steps = parse_or_key(call[1].raw(row));
            // Places in arrays are not supported in such a path.
            let keys_only = steps.iter().all(|step| matches!(step, Step::Key(_)));
            bag.is_object().then(|| keys_only && get(&bag, &steps).is_some())
        })
    },
    ..DEFAULTS
};
