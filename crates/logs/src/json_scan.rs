//! One pass over a JSON object that validates it and finds its members, and those of the object under `properties`.
//!
//! In: text. Out: the same members that `Object::parse` gives, and whether nested values may be copied as they are. Only
//! the ordinary is taken: what is broken, deep or spelled with escapes in its keys gives `None`, and is left to the
//! readers that can say more of it.

use crate::json_text::Object;
use std::borrow::Cow;

/// Levels of nesting taken here.
const MAX_DEPTH: usize = 64;

/// An object and the one within it.
pub(crate) struct Scanned<'a> {
    pub(crate) object: Object<'a>,
    /// The value of its last member `properties`, when that is an object.
    pub(crate) properties: Option<Object<'a>>,
    /// Whether there is no white space between tokens and no escape that has a shorter form: nested values are then
    /// as the tables have them.
    pub(crate) is_plain: bool,
}

/// The members of an object that is valid JSON.
pub(crate) fn scan(text: &str) -> Option<Scanned<'_>> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), is_odd: false };
    let mut properties = None;
    let (members, end) = scanner.members(0, Some(&mut properties))?;
    (scanner.space(end) == text.len()).then(|| Scanned {
        object: Object::from_pairs(members),
        properties: properties.map(Object::from_pairs),
        is_plain: !scanner.is_odd,
    })
}

/// Whether the text is one JSON value, as far as can be told here: false also for some that are.
pub(crate) fn is_valid(text: &str) -> bool {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), is_odd: false };
    let begin = scanner.space(0);
    scanner.value(begin, MAX_DEPTH).is_some_and(|end| scanner.space(end) == text.len())
}

type Members<'a> = Vec<(Cow<'a, str>, &'a str)>;

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    is_odd: bool,
}

impl<'a> Scanner<'a> {
    /// The members of the object that opens at `at`, and the place behind it.
    fn members(
        &mut self,
        at: usize,
        mut properties: Option<&mut Option<Members<'a>>>,
    ) -> Option<(Members<'a>, usize)> {
        if *self.bytes.get(at)? != b'{' {
            return None;
        }
        let mut members = Vec::with_capacity(24);
        let mut at = self.space(at + 1);
        if self.bytes.get(at) == Some(&b'}') {
            return Some((members, at + 1));
        }
        loop {
            let (key, begin) = self.key(at)?;
            let end = match &mut properties {
                Some(found) if key == "properties" && self.bytes.get(begin) == Some(&b'{') => {
                    let (within, end) = self.members(begin, None)?;
                    **found = Some(within);
                    end
                }
                Some(found) if key.eq_ignore_ascii_case("properties") => {
                    **found = None;
                    self.value(begin, MAX_DEPTH)?
                }
                Some(_) | None => self.value(begin, MAX_DEPTH)?,
            };
            members.push((Cow::Borrowed(key), self.text.get(begin..end)?));
            at = self.space(end);
            match self.bytes.get(at)? {
                b',' => at = self.space(at + 1),
                b'}' => return Some((members, at + 1)),
                _ => return None,
            }
        }
    }

    /// The key that opens at `at`, and where its value begins.
    fn key(&mut self, at: usize) -> Option<(&'a str, usize)> {
        if *self.bytes.get(at)? != b'"' {
            return None;
        }
        let end = self.string(at + 1)?;
        let key = self.text.get(at + 1..end - 1)?;
        if key.as_bytes().contains(&b'\\') {
            return None;
        }
        let colon = self.space(end);
        (*self.bytes.get(colon)? == b':').then(|| (key, self.space(colon + 1)))
    }

    /// The place behind the value that begins at `at`.
    fn value(&mut self, at: usize, depth: usize) -> Option<usize> {
        match *self.bytes.get(at)? {
            b'"' => self.string(at + 1),
            b'{' => self.nested(at, b'}', depth.checked_sub(1)?),
            b'[' => self.nested(at, b']', depth.checked_sub(1)?),
            b't' => self.literal(at, b"true"),
            b'f' => self.literal(at, b"false"),
            b'n' => self.literal(at, b"null"),
            _ => self.number(at),
        }
    }

    /// The place behind the object or array that opens at `at`.
    fn nested(&mut self, at: usize, close: u8, depth: usize) -> Option<usize> {
        let mut at = self.space(at + 1);
        if *self.bytes.get(at)? == close {
            return Some(at + 1);
        }
        loop {
            if close == b'}' {
                if *self.bytes.get(at)? != b'"' {
                    return None;
                }
                let end = self.string(at + 1)?;
                at = self.space(end);
                if *self.bytes.get(at)? != b':' {
                    return None;
                }
                at = self.space(at + 1);
            }
            let end = self.value(at, depth)?;
            at = self.space(end);
            match *self.bytes.get(at)? {
                b',' => at = self.space(at + 1),
                byte if byte == close => return Some(at + 1),
                _ => return None,
            }
        }
    }

