//! Digests of texts as hexadecimal digits.

use std::fmt::Write;

/// The digest in lower-case hexadecimal digits; the empty text has the empty digest, as in Kusto.
pub fn hexadecimal(text: &str, digest: impl Fn(&str) -> Vec<u8>) -> String {
    if text.is_empty() {
        return String::new();
    }
    digest(text).iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("writing to a string does not fail");
        digits
    })
}
