//! `format_ipv4`: an IPv4 address as text.

use crate::addresses::{ipv4_text, numbered};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "format_ipv4",
    summary: "Writes an IPv4 address, given as a number or a text, of which only the leading bits count.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Any, "The address."),
            optional("prefix", Accepts::Is(Type::Long), "How many bits count, 0 to 32."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print format_ipv4('192.168.1.255', 24)", "192.168.1.0"),
        example("print format_ipv4(3232236031)", "192.168.1.255"),
    ],
    evaluate: |call| {
        call.strings(|row| match numbered(&call[0], call.get(1), row) {
            Some(network) => ipv4_text(network.masked(network.prefix)),
            None => String::new(),
        })
    },
    ..DEFAULTS
};
