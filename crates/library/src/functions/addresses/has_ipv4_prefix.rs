//! `has_ipv4_prefix`: whether a text has an IPv4 address with a prefix.

use crate::addresses::has_ipv4_prefix;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "has_ipv4_prefix",
    summary: "Tells whether an IPv4 address in a text starts with a prefix: a whole address, or numbers followed by points.",
    signatures: &[signature(
        &[
            required("source", Accepts::Text, "The text."),
            required("ip_prefix", Accepts::Is(Type::String), "The prefix: `192.168.`."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.')", "True"),
        example("print has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0')", "False"),
    ],
    evaluate: |call| call.bools(|row| Some(has_ipv4_prefix(&call[0].text(row), call[1].raw(row)))),
    ..DEFAULTS
};
