//! `strcat_delim`: texts joined with a delimiter.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strcat_delim",
    summary: "Joins the texts of the arguments with a delimiter between them.",
    signatures: &[signature(
        &[
            required("delimiter", Accepts::Any, "What stands between the texts."),
            repeated("value", Accepts::Any, 2, "A value; null is the empty text."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print strcat_delim('-', 'a', int(null), 'b')", "a--b"),
        example("print strcat_delim(', ', 1, true)", "1, True"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let texts: Vec<_> = call.arguments[1..].iter().map(|argument| argument.text(row)).collect();
            texts.join(call[0].text(row).as_ref())
        })
    },
    ..DEFAULTS
};
