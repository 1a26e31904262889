//! `base64_encode_fromguid`: a guid as base64.

use crate::function::*;
use crate::guid_bytes::bytes;
use crate::types::Type;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_encode_fromguid",
    summary: "Encodes the bytes of a guid as base64.",
    signatures: &[signature(
        &[required("guid", Accepts::Is(Type::Guid), "The guid.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print base64_encode_fromguid(guid(ae3133f2-6e22-49ae-b06a-16e6a9b212eb))",
        "8jMxriJurkmwahbmqbIS6w==",
    )],
    evaluate: |call| {
        call.strings(|row| match bytes(call[0].raw(row)) {
            Some(bytes) => BASE64_STANDARD.encode(bytes),
            None => String::new(),
        })
    },
    ..DEFAULTS
};
