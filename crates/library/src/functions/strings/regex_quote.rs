//! `regex_quote`: a text as a regular expression that matches it.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "regex_quote",
    summary: "Escapes the characters of a text that have a meaning in regular expressions.",
    signatures: &[signature(&[required("string", Accepts::Any, "The text.")], Returns::Is(Type::String))],
    examples: &[
        example("print regex_quote('a.b')", "a\\.b"),
        example("print regex_quote('(so$me.Te^xt)')", "\\(so\\$me\\.Te\\^xt\\)"),
    ],
    evaluate: |call| call.strings(|row| regex::escape(&call[0].text(row))),
    ..DEFAULTS
};
