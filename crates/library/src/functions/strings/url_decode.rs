//! `url_decode`: a text from a URL.

use crate::function::*;
use crate::types::Type;
use crate::url_text::decode;

/// The function.
pub const FUNCTION: Function = Function {
    name: "url_decode",
    summary: "Decodes the `%` sequences of a text from a URL; `+` becomes a blank.",
    signatures: &[signature(
        &[required("encoded_url", Accepts::Text, "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print url_decode('https%3a%2f%2fwww.bing.com%2f')", "https://www.bing.com/"),
        example("print url_decode('hello+world%21')", "hello world!"),
    ],
    evaluate: |call| call.strings(|row| decode(&call[0].text(row))),
    ..DEFAULTS
};