    fn literal(&self, at: usize, literal: &[u8]) -> Option<usize> {
        self.bytes.get(at..)?.starts_with(literal).then_some(at + literal.len())
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    fn number(&self, at: usize) -> Option<usize> {
        let digits = |at: usize| {
            let count = self.bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (count > 0).then_some(at + count)
        };
        let begin = if self.bytes.get(at) == Some(&b'-') { at + 1 } else { at };
        let mut end = digits(begin)?;
        if self.bytes.get(begin) == Some(&b'0') && end > begin + 1 {
            return None;
        }
        if self.bytes.get(end) == Some(&b'.') {
            end = digits(end + 1)?;
        }
        if matches!(self.bytes.get(end), Some(b'e' | b'E')) {
            let sign = matches!(self.bytes.get(end + 1), Some(b'+' | b'-'));
            end = digits(end + 1 + usize::from(sign))?;
        }
        Some(end)
    }

    /// The first place from `at` on that is no white space.
    #[inline]
    fn space(&mut self, at: usize) -> usize {
        match self.bytes.get(at) {
            Some(byte) if *byte <= b' ' => {
                self.is_odd = true;
                crate::json_text::skip_space(self.bytes, at)
            }
            Some(_) | None => at,
        }
    }

    /// The place behind the string whose first character is at `at`. Eight bytes are looked at together.
    #[inline]
    fn string(&mut self, mut at: usize) -> Option<usize> {
        loop {
            while let Some(word) = self.bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
                let ends = ends(u64::from_le_bytes(*word));
                if ends != 0 {
                    at += ends.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            match *self.bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at = self.escape(at + 1)?,
                0..0x20 => return None,
                _ => at += 1,
            }
        }
    }

    /// The place behind the escape whose letter is at `at`.
    fn escape(&mut self, at: usize) -> Option<usize> {
        match *self.bytes.get(at)? {
            b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 1),
            b'/' => {
                self.is_odd = true;
                Some(at + 1)
            }
            b'u' => {
                self.is_odd = true;
                let digits = self.bytes.get(at + 1..at + 5)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 5)
            }
            _ => None,
        }
    }
}

/// The high bit of the first byte that is a quote, a backslash or a control character; of later bytes perhaps, too.
#[inline]
fn ends(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero(word ^ (ONES * b'"' as u64));
    let backslash = zero(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_text::{json_cell, validate};
    use proptest::prelude::*;

    /// What is scanned is valid, has the members that the other reader finds, and is as the tables have it.
    fn check(text: &str) {
        assert!(!is_valid(text) || validate(text).is_ok(), "{text}");
        let Some(scanned) = scan(text) else { return };
        assert!(validate(text).is_ok(), "{text}");
        let plain = Object::parse(text).unwrap();
        assert_eq!(scanned.object.members(), plain.members(), "{text}");
        if let Some(properties) = scanned.properties {
            let expected = plain.object("properties").unwrap();
            assert_eq!(properties.members(), expected.members(), "{text}");
            for (_, raw) in properties.members() {
                if scanned.is_plain && raw.starts_with(['{', '[']) {
                    assert_eq!(json_cell(Some(raw)), *raw);
                }
            }
        }
    }

    #[test]
    fn the_ordinary_is_taken() {
        let text =
            r#"{"time":"t","properties":{"a":{"b":[1,-2.5e+3,true,false,null,{}]},"é":"\"x\\"},"l":[]}"#;
        let scanned = scan(text).unwrap();
        assert!(scanned.is_plain && scanned.properties.is_some());
        check(text);
        for (odd, taken) in [
            (r#"{"a":"\u0041"}"#, true),
            (r#"{"a": 1}"#, true),
            (r#"{"a\u0041":1}"#, false),
            (r#"{"a":01}"#, false),
            (r#"{"a":1.}"#, false),
            (r#"{"a":1E400}"#, true),
            ("{\"a\":\"\u{1}\"}", false),
            (r#"{"a":1},"#, false),
            (r#"{"a":1"#, false),
            (r#"{"properties":{},"Properties":{"a":1}}"#, true),
            (r#"{"properties":{},"properties":7}"#, true),
        ] {
            assert_eq!(scan(odd).is_some(), taken, "{odd}");
            assert!(!scan(odd).is_some_and(|scanned| scanned.is_plain && odd.contains(['u', ' '])));
            check(odd);
        }
        assert!(!is_valid(&"[".repeat(100)) && scan(&("{\"a\":".repeat(70) + "1")).is_none());
        assert!(is_valid(" [1, \"a\"]\n"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_judged_as_by_the_other_reader(text in r#"\{"(a|properties|Properties)":[\[\]{}",:a0-9eE.tnu /+\\-]{0,24}\}"#) {
            check(&text);
        }

        #[test]
        fn damage_is_judged_as_by_the_other_reader(
            place in any::<prop::sample::Index>(),
            put in prop_oneof![r#"["\\/{}\[\],: \n\tu0e.-]{0,3}"#, "\\PC{0,2}", "[\u{0}-\u{1f}]"],
            drop in 0usize..3,
        ) {
            let text = r#"{"time":"2026-01-01","n":-1.5E-7,"properties":{"id":"a\u0041","s":[{"k":"\"\\","v":[0,10]},[]],"d":{"x":null}},"t":true}"#;
            let place = place.index(text.len());
            let end = (place + drop).min(text.len());
            check(&format!("{}{put}{}", &text[..place], &text[end..]));
        }
    }
}
