//! `parse_ipv6_mask`: an IPv6 address under a mask in full.

use crate::addresses::{ipv4, ipv6_by_tail, ipv6_text, prefix};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_ipv6_mask",
    summary: "Writes an IPv6 or IPv4 address of which only the leading bits count as eight groups of four digits.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Text, "The address, with or without a prefix of its own."),
            required(
                "prefix",
                Accepts::Is(Type::Long),
                "How many bits count: 0 to 128, for an IPv4 address 0 to 32.",
            ),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print parse_ipv6_mask('127.0.0.1', 24)", "0000:0000:0000:0000:0000:ffff:7f00:0000"),
        example(
            "print parse_ipv6_mask('fe80::85d:e82c:9446:7994', 120)",
            "fe80:0000:0000:0000:085d:e82c:9446:7900",
        ),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let text = call[0].text(row);
            let wanted = call[1].long(row).and_then(|wanted| prefix(wanted, 128));
            match (ipv6_by_tail(&text), wanted) {
                (Some(network), Some(wanted)) => {
                    let wanted = if wanted <= 32 && ipv4(&text).is_some() { wanted + 96 } else { wanted };
                    ipv6_text(network.masked(network.prefix.min(wanted)))
                }
                _ => String::new(),
            }
        })
    },
    ..DEFAULTS
};
