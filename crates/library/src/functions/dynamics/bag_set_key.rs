//! `bag_set_key`: a bag with a key set.

use crate::function::*;
use crate::json_path::{Step, parse_or_key};
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_set_key",
    summary: "Sets a key of a bag; the key may be a path such as `$.a.b`, whose missing bags are made.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "The bag."),
            constant(required("key", Accepts::Is(Type::String), "The key or path.")),
            required("value", Accepts::Any, "The value to put there."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print bag_set_key(dynamic({'a': 1}), 'b', 2)", "{\"a\":1,\"b\":2}"),
        example(
            "print bag_set_key(dynamic({'a': {'b': 1, 'c': 2}}), '$.a.b', 3)",
            "{\"a\":{\"c\":2,\"b\":3}}",
        ),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let bag = call[0].json(row)?;
            let steps = parse_or_key(call[1].raw(row));
            let plain = bag.is_object() && steps.iter().all(|step| matches!(step, Step::Key(_)));
            plain.then(|| set(bag, &steps, call[2].json(row).unwrap_or(Json::Null)))
        })
    },
    ..DEFAULTS
};

/// The bag with a value at the end of a path. A key replaced below the top moves to the end of its bag.
fn set(value: Json, steps: &[Step], new: Json) -> Json {
    let Some((Step::Key(key), rest)) = steps.split_first() else { return new };
    let mut bag = match value {
        Json::Object(bag) => bag,
        _ => serde_json::Map::new(),
    };
    let inner = bag.get_mut(key).map_or(Json::Null, Json::take);
    if rest.is_empty() && !inner.is_null() {
        bag.shift_remove(key);
    }
    bag.insert(key.clone(), set(inner, rest, new));
    Json::Object(bag)
}
