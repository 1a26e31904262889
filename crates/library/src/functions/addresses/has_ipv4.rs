//! `has_ipv4`: whether a text has an IPv4 address.

use crate::addresses::ipv4_in;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "has_ipv4",
    summary: "Tells whether an IPv4 address occurs in a text, set off by what is neither letter nor digit.",
    signatures: &[signature(
        &[
            required("source", Accepts::Text, "The text."),
            required("ip", Accepts::Is(Type::String), "The address."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico', '127.0.0.1')", "True"),
        example("print has_ipv4('05:04:54127.0.0.1 GET /favicon.ico', '127.0.0.1')", "False"),
    ],
    evaluate: |call| {
        call.bools(|row| Some(ipv4_in(&call[0].text(row)).any(|address| address == call[1].raw(row))))
    },
    ..DEFAULTS
};
