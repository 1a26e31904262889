//! `replace`: the old form of `replace_regex`, with the text last.

use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "replace",
    summary: "Replaces every match of a regular expression; the older order of arguments, with the text last.",
    signatures: &[signature(
        &[
            constant(required("regex", Accepts::Is(Type::String), "The regular expression.")),
            constant(required(
                "rewrite",
                Accepts::Is(Type::String),
                "What to put there; `\\1` stands for the first group.",
            )),
            required("source", Accepts::Is(Type::String), "The text to search."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print replace('/subscriptions/', '', '/subscriptions/x')", "x"),
        example("print replace(@'(\\d+)', @'<\\1>', 'a1b22')", "a<1>b<22>"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[0], "", "")?;
        let rewrite = call[1].constant_text()?;
        let rewrite = pattern::rewrite(&rewrite);
        call.strings(|row| regex.replace_all(call[2].raw(row), rewrite.as_ref()))
    },
    ..DEFAULTS
};
