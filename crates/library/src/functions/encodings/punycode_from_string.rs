//! `punycode_from_string`: a text in Punycode.

use crate::function::*;
use crate::punycode;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "punycode_from_string",
    summary: "Writes a text in Punycode, which is ASCII only; without the `xn--` of domains.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The text.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print punycode_from_string('bücher')", "bcher-kva")],
    evaluate: |call| call.strings(|row| punycode::encode(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
