//! `bag_pack_nonempty`: a bag from keys and values, nulls and empty texts left out; what `pack_all(true)` becomes.

use crate::function::*;
use crate::functions::dynamics::bag_pack;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_pack_nonempty",
    summary: "Makes a bag from alternating keys and values; nulls and empty texts are left out.",
    examples: &[example("print bag_pack_nonempty('a', 1, 'b', '', 'c', long(null))", "{\"a\":1}")],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut bag = serde_json::Map::new();
            for pair in call.arguments.chunks_exact(2) {
                match pair[1].json(row) {
                    None | Some(Json::Null) => {}
                    Some(Json::String(text)) if text.is_empty() => {}
                    Some(value) => {
                        bag.insert(pair[0].text(row).into_owned(), value);
                    }
                }
            }
            Some(Json::Object(bag))
        })
    },
    signatures: bag_pack::FUNCTION.signatures,
    overload: bag_pack::FUNCTION.overload,
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::Null;

    #[test]
    fn nothing_to_keep() {
        assert_eq!(answer("bag_pack_nonempty", &[s("a"), s(""), s("b"), Null(Type::Long)]), "{}");
        assert_eq!(answer("bag_pack_nonempty", &[s("a"), dynamic("[]")]), "{\"a\":[]}");
    }
}
