//! `parse_ipv4`: an IPv4 address as a number.

use crate::addresses::ipv4;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_ipv4",
    summary: "Gives the number of an IPv4 address, masked by its prefix.",
    signatures: &[signature(
        &[required("ip", Accepts::Text, "The address, with or without a prefix.")],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print parse_ipv4('127.0.0.1')", "2130706433"),
        example("print parse_ipv4('192.168.1.1/24')", "3232235776"),
        example("print parse_ipv4('x')", ""),
    ],
    evaluate: |call| {
        call.longs(|row| {
            let network = ipv4(&call[0].text(row))?;
            i64::try_from(network.masked(network.prefix)).ok()
        })
    },
    ..DEFAULTS
};
