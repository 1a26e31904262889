//! `base64_decode_toarray`: bytes from base64.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_decode_toarray",
    summary: "Decodes base64 to an array of bytes; null when it is no base64.",
    signatures: &[signature(
        &[required("base64_string", Accepts::Is(Type::String), "The base64 text.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print base64_decode_toarray('S3VzdG8=')", "[75,117,115,116,111]")],
    evaluate: |call| {
        call.dynamics(|row| {
            let bytes = BASE64_STANDARD.decode(call[0].raw(row)).ok()?;
            Some(bytes.into_iter().map(Json::from).collect())
        })
    },
    ..DEFAULTS
};
