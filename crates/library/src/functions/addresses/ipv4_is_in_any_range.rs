//! `ipv4_is_in_any_range`: whether an IPv4 address lies in one of several ranges.

use crate::addresses::ipv4;
use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_is_in_any_range",
    summary: "Tells whether an IPv4 address lies in one of several ranges.",
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
        example("print ipv4_is_in_any_range('192.168.1.6', '10.0.0.0/8', '192.168.1.1/24')", "True"),
        example("print ipv4_is_in_any_range('1.2.3.4', dynamic(['10.0.0.0/8']))", "False"),
    ],
    evaluate: |call| {
        let ranges = TextList::new(&call.arguments[1..], ipv4);
        call.bools(|row| {
            let address = ipv4(&call[0].text(row))?;
            Some(ranges.at(row)?.iter().flatten().any(|range| address.order(range, None).is_eq()))
        })
    },
    ..DEFAULTS
};
