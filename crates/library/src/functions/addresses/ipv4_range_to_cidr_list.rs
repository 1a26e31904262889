//! `ipv4_range_to_cidr_list`: a range of IPv4 addresses as networks.

use crate::addresses::{ipv4, ipv4_text};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ipv4_range_to_cidr_list",
    summary: "Gives the fewest networks that together hold all addresses from one to another.",
    signatures: &[signature(
        &[
            required("start_ip", Accepts::Text, "The first address."),
            required("end_ip", Accepts::Text, "The last address."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')",
        "[\"1.1.128.0/21\",\"1.1.136.0/22\",\"1.1.140.0/24\"]",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut next = ipv4(&call[0].text(row))?.bits as u64;
            let last = ipv4(&call[1].text(row))?.bits as u64;
            let mut networks = Vec::new();
            while next <= last {
                // The largest network that starts here and does not pass the last address.
                let aligned = if next == 0 { 32 } else { next.trailing_zeros().min(32) };
                let size = aligned.min((last - next + 1).ilog2());
                networks.push(Json::from(format!("{}/{}", ipv4_text(u128::from(next)), 32 - size)));
                next += 1 << size;
            }
            Some(Json::Array(networks))
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{s, text};

    #[test]
    fn edges() {
        assert_eq!(text(&FUNCTION, &[s("0.0.0.0"), s("255.255.255.255")]), r#"["0.0.0.0/0"]"#);
        assert_eq!(text(&FUNCTION, &[s("1.1.1.1"), s("1.1.1.1")]), r#"["1.1.1.1/32"]"#);
        assert_eq!(text(&FUNCTION, &[s("2.0.0.0"), s("1.0.0.0")]), "[]");
    }
}
