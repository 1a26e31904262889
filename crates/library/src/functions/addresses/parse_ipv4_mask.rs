//! `parse_ipv4_mask`: an IPv4 address under a mask as a number.

use crate::addresses::{ipv4, prefix};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_ipv4_mask",
    summary: "Gives the number of an IPv4 address of which only the leading bits count.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Text, "The address, with or without a prefix of its own."),
            required("prefix", Accepts::Is(Type::Long), "How many bits count, 0 to 32."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print parse_ipv4_mask('192.1.168.2', 31) == parse_ipv4_mask('192.1.168.3', 31)", "True"),
        example("print parse_ipv4_mask('127.0.0.1', 24)", "2130706432"),
    ],
    evaluate: |call| {
        call.longs(|row| {
            let network = ipv4(&call[0].text(row))?;
            i64::try_from(network.masked(network.prefix.min(prefix(call[1].long(row)?, 32)?))).ok()
        })
    },
    ..DEFAULTS
};
