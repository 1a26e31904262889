//! `bag_remove_keys`: a bag without some keys.

use crate::arrays::elements;
use crate::function::*;
use crate::json_path::{Step, parse_or_key};
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_remove_keys",
    summary: "Removes keys from a bag; a key may be a path such as `$.a.b`.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "The bag."),
            required("keys", Accepts::Is(Type::Dynamic), "Array of the keys."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print bag_remove_keys(dynamic({'a': 1, 'b': 2, 'c': 3}), dynamic(['a', 'c']))", "{\"b\":2}"),
        example(
            "print bag_remove_keys(dynamic({'a': {'b': 1, 'c': 2}}), dynamic(['$.a.b']))",
            "{\"a\":{\"c\":2}}",
        ),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut bag = call[0].json(row)?;
            if !bag.is_object() {
                return None;
            }
            for key in elements(&call[1], row).unwrap_or_default() {
                if let Json::String(key) = key {
                    remove(&mut bag, &parse_or_key(&key));
                }
            }
            Some(bag)
        })
    },
    ..DEFAULTS
};

/// Removes the key at the end of a path of keys; a path that leads nowhere removes nothing.
fn remove(value: &mut Json, steps: &[Step]) {
    let Json::Object(bag) = value else { return };
    match steps {
        [Step::Key(key)] => {
            bag.shift_remove(key);
        }
        [Step::Key(key), rest @ ..] => {
            if let Some(inner) = bag.get_mut(key) {
                remove(inner, rest);
            }
        }
        [] | [Step::Index(_), ..] => {}
    }
}
