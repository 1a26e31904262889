//! `format_ipv4_mask`: an IPv4 network as text.

use crate::addresses::{ipv4_text, numbered};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "format_ipv4_mask",
    summary: "Writes an IPv4 address, given as a number or a text, with its prefix.",
    signatures: &[signature(
        &[
            required("ip", Accepts::Any, "The address."),
            optional("prefix", Accepts::Is(Type::Long), "How many bits count, 0 to 32."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print format_ipv4_mask('192.168.1.255', 24)", "192.168.1.0/24"),
        example("print format_ipv4_mask(3232236031, 24)", "192.168.1.0/24"),
    ],
    evaluate: |call| {
        call.strings(|row| match numbered(&call[0], call.get(1), row) {
            Some(network) => format!("{}/{}", ipv4_text(network.masked(network.prefix)), network.prefix),
            None => String::new(),
        })
    },
    ..DEFAULTS
};
