//! `hash_md5`: the MD5 digest of a value.

use crate::function::*;
use crate::hexadecimal::hexadecimal;
use crate::types::Type;
use md5::{Digest, Md5};

/// The function.
pub const FUNCTION: Function = Function {
    name: "hash_md5",
    summary: "Gives the MD5 digest of a value's text as hexadecimal digits; the empty text for the empty text.",
    signatures: &[signature(&[required("source", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[
        example("print hash_md5('World')", "f5a7924e621e84c9280a9a27e1bcb7f6"),
        example("print hash_md5('')", ""),
    ],
    evaluate: |call| call.strings(|row| hexadecimal(&call[0].text(row), |text| Md5::digest(text).to_vec())),
    ..DEFAULTS
};
