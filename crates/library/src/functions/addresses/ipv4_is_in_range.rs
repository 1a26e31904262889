//! `ipv4_is_in_range`: whether an IPv4 address lies in a range.

use crate::addresses::ipv4;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_is_in_range",
    summary: "Tells whether an IPv4 address is equal to the start of a range in the bits that count in both.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Text, "The address, with or without a prefix."),
            required("ip_range", Accepts::Text, "The range: an address with a prefix."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print ipv4_is_in_range('192.168.1.6', '192.168.1.1/24')", "True"),
        example("print ipv4_is_in_range('192.168.2.6', '192.168.1.1/24')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| Some(ipv4(&call[0].text(row))?.order(&ipv4(&call[1].text(row))?, None).is_eq()))
    },
    ..DEFAULTS
};
