//! JSON read as text: members and elements as slices, so that nested objects keep their key order and their bytes.
//!
//! In: text that `validate` has accepted (anything else gives fewer members, never a panic). Out: slices of it, or
//! compact text. No tree is built: a record of ten kilobytes becomes a table row by copying a few slices.

use std::borrow::Cow;

/// Whether the text is one JSON value.
pub(crate) fn validate(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| ())
}

/// The members of a JSON object, in the order written; values are slices of the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object<'a> {
    members: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Object<'a> {
    /// The members of an object; `None` for any other value.
    pub(crate) fn parse(text: &'a str) -> Option<Object<'a>> {
        let bytes = text.as_bytes();
        let mut at = skip_space(bytes, 0);
        if bytes.get(at) != Some(&b'{') {
            return None;
        }
        let mut members = Vec::with_capacity(20);
        at = skip_space(bytes, at + 1);
        while bytes.get(at) == Some(&b'"') {
            let key_end = skip_value(bytes, at);
            let key = string(text.get(at..key_end)?);
            at = skip_space(bytes, key_end);
            if bytes.get(at) != Some(&b':') {
                break;
            }
            let start = skip_space(bytes, at + 1);
            at = skip_value(bytes, start);
            members.push((key, text.get(start..at)?));
            at = skip_space(bytes, at);
            if bytes.get(at) != Some(&b',') {
                break;
            }
            at = skip_space(bytes, at + 1);
        }
        Some(Object { members })
    }

    /// An object of names and values at hand.
    pub(crate) fn from_pairs(members: Vec<(Cow<'a, str>, &'a str)>) -> Object<'a> {
        Object { members }
    }

    /// Names and values in the order written.
    pub(crate) fn members(&self) -> &[(Cow<'a, str>, &'a str)] {
        &self.members
    }

    /// The value as written, `null` included: the exact name, else the name in other letter case.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        let exact = self.members.iter().rev().find(|(key, _)| key == name);
        exact
            .or_else(|| self.members.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|m| m.1)
    }

    /// The value as written; `None` when absent or null.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.raw(name).filter(|raw| *raw != "null")
    }

    /// Whether the name is there, in any letter case.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// The scalar as text; the empty string when absent or null.
    pub(crate) fn text(&self, name: &str) -> Cow<'a, str> {
        self.get(name).map_or(Cow::Borrowed(""), scalar_text)
    }

    /// The scalar as text when it is there and not empty.
    pub(crate) fn filled(&self, name: &str) -> Option<Cow<'a, str>> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The nested object of that name.
    pub(crate) fn object(&self, name: &str) -> Option<Object<'a>> {
        self.get(name).and_then(Object::parse)
    }
}

/// The elements of a JSON array, as written; `None` for any other value.
pub(crate) fn elements(text: &str) -> Option<Vec<&str>> {
    let bytes = text.as_bytes();
    let mut at = skip_space(bytes, 0);
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let mut elements = Vec::new();
    at = skip_space(bytes, at + 1);
    while at < bytes.len() && bytes[at] != b']' {
        let end = skip_value(bytes, at);
        if end == at {
            break;
        }
        elements.push(text.get(at..end)?);
        at = skip_space(bytes, end);
        if bytes.get(at) != Some(&b',') {
            break;
        }
        at = skip_space(bytes, at + 1);
    }
    Some(elements)
}

/// A string without its quotes and escapes; other scalars as written; null as the empty string.
pub(crate) fn scalar_text(raw: &str) -> Cow<'_, str> {
    match raw.as_bytes().first() {
        Some(b'"') => string(raw),
        Some(b'{' | b'[') => compact(raw),
        _ if raw == "null" => Cow::Borrowed(""),
        _ => Cow::Borrowed(raw),
    }
}

