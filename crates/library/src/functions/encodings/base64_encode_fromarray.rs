//! `base64_encode_fromarray`: bytes as base64.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use base64::{Engine, prelude::BASE64_STANDARD};

/// The function.
pub const FUNCTION: Function = Function {
    name: "base64_encode_fromarray",
    summary: "Encodes an array of bytes as base64; the empty text when the value is none.",
    signatures: &[signature(
        &[required("array", Accepts::Is(Type::Dynamic), "Array of the bytes.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))", "S3VzdG8=")],
    evaluate: |call| {
        call.strings(|row| {
            let byte = |element: &Json| u8::try_from(element.as_u64()?).ok();
            let bytes: Option<Vec<u8>> =
                elements(&call[0], row).and_then(|all| all.iter().map(byte).collect());
            bytes.map(|bytes| BASE64_STANDARD.encode(bytes)).unwrap_or_default()
        })
    },
    ..DEFAULTS
};
