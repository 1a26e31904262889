//! `base64_decode_toguid`: a guid from base64.

use crate::function::*;
use crate::guid_bytes::text;
use crate::types::Type;
use crate::value::Value;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_decode_toguid",
    summary: "Decodes base64 to a guid; null when it is not the 16 bytes of one.",
    signatures: &[signature(
        &[required("base64_string", Accepts::Is(Type::String), "The base64 text.")],
        Returns::Is(Type::Guid),
    )],
    examples: &[example(
        "print base64_decode_toguid('JpbpECu8dUy7Pv5gbeJXAA==')",
        "10e99626-bc2b-4c75-bb3e-fe606de25700",
    )],
    evaluate: |call| {
        call.values(|row| {
            let bytes = BASE64_STANDARD.decode(call[0].raw(row)).ok();
            match bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok()) {
                Some(bytes) => Value::Guid(text(bytes)),
                None => Value::Null(Type::Guid),
            }
        })
    },
    ..DEFAULTS
};
