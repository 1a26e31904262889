//! `gzip_decompress_from_base64_string`: the text of gzip.

use crate::deflate;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "gzip_decompress_from_base64_string",
    summary: "Unpacks a text from gzip in base64; anything else gives the empty text.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The gzip in base64.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print gzip_decompress_from_base64_string('H4sIAAAAAAAA/wEDAPz/YWJjwkEkNQMAAAA='), gzip_decompress_from_base64_string('x')",
        "abc, ",
    )],
    evaluate: |call| call.strings(|row| deflate::from_gzip(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
