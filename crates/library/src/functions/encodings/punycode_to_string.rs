//! `punycode_to_string`: the text of Punycode.

use crate::function::*;
use crate::punycode;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "punycode_to_string",
    summary: "Reads the text of Punycode; what is none gives the empty text.",
    signatures: &[signature(
        &[required("string", Accepts::Is(Type::String), "The Punycode, without the `xn--` of domains.")],
        Returns::Is(Type::String),
    )],
    examples: &[example("print punycode_to_string('bcher-kva'), punycode_to_string('ü')", "bücher, ")],
    evaluate: |call| call.strings(|row| punycode::decode(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
