//! `trim`: a text without a pattern at its ends.

use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "trim",
    summary: "Removes a match of a regular expression from the start and from the end of a text.",
    signatures: &[signature(
        &[
            constant(required("regex", Accepts::Is(Type::String), "What to remove, once at each end.")),
            required("source", Accepts::Is(Type::String), "The text."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print trim('--', '--https://bing.com--')", "https://bing.com"),
        example("print trim('a', 'aaaa')", "aa"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[0], "", "").and_then(|inner| {
            pattern::refuse_empty(&inner)?;
            pattern::compiled(&format!("^(?:{inner})|(?:{inner})$"))
        })?;
        call.strings(|row| regex.replace_all(call[1].raw(row), ""))
    },
    ..DEFAULTS
};
