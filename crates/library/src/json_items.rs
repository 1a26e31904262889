//! The elements of JSON arrays and the members of bags. In: JSON text. Out: slices of it, no trees are built.

use crate::json_bytes::quote_or_backslash;
use std::ops::Range;

/// The elements of a JSON array as slices of its text; `None` when it is no array.
pub fn elements(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    each_element(text, |place| found.push(&text[place]))?;
    Some(found)
}

/// Where the elements of a JSON array stand, one after another; `None` when it is no array, which may show late.
pub fn each_element(text: &str, mut each: impl FnMut(Range<usize>)) -> Option<()> {
    let mut walk = Walk::new(text);
    walk.take(b'[')?;
    if walk.take(b']').is_some() {
        return Some(());
    }
    loop {
        each(walk.value()?);
        if walk.take(b',').is_none() {
            return walk.take(b']');
        }
    }
}

/// Where the keys (with their quotes) and values of a JSON object stand, one after another; `None` when it is no object,
/// which may show late.
pub fn each_member(text: &str, mut each: impl FnMut(Range<usize>, Range<usize>)) -> Option<()> {
    let mut walk = Walk::new(text);
    walk.take(b'{')?;
    if walk.take(b'}').is_some() {
        return Some(());
    }
    loop {
        let key = walk.value()?;
        walk.take(b':')?;
        each(key, walk.value()?);
        if walk.take(b',').is_none() {
            return walk.take(b'}');
        }
    }
}

/// A walk over JSON text that finds where values end. It trusts the text to be JSON and stops where it is not.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Walk<'a> {
        Walk { text, at: 0 }
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    /// Goes past a byte that stands next, blanks aside.
    fn take(&mut self, byte: u8) -> Option<()> {
        self.skip_blanks();
        (*self.text.as_bytes().get(self.at)? == byte).then(|| self.at += 1)
    }

    /// Goes past the value that stands next: where it stands.
    fn value(&mut self) -> Option<Range<usize>> {
        self.skip_blanks();
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        loop {
            match bytes.get(self.at)? {
                b'"' => {
                    self.string()?;
                    if depth == 0 {
                        break;
                    }
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => break,
                b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        break;
                    }
                }
                b',' if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        let value = self.text.get(start..self.at)?.trim_end();
        (!value.is_empty()).then(|| start..start + value.len())
    }

    /// Goes past a string.
    fn string(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            self.at = quote_or_backslash(bytes, self.at)?;
            if bytes[self.at] == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices() {
        assert_eq!(elements(r#" [ 1 , [2,"],"] , {"a":3} ] "#), Some(vec!["1", r#"[2,"],"]"#, r#"{"a":3}"#]));
        let mut found = Vec::new();
        let text = r#"{"a":[1], "b\"}" : 2 }"#;
        assert!(each_member(text, |key, value| found.push((&text[key], &text[value]))).is_some());
        assert_eq!(found, [("\"a\"", "[1]"), (r#""b\"}""#, "2")]);
    }

    #[test]
    fn broken_text_is_no_array() {
        for text in ["[1,2", "[1,,2]", "[\"a]", "[", "[\"a\\", "", "{}"] {
            assert_eq!(elements(text), None, "{text}");
        }
        for text in ["{", "{\"a\"", "{\"a\":}", "{\"a\":", "[]"] {
            assert_eq!(each_member(text, |_, _| {}), None, "{text}");
        }
        assert_eq!(elements("[1]]"), Some(vec!["1"]));
    }
}
