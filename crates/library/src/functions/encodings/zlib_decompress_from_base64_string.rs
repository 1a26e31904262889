//! `zlib_decompress_from_base64_string`: the text of zlib.

use crate::deflate;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "zlib_decompress_from_base64_string",
    summary: "Unpacks a text from zlib in base64; anything else gives the empty text.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The zlib in base64.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print zlib_decompress_from_base64_string('eJxLTEoGAAJNASc='), zlib_decompress_from_base64_string('x')",
        "abc, ",
    )],
    evaluate: |call| call.strings(|row| deflate::from_zlib(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
