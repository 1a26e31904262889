//! `base64_decode_tostring`: a text from base64.

use crate::function::*;
use crate::types::Type;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_decode_tostring",
    aliases: &["base64_decodestring"],
    summary: "Decodes base64 to a text; what is no base64 or no UTF-8 gives the empty text.",
    signatures: &[signature(
        &[required("base64_string", Accepts::Is(Type::String), "The base64 text.")],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print base64_decode_tostring('S3VzdG8=')", "Kusto"),
        example("print base64_decode_tostring('U3RyaW5n0KHR0tGA0L7Rh9C60LA=')", ""),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let bytes = BASE64_STANDARD.decode(call[0].raw(row)).unwrap_or_default();
            String::from_utf8(bytes).unwrap_or_default()
        })
    },
    ..DEFAULTS
};
