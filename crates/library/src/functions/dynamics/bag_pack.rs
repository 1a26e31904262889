//! `bag_pack`: a bag from a list of keys and values.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_pack",
    aliases: &["pack", "pack_dictionary"],
    summary: "Makes a bag from alternating keys and values.",
    signatures: &[signature(
        &[
            required("key", Accepts::Is(Type::String), "A key."),
            required("value", Accepts::Any, "Its value; more pairs may follow."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    overload: Some(pairs),
    examples: &[
        example(
            "print bag_pack('Level', 'Information', 'Process', 1234)",
            "{\"Level\":\"Information\",\"Process\":1234}",
        ),
        example("print bag_pack('a', long(null))", "{\"a\":null}"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut bag = serde_json::Map::new();
            for pair in call.arguments.chunks_exact(2) {
                bag.insert(pair[0].text(row).into_owned(), pair[1].json(row).unwrap_or(Json::Null));
            }
            Some(Json::Object(bag))
        })
    },
    ..DEFAULTS
};

/// Any even number of arguments whose keys are texts.
fn pairs(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let texts = arguments.iter().step_by(2).all(|key| matches!(key.ty, Type::String | Type::Dynamic));
    (texts && !arguments.is_empty() && arguments.len().is_multiple_of(2)).then(|| Overload {
        arguments: arguments.iter().map(|argument| argument.ty).collect(),
        returns: Type::Dynamic,
    })
}
