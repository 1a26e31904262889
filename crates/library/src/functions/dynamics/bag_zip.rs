//! `bag_zip`: a bag from keys and values.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_zip",
    summary: "Makes a bag from an array of keys and an array of values; values that lack are null, keys that are no texts drop out.",
    signatures: &[signature(
        &[
            required("keys", Accepts::Is(Type::Dynamic), "Array of the keys."),
            required("values", Accepts::Is(Type::Dynamic), "Array of the values."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print bag_zip(dynamic(['a', 'b']), dynamic([1, 2]))", "{\"a\":1,\"b\":2}"),
        example("print bag_zip(dynamic(['a', 'b', 3]), dynamic([1]))", "{\"a\":1,\"b\":null}"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let (keys, values) = (elements(&call[0], row)?, elements(&call[1], row).unwrap_or_default());
            let mut bag = serde_json::Map::new();
            for (index, key) in keys.into_iter().enumerate() {
                if let Json::String(key) = key {
                    bag.insert(key, values.get(index).cloned().unwrap_or(Json::Null));
                }
            }
            Some(Json::Object(bag))
        })
    },
    ..DEFAULTS
};
