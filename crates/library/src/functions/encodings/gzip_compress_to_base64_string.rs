//! `gzip_compress_to_base64_string`: a text packed as gzip.

use crate::deflate;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "gzip_compress_to_base64_string",
    summary: "Packs a text as gzip and writes that in base64.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print gzip_compress_to_base64_string('abc')",
        "H4sIAAAAAAAA/wEDAPz/YWJjwkEkNQMAAAA=",
    )],
    evaluate: |call| call.strings(|row| deflate::gzip(call[0].raw(row))),
    ..DEFAULTS
};
