//! `ipv6_is_in_range`: whether an IPv6 address lies in a range.

use crate::addresses::ipv6;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv6_is_in_range",
    summary: "Tells whether an IPv6 or IPv4 address is equal to the start of a range in the bits that count in both.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Text, "The address, with or without a prefix."),
            required("ip_range", Accepts::Text, "The range: an address with a prefix."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print ipv6_is_in_range('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd', 'a5e:f127:8a9d:146d:e102:b5d3:c755:0/112')",
            "True",
        ),
        example("print ipv6_is_in_range('::1', 'fe80::/10')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| Some(ipv6(&call[0].text(row))?.order(&ipv6(&call[1].text(row))?, None).is_eq()))
    },
    ..DEFAULTS
};
