//! `replace_string`: a text replaced literally.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "replace_string",
    summary: "Replaces every occurrence of a text by another; case counts.",
    signatures: &[signature(
        &[
            required("text", Accepts::Is(Type::String), "The text to search."),
            required("lookup", Accepts::Is(Type::String), "The text to replace."),
            required("rewrite", Accepts::Is(Type::String), "What to put there."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print replace_string('a cat', 'cat', 'dog')", "a dog"),
        example("print replace_string('a.b', '.', '')", "ab"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let (text, lookup) = (call[0].raw(row), call[1].raw(row));
            if lookup.is_empty() { text.to_owned() } else { text.replace(lookup, call[2].raw(row)) }
        })
    },
    ..DEFAULTS
};
