//! `ipv6_compare`: two IPv6 addresses in order.

use crate::addresses::{ipv6, prefix};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv6_compare",
    summary: "Compares two IPv6 or IPv4 addresses by the bits that count in both: -1, 0 or 1.",
    signatures: &[signature(
        &[
            required("ip1", Accepts::Text, "An address, with or without a prefix."),
            required("ip2", Accepts::Text, "Another."),
            optional("prefix", Accepts::Is(Type::Long), "How many bits count at most, 0 to 128."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print ipv6_compare('fe80::85d:e82c:9446:7994', 'fe80::85d:e82c:9446:7995')", "-1"),
        example("print ipv6_compare('192.168.1.1/24', '192.168.1.255/24')", "0"),
    ],
    evaluate: |call| {
        call.longs(|row| {
            let (a, b) = (ipv6(&call[0].text(row))?, ipv6(&call[1].text(row))?);
            let most = match call.get(2) {
                Some(most) => Some(prefix(most.long(row)?, 128)?),
                None => None,
            };
            Some(a.order(&b, most) as i64)
        })
    },
    ..DEFAULTS
};
