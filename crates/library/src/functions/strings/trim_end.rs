//! `trim_end`: a text without a pattern at its end.

use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "trim_end",
    summary: "Removes a match of a regular expression from the end of a text.",
    signatures: &[signature(
        &[
            constant(required("regex", Accepts::Is(Type::String), "What to remove, once.")),
            required("source", Accepts::Is(Type::String), "The text."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print trim_end('.com', 'bing.com')", "bing"),
        example("print trim_end('[^a-z]+', '12ab12')", "12ab"),
    ],
    evaluate: |call| {
        pattern::refuse_empty(&pattern::argument(&call[0], "", "")?)?;
        let regex = pattern::argument(&call[0], "(?:", ")$")?;
        call.strings(|row| regex.replace(call[1].raw(row), ""))
    },
    ..DEFAULTS
};
