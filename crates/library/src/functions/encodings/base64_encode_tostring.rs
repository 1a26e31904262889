//! `base64_encode_tostring`: a text as base64.

use crate::function::*;
use crate::types::Type;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_encode_tostring",
    aliases: &["base64_encodestring"],
    summary: "Encodes the bytes of a text as base64.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print base64_encode_tostring('Kusto')", "S3VzdG8=")],
    evaluate: |call| call.strings(|row| BASE64_STANDARD.encode(call[0].raw(row))),
    ..DEFAULTS
};
