//! `dynamic_to_json`: a value as JSON with sorted keys.

use crate::function::*;
use crate::json;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "dynamic_to_json",
    summary: "Writes a value as JSON text, the keys of its bags sorted at every level.",
    signatures: &[signature(&[required("value", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[
        example(
            "print dynamic_to_json(dynamic({'b': 1, 'a': {'d': 2, 'c': 3}}))",
            "{\"a\":{\"c\":3,\"d\":2},\"b\":1}",
        ),
        example("print dynamic_to_json('x')", "\"x\""),
    ],
    evaluate: |call| call.strings(|row| json::text(&sorted(call[0].json(row).unwrap_or(Json::Null)))),
    ..DEFAULTS
};

/// The tree with the keys of all bags in order.
fn sorted(value: Json) -> Json {
    match value {
        Json::Object(bag) => {
            let mut entries: Vec<(String, Json)> =
                bag.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(entries.into_iter().collect())
        }
        Json::Array(elements) => Json::Array(elements.into_iter().map(sorted).collect()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => value,
    }
}
