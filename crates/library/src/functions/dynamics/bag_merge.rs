//! `bag_merge`: bags joined.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_merge",
    summary: "Joins bags into one; of equal keys the leftmost wins.",
    signatures: &[signature(
        &[repeated("bag", Accepts::Is(Type::Dynamic), 2, "A bag.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print bag_merge(dynamic({'a': 1, 'b': 2}), dynamic({'b': 3, 'c': 4}))",
        "{\"a\":1,\"b\":2,\"c\":4}",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut merged = serde_json::Map::new();
            for argument in call.arguments {
                let Json::Object(bag) = argument.json(row)? else { return None };
                for (key, value) in bag {
                    merged.entry(key).or_insert(value);
                }
            }
            Some(Json::Object(merged))
        })
    },
    ..DEFAULTS
};
