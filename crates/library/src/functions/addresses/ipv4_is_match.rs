//! `ipv4_is_match`: whether two IPv4 addresses are alike.

use crate::addresses::{ipv4, prefix};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_is_match",
    summary: "Tells whether two IPv4 addresses are equal in the bits that count in both.",
    signatures: &[signature(
        &[
            required("ip1", Accepts::Text, "An address, with or without a prefix."),
            required("ip2", Accepts::Text, "Another."),
            optional("prefix", Accepts::Is(Type::Long), "How many bits count at most, 0 to 32."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print ipv4_is_match('192.168.1.1/24', '192.168.1.255/24')", "True"),
        example("print ipv4_is_match('127.0.0.1', '127.0.0.2')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let (a, b) = (ipv4(&call[0].text(row))?, ipv4(&call[1].text(row))?);
            let most = match call.get(2) {
                Some(most) => Some(prefix(most.long(row)?, 32)?),
                None => None,
            };
            Some(a.order(&b, most).is_eq())
        })
    },
    ..DEFAULTS
};
