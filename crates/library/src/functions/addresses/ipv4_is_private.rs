//! `ipv4_is_private`: whether an IPv4 address is private.

use crate::addresses::ipv4;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_is_private",
    summary: "Tells whether an IPv4 address belongs to 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
    signatures: &[signature(
        &[required("ip", Accepts::Text, "The address, with or without a prefix.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print ipv4_is_private('192.168.1.1/24')", "True"),
        example("print ipv4_is_private('202.1.2.3')", "False"),
    ],
    evaluate: |call| {
        let private: Vec<_> =
            ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].iter().filter_map(|r| ipv4(r)).collect();
        call.bools(|row| {
            let network = ipv4(&call[0].text(row))?;
            Some(private.iter().any(|range| range.contains(&network)))
        })
    },
    ..DEFAULTS
};
