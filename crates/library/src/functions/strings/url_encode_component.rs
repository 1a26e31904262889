//! `url_encode_component`: a text for use in a part of a URL.

use crate::function::*;
use crate::types::Type;
use crate::url_text::encode;

/// The function.
pub const FUNCTION: Function = Function {
    name: "url_encode_component",
    summary: "Encodes the characters of a text that may not stand in a part of a URL; a blank becomes `%20`.",
    signatures: &[signature(
        &[required("url", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print url_encode_component('hello world/')", "hello%20world%2f")],
    evaluate: |call| call.strings(|row| encode(call[0].raw(row), "%20")),
    ..DEFAULTS
};