/// What a JSON string says.
fn string(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    // A lone surrogate has no text: the escapes then stay as written.
    serde_json::from_str::<String>(raw).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// The text of a column that holds JSON: compact; '' for null; a string that holds JSON text gives that text.
pub(crate) fn json_cell(raw: Option<&str>) -> Cow<'_, str> {
    match raw {
        None => Cow::Borrowed(""),
        Some(raw) if raw.starts_with('"') => match string(raw) {
            Cow::Borrowed(text) => compact(text),
            Cow::Owned(text) => Cow::Owned(compact(&text).into_owned()),
        },
        Some(raw) => normalised(raw),
    }
}

/// A JSON value as the service writes it: compact, and `\u0027` or `\/` as the characters they stand for.
pub(crate) fn normalised(raw: &str) -> Cow<'_, str> {
    if (raw.contains("\\u") || raw.contains("\\/"))
        && let Ok(value) = serde_json::from_str::<serde_json::Value>(raw)
    {
        return Cow::Owned(value.to_string());
    }
    compact(raw)
}

/// The same JSON text without white space between tokens. Other text comes back untouched.
pub(crate) fn compact(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let starts = skip_space(bytes, 0);
    if !matches!(bytes.get(starts), Some(b'{' | b'[')) || !has_outer_space(bytes) {
        return Cow::Borrowed(text);
    }
    if validate(text).is_err() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let start = skip_space(bytes, at);
        at = start;
        while at < bytes.len() && !is_space(bytes[at]) {
            at = if bytes[at] == b'"' { skip_string(bytes, at) } else { at + 1 };
        }
        out.push_str(text.get(start..at).unwrap_or_default());
    }
    Cow::Owned(out)
}

/// White space outside of strings.
fn has_outer_space(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = skip_string(bytes, at),
            byte if is_space(byte) => return true,
            _ => at += 1,
        }
    }
    false
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The first place at or after `at` that is not white space.
pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && is_space(bytes[at]) {
        at += 1;
    }
    at
}

/// The place behind the string that opens at `at`.
pub(crate) fn skip_string(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The place behind the value that begins at `at`.
fn skip_value(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        None => at,
        Some(b'"') => skip_string(bytes, at),
        Some(b'{' | b'[') => skip_nested(bytes, at),
        Some(_) => {
            let mut end = at;
            while end < bytes.len()
                && !is_space(bytes[end])
                && !matches!(bytes[end], b',' | b'}' | b']' | b':')
            {
                end += 1;
            }
            end
        }
    }
}

/// The place behind the object or array that opens at `at`.
fn skip_nested(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0usize;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = skip_string(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Appends a text as a JSON string, quotes and escapes included.
pub(crate) fn push_string(out: &mut String, text: &str) {
    match serde_json::to_string(text) {
        Ok(quoted) => out.push_str(&quoted),
        Err(_) => out.push_str("\"\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_order_and_text() {
        let object = Object::parse(r#" { "b" : {"y":1, "x":"}"}, "a\u0062":null,"C":"q\"r" } "#).unwrap();
        let names: Vec<_> = object.members().iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names, ["b", "ab", "C"]);
        assert_eq!(object.raw("b"), Some(r#"{"y":1, "x":"}"}"#));
        assert_eq!(json_cell(object.get("b")), r#"{"y":1,"x":"}"}"#);
        assert_eq!(object.get("ab"), None);
        assert!(object.has("AB"));
        assert_eq!(object.text("c"), "q\"r");
    }

    #[test]
    fn json_cells_are_compact_and_plain() {
        assert_eq!(json_cell(Some(r#"{"a":"it\u0027s \/ C:\\users"}"#)), r#"{"a":"it's / C:\\users"}"#);
        assert_eq!(json_cell(Some(r#""{\"a\": 1}""#)), r#"{"a":1}"#);
        assert_eq!(compact("plain text"), "plain text");
        assert_eq!(compact("[ 1 , \"a b\" ]"), "[1,\"a b\"]");
    }

    #[test]
    fn elements_are_slices() {
        assert_eq!(elements("[1, {\"a\":[2,3]} ,\"x,]\"]").unwrap(), ["1", "{\"a\":[2,3]}", "\"x,]\""]);
        assert_eq!(elements("[]").unwrap(), Vec::<&str>::new());
        assert!(elements("{}").is_none());
    }
}
