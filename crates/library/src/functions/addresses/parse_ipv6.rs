//! `parse_ipv6`: an IPv6 address in full.

use crate::addresses::{ipv6_by_tail, ipv6_text};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_ipv6",
    summary: "Writes an IPv6 or IPv4 address as eight groups of four digits, masked by its prefix; the empty text when it is none.",
    signatures: &[signature(
        &[required("ip", Accepts::Text, "The address, with or without a prefix.")],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print parse_ipv6('127.0.0.1')", "0000:0000:0000:0000:0000:ffff:7f00:0001"),
        example(
            "print parse_ipv6('fe80::85d:e82c:9446:7994/120')",
            "fe80:0000:0000:0000:085d:e82c:9446:7900",
        ),
    ],
    evaluate: |call| {
        call.strings(|row| match ipv6_by_tail(&call[0].text(row)) {
            Some(network) => ipv6_text(network.masked(network.prefix)),
            None => String::new(),
        })
    },
    ..DEFAULTS
};
