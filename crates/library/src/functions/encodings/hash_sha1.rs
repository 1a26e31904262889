//! `hash_sha1`: the SHA-1 digest of a value.

use crate::function::*;
use crate::hexadecimal::hexadecimal;
use crate::types::Type;
use sha1::{Digest, Sha1};

/// The function.
pub const FUNCTION: Function = Function {
    name: "hash_sha1",
    summary: "Gives the SHA-1 digest of a value's text as hexadecimal digits; the empty text for the empty text.",
    signatures: &[signature(&[required("source", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[
        example("print hash_sha1('World')", "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"),
        example("print hash_sha1('')", ""),
    ],
    evaluate: |call| call.strings(|row| hexadecimal(&call[0].text(row), |text| Sha1::digest(text).to_vec())),
    ..DEFAULTS
};
