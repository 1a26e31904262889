//! `ipv6_is_in_any_range`: whether an IPv6 address lies in one of several ranges.

use crate::addresses::ipv6;
use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv6_is_in_any_range",
    summary: "Tells whether an IPv6 or IPv4 address lies in one of several ranges.",
    signatures: &[
        signature(
            &[
                required("ip", Accepts::Text, "The address."),
                required("ranges", Accepts::Is(Type::Dynamic), "Array of the ranges."),
            ],
            Returns::Is(Type::Bool),
        ),
        signature(
            &[
                required("ip", Accepts::Text, "The address."),
                repeated("ranges", Accepts::Is(Type::String), 1, "The ranges."),
            ],
            Returns::Is(Type::Bool),
        ),
    ],
    examples: &[
        example("print ipv6_is_in_any_range('fe80::1', 'fc00::/7', 'fe80::/10')", "True"),
        example("print ipv6_is_in_any_range('::1', dynamic(['fe80::/10']))", "False"),
    ],
    evaluate: |call| {
        let ranges = TextList::new(&call.arguments[1..], ipv6);
        call.bools(|row| {
            let address = ipv6(&call[0].text(row))?;
            Some(ranges.at(row)?.iter().flatten().any(|range| address.order(range, None).is_eq()))
        })
    },
    ..DEFAULTS
};
