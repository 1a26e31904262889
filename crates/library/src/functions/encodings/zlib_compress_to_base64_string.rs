//! `zlib_compress_to_base64_string`: a text packed as zlib.

use crate::deflate;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "zlib_compress_to_base64_string",
    summary: "Packs a text as zlib and writes that in base64.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print zlib_compress_to_base64_string('abc')", "eAEBAwD8/2FiYwJNASc=")],
    evaluate: |call| call.strings(|row| deflate::zlib(call[0].raw(row))),
    ..DEFAULTS
};
