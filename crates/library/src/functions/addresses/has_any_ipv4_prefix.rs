//! `has_any_ipv4_prefix`: whether a text has an IPv4 address with one of several prefixes.

use crate::addresses::has_ipv4_prefix;
use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "has_any_ipv4_prefix",
    summary: "Tells whether an IPv4 address in a text starts with one of several prefixes.",
    signatures: &[
        signature(
            &[
                required("source", Accepts::Text, "The text."),
                required("ip_prefixes", Accepts::Is(Type::Dynamic), "Array of the prefixes."),
            ],
            Returns::Is(Type::Bool),
        ),
        signature(
            &[
                required("source", Accepts::Text, "The text."),
                repeated("ip_prefixes", Accepts::Is(Type::String), 1, "The prefixes."),
            ],
            Returns::Is(Type::Bool),
        ),
    ],
    examples: &[
        example("print has_any_ipv4_prefix('from 127.0.0.1', '10.', '127.0.')", "True"),
        example("print has_any_ipv4_prefix('from 127.0.0.1', dynamic(['10.', '127.0']))", "False"),
    ],
    evaluate: |call| {
        let prefixes = TextList::new(&call.arguments[1..], str::to_owned);
        call.bools(|row| {
            let text = call[0].text(row);
            Some(prefixes.at(row)?.iter().any(|prefix| has_ipv4_prefix(&text, prefix)))
        })
    },
    ..DEFAULTS
};
