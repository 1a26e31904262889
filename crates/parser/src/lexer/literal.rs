//! The shapes of numbers, guids and strings, and what a string literal says.

use super::is_name_byte;
use crate::token::Kind;

/// The units a number may carry: `2d`, `1.5h`, `10ms`.
const UNITS: &[&str] = &[
    "d",
    "day",
    "days",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "m",
    "min",
    "minute",
    "minutes",
    "s",
    "sec",
    "second",
    "seconds",
    "ms",
    "milli",
    "millis",
    "millisec",
    "millisecond",
    "milliseconds",
    "micro",
    "micros",
    "microsec",
    "microsecond",
    "microseconds",
    "nano",
    "nanos",
    "nanosec",
    "nanosecond",
    "nanoseconds",
    "tick",
    "ticks",
];

/// A number or a timespan: its kind and length. None for a name that begins with a digit (`1day_x`).
pub(super) fn number(rest: &str) -> Option<(Kind, usize)> {
    let bytes = rest.as_bytes();
    let whole = digits(bytes, 0);
    if whole == 0 {
        return None;
    }
    let ends = |length: usize| !bytes.get(length).copied().is_some_and(is_name_byte);
    if let Some(length) = real(bytes, whole).filter(|length| ends(*length)) {
        return Some((Kind::Real, length));
    }
    if let Some(length) = timespan(rest, whole) {
        return Some((Kind::TimeSpan, length));
    }
    if bytes[0] == b'0' && matches!(bytes.get(1), Some(b'x' | b'X')) {
        let length = 2 + bytes[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        return (length > 2 && ends(length)).then_some((Kind::Long, length));
    }
    ends(whole).then_some((Kind::Long, whole))
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// `1.`, `1.5`, `1.5e-3`, `1e5`. The first dot of `1..5` is no part of it.
fn real(bytes: &[u8], whole: usize) -> Option<usize> {
    let mut at = whole;
    let dot = bytes.get(at) == Some(&b'.')
        && (bytes.get(at + 1) != Some(&b'.') || bytes.get(at + 2) == Some(&b'.'));
    if dot {
        at += 1;
        at += digits(bytes, at);
    }
    let exponent = exponent(bytes, at);
    (dot || exponent > 0).then_some(at + exponent)
}

fn exponent(bytes: &[u8], at: usize) -> usize {
    if !matches!(bytes.get(at), Some(b'e' | b'E')) {
        return 0;
    }
    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
    match digits(bytes, at + 1 + sign) {
        0 => 0,
        count => 1 + sign + count,
    }
}

fn timespan(rest: &str, whole: usize) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(bytes, at + 1);
        if fraction > 0 {
            at += 1 + fraction;
        }
    }
    let unit = bytes[at..].iter().take_while(|byte| is_name_byte(**byte)).count();
    UNITS.contains(&&rest[at..at + unit]).then_some(at + unit)
}

/// The length of `74be27de-1e4e-49d9-b579-fe0b331d3642`.
pub(super) fn raw_guid(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes().get(..36)?;
    let shaped = bytes.iter().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    shaped.then_some(36)
}

/// The length of a string's opening: `"`, `'`, `@"`, `h"`, `h@'`, three backticks, three tildes.
pub(super) fn string_prefix(rest: &str) -> Option<usize> {
    let hidden = usize::from(rest.starts_with(['h', 'H']));
    let after = &rest[hidden..];
    let verbatim = usize::from(after.starts_with('@'));
    let quoted = &after[verbatim..];
    if quoted.starts_with(['"', '\'']) {
        return Some(hidden + verbatim + 1);
    }
    if verbatim == 0 && (quoted.starts_with("```") || quoted.starts_with("~~~")) {
        return Some(hidden + 3);
    }
    None
}

/// How far a string reaches.
pub(super) struct StringScan {
    /// From the end of the opening to the end of the closing quote.
    pub(super) length: usize,
    pub(super) closed: bool,
    /// Offset and length of backslashes that escape nothing.
    pub(super) bad_escapes: Vec<(usize, usize)>,
}

/// Finds the end of a string; one without a closing quote ends with its line.
pub(super) fn scan_string(prefix: &str, content: &str) -> StringScan {
    if prefix.ends_with("```") || prefix.ends_with("~~~") {
        let quote = &prefix[prefix.len() - 3..];
        let found = content.find(quote);
        let length = found.map_or(content.len(), |at| at + 3);
        return StringScan { length, closed: found.is_some(), bad_escapes: Vec::new() };
    }
    let quote = prefix.as_bytes()[prefix.len() - 1];
    let verbatim = prefix.contains('@');
    let bytes = content.as_bytes();
    let mut bad_escapes = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\n' | b'\r' => break,
            b'\\' if !verbatim => match escape(&content[at..]) {
                Some((length, _)) => at += length,
                None => {
                    // The character after the backslash is part of the complaint, unless it ends the line or string.
                    let next = content[at + 1..].chars().next();
                    let length = 1 + next.filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
                    bad_escapes.push((at, length));
                    at += length;
                }
            },
            _ if byte == quote => {
                if verbatim && bytes.get(at + 1) == Some(&quote) {
                    at += 2;
                    continue;
                }
                return StringScan { length: at + 1, closed: true, bad_escapes };
            }
            _ => at += 1,
        }
    }
    StringScan { length: at, closed: false, bad_escapes }
}

