//! Dynamic values as JSON text: reading, writing, and scalar values as elements of arrays and bags.

use crate::json_bytes::quote_or_backslash;
use crate::json_reals;
use crate::value::{Json, Value};
use std::borrow::Cow;

/// The JSON tree of a text; `None` when it is not JSON.
pub fn parse(text: &str) -> Option<Json> {
    let mut tree = serde_json::from_str(text).ok()?;
    json_reals::correct(text, &mut tree);
    Some(tree)
}

/// The compact text of a tree: no blanks, keys in the order held.
pub fn text(value: &Json) -> String {
    value.to_string()
}

/// What `tostring` gives for the JSON text of a dynamic: a string without its quotes, anything else as it stands.
pub fn unquoted(json_text: &str) -> Cow<'_, str> {
    if !json_text.starts_with('"') {
        return Cow::Borrowed(json_text);
    }
    let inner = json_text.get(1..json_text.len().saturating_sub(1)).unwrap_or("");
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    match parse(json_text) {
        Some(Json::String(value)) => Cow::Owned(value),
        _ => Cow::Borrowed(json_text),
    }
}

/// The text of an element where text is wanted: a string without quotes, null as nothing, all else as JSON.
pub fn bare_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => text(value),
    }
}

/// A value as an element of a dynamic: datetime, timespan, guid and decimal as their text; `None` for null.
pub fn from_value(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null(_) => return None,
        Value::Bool(v) => Json::Bool(*v),
        Value::Int(v) => Json::from(*v),
        Value::Long(v) => Json::from(*v),
        Value::Real(v) => from_real(*v),
        Value::Dynamic(v) => v.clone(),
        Value::String(v) | Value::Guid(v) => Json::String(v.clone()),
        Value::Decimal(_) | Value::DateTime(_) | Value::TimeSpan(_) => Json::String(value.text()),
    })
}

/// A real as JSON; NaN and the infinities are the strings `NaN`, `Infinity`, `-Infinity`.
pub fn from_real(value: f64) -> Json {
    match serde_json::Number::from_f64(value) {
        Some(number) => Json::Number(number),
        None if value.is_nan() => Json::from("NaN"),
        None if value > 0.0 => Json::from("Infinity"),
        None => Json::from("-Infinity"),
    }
}

/// What a dynamic holds, read from its JSON text without a tree.
#[derive(Clone, PartialEq, Debug)]
pub enum Held<'a> {
    /// `null`, or text that is no JSON.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without point and exponent that fits 64 bits.
    Long(i64),
    /// Any other number.
    Real(f64),
    /// A string, decoded.
    String(Cow<'a, str>),
    /// An array.
    Array,
    /// A property bag.
    Bag,
}

/// What the JSON text of a dynamic holds.
pub fn held(json_text: &str) -> Held<'_> {
    let text = json_text.trim();
    match text.as_bytes().first() {
        Some(b'"') => Held::String(unquoted(text)),
        Some(b'{') => Held::Bag,
        Some(b'[') => Held::Array,
        Some(b't') if text == "true" => Held::Bool(true),
        Some(b'f') if text == "false" => Held::Bool(false),
        Some(b'-' | b'0'..=b'9') => match text.parse() {
            Ok(value) => Held::Long(value),
            Err(_) => text.parse().map_or(Held::Null, Held::Real),
        },
        _ => Held::Null,
    }
}

/// JSON text without blanks between its parts; the same text when it has none.
pub fn compact(json_text: &str) -> Cow<'_, str> {
    let Some(first) = next_blank(json_text, 0) else { return Cow::Borrowed(json_text) };
    let mut kept = String::with_capacity(json_text.len());
    let (mut from, mut blank) = (0, Some(first));
    while let Some(at) = blank {
        kept.push_str(&json_text[from..at]);
        from = at + 1;
        blank = next_blank(json_text, from);
    }
    kept.push_str(&json_text[from..]);
    Cow::Owned(kept)
}

/// The first blank outside of strings from a place outside of strings on.
fn next_blank(json_text: &str, mut at: usize) -> Option<usize> {
    let bytes = json_text.as_bytes();
    loop {
        match bytes.get(at)? {
            b' ' | b'\t' | b'\n' | b'\r' => return Some(at),
            b'"' => {
                at += 1;
                loop {
                    at = quote_or_backslash(bytes, at)?;
                    if bytes[at] == b'"' {
                        break;
                    }
                    at += 2;
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_in_strings_stay() {
        assert_eq!(compact(r#" { "a b" : [ 1 , "\" x" ] } "#), r#"{"a b":[1,"\" x"]}"#);
        assert!(matches!(compact(r#"{"a b":1}"#), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn blanks_between_parts_go(text in "([ \t\n\r]|[a1:,\\[{]|\"|\\\\|é){0,40}") {
            let mut kept = Vec::new();
            let (mut quoted, mut escaped) = (false, false);
            for byte in text.bytes() {
                if quoted {
                    quoted = escaped || byte != b'"';
                    escaped = !escaped && byte == b'\\';
                } else if byte.is_ascii_whitespace() {
                    continue;
                } else {
                    quoted = byte == b'"';
                }
                kept.push(byte);
            }
            let found = compact(&text);
            prop_assert_eq!(found.as_bytes(), kept);
        }
    }

    #[test]
    fn held_values() {
        assert_eq!(held("12"), Held::Long(12));
        assert_eq!(held("118.0"), Held::Real(118.0));
        assert_eq!(held(r#""a\n""#), Held::String("a\n".into()));
        assert_eq!(held("null"), Held::Null);
        assert_eq!(held("nonsense"), Held::Null);
        assert_eq!(held("-"), Held::Null);
        assert_eq!(held("[1]"), Held::Array);
    }
}
