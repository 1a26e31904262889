//! `parse_version`: a version as a number that compares.

use crate::decimal;
use crate::function::*;
use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_version",
    summary: "Makes a decimal of a version of up to four parts, so that versions compare as numbers.",
    signatures: &[signature(
        &[required("version", Accepts::Text, "The version: `1.2.3.4`.")],
        Returns::Is(Type::Decimal),
    )],
    examples: &[
        example("print parse_version('1.2.3.4')", "1000000020000000300000004"),
        example("print parse_version('1.2') > parse_version('1.10')", "False"),
    ],
    evaluate: |call| {
        call.values(|row| match weight(&call[0].text(row)) {
            Some(weight) => Value::Decimal(weight),
            None => Value::Null(Type::Decimal),
        })
    },
    ..DEFAULTS
};

/// Eight digits for each part; missing parts are zero.
fn weight(version: &str) -> Option<i256> {
    let parts: Vec<&str> = version.split('.').collect();
    let plain = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 4 || !parts.iter().all(plain) {
        return None;
    }
    let digits: String = (0..4).map(|index| format!("{:0>8}", parts.get(index).unwrap_or(&"0"))).collect();
    decimal::parse(&digits)
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{s, text};

    #[test]
    fn odd_versions() {
        assert_eq!(text(&FUNCTION, &[s("1")]), "1000000000000000000000000");
        for odd in ["", "1.", "a", "1.2.3.4.5", "123456789", "-1"] {
            assert_eq!(text(&FUNCTION, &[s(odd)]), "", "{odd}");
        }
    }
}
