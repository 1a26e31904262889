//! `punycode_domain_from_string`: the name of a domain from Punycode.

use crate::function::*;
use crate::punycode;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "punycode_domain_from_string",
    summary: "Reads the labels of a domain that are in Punycode, after `xn--`; what is none gives the empty text.",
    signatures: &[signature(
        &[required("encoded_string", Accepts::Is(Type::String), "The name of the domain.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print punycode_domain_from_string('www.xn--bcher-kva.example')",
        "www.bücher.example",
    )],
    evaluate: |call| call.strings(|row| punycode::domain_from_ascii(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
