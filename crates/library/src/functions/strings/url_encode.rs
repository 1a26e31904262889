//! `url_encode`: a text for use in a URL.

use crate::function::*;
use crate::types::Type;
use crate::url_text::encode;

/// The function.
pub const FUNCTION: Function = Function {
    name: "url_encode",
    summary: "Encodes the characters of a text that may not stand in a URL; a blank becomes `+`.",
    signatures: &[signature(
        &[required("url", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print url_encode('https://www.bing.com/hello world')",
        "https%3a%2f%2fwww.bing.com%2fhello+world",
    )],
    evaluate: |call| call.strings(|row| encode(call[0].raw(row), "+")),
    ..DEFAULTS
};