/// An escape at the start of `rest`: its length and the character it stands for.
fn escape(rest: &str) -> Option<(usize, char)> {
    let hex = |count: usize| {
        let code = rest.get(2..2 + count).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(code, 16).ok().map(|code| (2 + count, code))
    };
    let coded = |(length, code): (usize, u32)| (length, char::from_u32(code).unwrap_or('\u{FFFD}'));
    match rest.as_bytes().get(1)? {
        b'\\' => Some((2, '\\')),
        b'\'' => Some((2, '\'')),
        b'"' => Some((2, '"')),
        b'a' => Some((2, '\u{7}')),
        b'b' => Some((2, '\u{8}')),
        b'f' => Some((2, '\u{C}')),
        b'n' => Some((2, '\n')),
        b'r' => Some((2, '\r')),
        b't' => Some((2, '\t')),
        b'v' => Some((2, '\u{B}')),
        b'x' => hex(2).map(coded),
        b'u' => hex(4).map(coded),
        b'U' => hex(8).map(coded),
        b'0'..=b'7' => {
            let octal = rest.as_bytes()[1..].iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            let count = if rest.as_bytes()[1] <= b'3' { octal.min(3) } else { octal.min(2) };
            u32::from_str_radix(&rest[1..1 + count], 8).ok().map(|code| coded((1 + count, code)))
        }
        _ => None,
    }
}

/// What a string literal says, and whether it is obfuscated (`h"…"`).
pub(crate) fn decode_string(literal: &str) -> (String, bool) {
    let Some(prefix) = string_prefix(literal) else { return (String::new(), false) };
    let hidden = literal.starts_with(['h', 'H']);
    let opening = &literal[..prefix];
    let content = &literal[prefix..];
    if opening.ends_with("```") || opening.ends_with("~~~") {
        let quote = &opening[opening.len() - 3..];
        return (content.strip_suffix(quote).unwrap_or(content).to_string(), hidden);
    }
    let quote = &opening[opening.len() - 1..];
    let closed = scan_string(opening, content).closed;
    let content = if closed { &content[..content.len() - 1] } else { content };
    if opening.contains('@') {
        return (content.replace(&quote.repeat(2), quote), hidden);
    }
    (unescape(content), hidden)
}

/// The text with its escapes resolved; surrogate pairs written as two `\u` become one character.
fn unescape(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    let mut at = 0;
    while let Some(c) = content[at..].chars().next() {
        if c != '\\' {
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        let rest = &content[at..];
        if let Some(c) = surrogate_pair(rest) {
            out.push(c);
            at += 12;
        } else if let Some((length, c)) = escape(rest) {
            out.push(c);
            at += length;
        } else {
            out.push('\\');
            at += 1;
        }
    }
    out
}

fn surrogate_pair(rest: &str) -> Option<char> {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?, 16).ok();
    let units = [unit(rest.get(..6)?)?, unit(rest.get(6..12)?)?];
    char::decode_utf16(units).next()?.ok().filter(|c| c.len_utf16() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, kind, length) in [
            ("1", Kind::Long, 1),
            ("0xFF", Kind::Long, 4),
            ("1.5", Kind::Real, 3),
            ("1.", Kind::Real, 2),
            ("1..5", Kind::Long, 1),
            ("1e+5", Kind::Real, 4),
            ("1.5h", Kind::TimeSpan, 4),
            ("2days", Kind::TimeSpan, 5),
            ("1.5.2", Kind::Real, 3),
        ] {
            assert_eq!(number(text), Some((kind, length)), "{text}");
        }
        assert_eq!(number("1d2"), None);
        assert_eq!(number("0xfg"), None);
    }

    #[test]
    fn strings() {
        for (text, value) in [
            ("\"a\\\"b\"", "a\"b"),
            ("'it'", "it"),
            ("@\"a\"\"b\\\"", "a\"b\\"),
            ("h'x'", "x"),
            ("h@'x''y'", "x'y"),
            ("```a\n`b```", "a\n`b"),
            ("'\\u0041\\x42\\103'", "ABC"),
            ("'\\ud83d\\ude00'", "😀"),
            ("'open", "open"),
        ] {
            assert_eq!(decode_string(text).0, value, "{text}");
        }
        assert!(decode_string("H\"x\"").1);
    }
}
