//! Text in URLs: percent encoding, and the parameters of a query.

use crate::value::Json;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode_byte};
use std::collections::BTreeMap;

/// What is encoded: all but letters, digits and `-_.~`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The text with what may not stand in a URL as `%` and lower-case hexadecimal digits, and blanks as given.
pub fn encode(text: &str, blank: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for piece in percent_encoding::utf8_percent_encode(text, ENCODED) {
        if piece == percent_encode_byte(b' ') {
            encoded.push_str(blank);
        } else if piece.starts_with('%') {
            encoded.push_str(&piece.to_ascii_lowercase());
        } else {
            encoded.push_str(piece);
        }
    }
    encoded
}

/// The text of which a URL holds the encoded form; `+` is a blank, a broken `%` stands for itself.
pub fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The parameters of a query as a bag in order of their names, values as they stand in the query. Parameters without a
/// name or value are left out; several of one name are an array.
pub fn query_parameters(query: &str) -> Json {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut values: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if !name.is_empty() && !value.is_empty() {
            values.entry(name).or_default().push(Json::from(value));
        }
    }
    let single = |mut values: Vec<Json>| match values.len() {
        1 => values.remove(0),
        _ => Json::Array(values),
    };
    Json::Object(values.into_iter().map(|(name, values)| (name.to_owned(), single(values))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["", "a b+c%d&é/?#", "\u{0}\u{7f}", "-_.~"] {
            assert_eq!(decode(&encode(text, "+")), text);
            assert_eq!(decode(&encode(text, "%20")), text);
        }
        assert_eq!(encode("é ", "%20"), "%c3%a9%20");
        assert_eq!(decode("100%"), "100%");
    }
}
