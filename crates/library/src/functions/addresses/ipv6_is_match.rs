//! `ipv6_is_match`: whether two IPv6 addresses are alike.

use crate::addresses::{ipv6, prefix};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv6_is_match",
    summary: "Tells whether two IPv6 or IPv4 addresses are equal in the bits that count in both.",
    signatures: &[signature(
        &[
            required("ip1", Accepts::Text, "An address, with or without a prefix."),
            required("ip2", Accepts::Text, "Another."),
            optional("prefix", Accepts::Is(Type::Long), "How many bits count at most, 0 to 128."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print ipv6_is_match('fe80::85d:e82c:9446:7994/127', 'fe80::85d:e82c:9446:7995/127')",
            "True",
        ),
        example("print ipv6_is_match('::1', '::2')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let (a, b) = (ipv6(&call[0].text(row))?, ipv6(&call[1].text(row))?);
            let most = match call.get(2) {
                Some(most) => Some(prefix(most.long(row)?, 128)?),
                None => None,
            };
            Some(a.order(&b, most).is_eq())
        })
    },
    ..DEFAULTS
};
