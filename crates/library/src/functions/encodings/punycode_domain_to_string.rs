//! `punycode_domain_to_string`: the name of a domain in Punycode.

use crate::function::*;
use crate::punycode;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "punycode_domain_to_string",
    summary: "Writes the labels of a domain that are not ASCII in Punycode, after `xn--`.",
    signatures: &[signature(
        &[required("domain", Accepts::Is(Type::String), "The name of the domain.")],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "print punycode_domain_to_string('www.bücher.example')",
        "www.xn--bcher-kva.example",
    )],
    evaluate: |call| call.strings(|row| punycode::domain_to_ascii(call[0].raw(row)).unwrap_or_default()),
    ..DEFAULTS
};
