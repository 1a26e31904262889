//! `hash_sha256`: the SHA-256 digest of a value.

use crate::function::*;
use crate::hexadecimal::hexadecimal;
use crate::types::Type;
use sha2::{Digest, Sha256};

/// The function.
pub const FUNCTION: Function = Function {
    name: "hash_sha256",
    summary: "Gives the SHA-256 digest of a value's text as hexadecimal digits; the empty text for the empty text.",
    signatures: &[signature(&[required("source", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[
        example(
            "print hash_sha256('World')",
            "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524",
        ),
        example("print hash_sha256('')", ""),
    ],
    evaluate: |call| {
        call.strings(|row| hexadecimal(&call[0].text(row), |text| Sha256::digest(text).to_vec()))
    },
    ..DEFAULTS
};
