//! `trim_start`: a text without a pattern at its start.

use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "trim_start",
    summary: "Removes a match of a regular expression from the start of a text.",
    signatures: &[signature(
        &[
            constant(required("regex", Accepts::Is(Type::String), "What to remove, once.")),
            required("source", Accepts::Is(Type::String), "The text."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print trim_start('https://', 'https://bing.com')", "bing.com"),
        example("print trim_start('[^a-z]+', '12ab12')", "ab12"),
    ],
    evaluate: |call| {
        pattern::refuse_empty(&pattern::argument(&call[0], "", "")?)?;
        let regex = pattern::argument(&call[0], "^(?:", ")")?;
        call.strings(|row| regex.replace(call[1].raw(row), ""))
    },
    ..DEFAULTS
};
