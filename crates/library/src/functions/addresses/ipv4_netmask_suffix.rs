//! `ipv4_netmask_suffix`: the prefix of an IPv4 address.

use crate::addresses::ipv4;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_netmask_suffix",
    summary: "Gives the prefix of an IPv4 address; 32 when it has none.",
    signatures: &[signature(&[required("ip", Accepts::Text, "The address.")], Returns::Is(Type::Long))],
    examples: &[
        example("print ipv4_netmask_suffix('192.168.1.1/24')", "24"),
        example("print ipv4_netmask_suffix('192.168.1.1')", "32"),
    ],
    evaluate: |call| call.longs(|row| ipv4(&call[0].text(row)).map(|network| i64::from(network.prefix))),
    ..DEFAULTS
};
