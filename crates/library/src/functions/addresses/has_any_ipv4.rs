//! `has_any_ipv4`: whether a text has one of several IPv4 addresses.

use crate::addresses::ipv4_in;
use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "has_any_ipv4",
    summary: "Tells whether one of several IPv4 addresses occurs in a text.",
    signatures: &[
        signature(
            &[
                required("source", Accepts::Text, "The text."),
                required("ips", Accepts::Is(Type::Dynamic), "Array of the addresses."),
            ],
            Returns::Is(Type::Bool),
        ),
        signature(
            &[
                required("source", Accepts::Text, "The text."),
                repeated("ips", Accepts::Is(Type::String), 1, "The addresses."),
            ],
            Returns::Is(Type::Bool),
        ),
    ],
    examples: &[
        example("print has_any_ipv4('from 127.0.0.1', '10.0.0.1', '127.0.0.1')", "True"),
        example("print has_any_ipv4('from 127.0.0.1', dynamic(['127.0.0.2']))", "False"),
    ],
    evaluate: |call| {
        let ips = TextList::new(&call.arguments[1..], str::to_owned);
        call.bools(|row| {
            let wanted = ips.at(row)?;
            Some(ipv4_in(&call[0].text(row)).any(|address| wanted.iter().any(|ip| ip == address)))
        })
    },
    ..DEFAULTS
};
