//! Values as part of a query's text. In: a value and the literal it stands in. Out: the same value as that literal
//! writes it, or why it cannot be written there.

use super::place::{Place, Reader};
use calypso_library::literals;

/// The value between the quotes of a literal of that kind; nothing where the kind has no way to write it.
pub(super) fn within(value: &str, place: Place) -> Option<String> {
    match place {
        Place::Text { quote, verbatim: false } => Some(escaped(value, quote)),
        Place::Text { quote, verbatim: true } => {
            let one_line = !value.contains(['\n', '\r']);
            one_line.then(|| value.replace(quote, &format!("{quote}{quote}")))
        }
        // Marks at the edges could join those of the query.
        Place::Block(mark) => {
            let three = String::from_iter([mark; 3]);
            let free = !value.contains(&three) && !value.starts_with(mark) && !value.ends_with(mark);
            free.then(|| value.to_owned())
        }
        Place::Comment => Some(value.replace(['\n', '\r'], " ")),
        Place::Typed => value.chars().all(of_a_typed_literal).then(|| value.to_owned()),
        Place::Code => is_plain(value).then(|| value.to_owned()),
    }
}

/// The value with backslashes before what would end the literal or be no part of one.
fn escaped(value: &str, quote: char) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            _ if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

fn of_a_typed_literal(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '+' | ' ' | '_')
}

/// Whether the text can stand between the quotes of that literal as it is: it neither ends it nor has wrong escapes.
pub(super) fn is_right_within(value: &str, reader: &Reader) -> bool {
    let (place, mut reader) = (reader.place(), reader.clone());
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        if reader.escaping()
            && !matches!(c, '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '0'..='7')
        {
            return false;
        }
        reader.read(c.encode_utf8(&mut [0; 4]));
        let goes_on = reader.place() == place
            // The first of two quotes within a verbatim literal.
            || reader.ended().is_some_and(|quote| rest.peek() == Some(&quote));
        if !goes_on {
            return false;
        }
    }
    !reader.escaping() && reader.place() == place
}

/// Whether a text is one plain value of a query: a number, a name, `true`, a guid, a time, a literal, `*`; or nothing.
pub(super) fn is_plain(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text == "*"
        || is_name(text)
        || is_number(text)
        || literals::guid(text).is_some_and(|guid| guid.len() == text.len())
        || is_typed(text)
        || is_string(text)
}

fn is_name(text: &str) -> bool {
    let first = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `12`, `-1.5e3`, `0xFF`, `2d`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-'))
        && (literals::long(text).is_some()
            || digits.parse::<f64>().is_ok()
            || literals::to_timespan(digits).is_some())
}

/// `datetime(2026-11-01)`, `timespan(1.00:00:00)`.
fn is_typed(text: &str) -> bool {
    let Some((name, inside)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return false;
    };
    let known = matches!(name, "datetime" | "timespan" | "time" | "guid" | "long" | "int" | "real" | "bool");
    known && inside.chars().all(of_a_typed_literal)
}

/// A whole literal in quotes.
fn is_string(text: &str) -> bool {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) else { return false };
    let Some(inside) = text.get(1..text.len() - 1).filter(|_| text.len() > 1 && text.ends_with(quote)) else {
        return false;
    };
    let mut reader = Reader::new();
    reader.read(&text[..1]);
    is_right_within(inside, &reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values() {
        for text in [
            "",
            "*",
            "12",
            "-1.5",
            "1e5",
            "0xFF",
            "2d",
            "1.5h",
            "true",
            "ResultType",
            "_x",
            "'a b'",
            "\"it's\"",
            "'it\\'s'",
            "datetime(2026-11-01 10:00:00.5Z)",
            "timespan(1.00:00:00)",
            "a1b2c3d4-0000-1111-2222-333344445555",
        ] {
            assert!(is_plain(text), "{text}");
        }
        for text in [
            "a b",
            "1 or true",
            "a;b",
            "a|b",
            "'a' or 'b'",
            "'a",
            "'",
            "''a'",
            "'a\\'",
            "f()",
            "datetime(1))",
            "1)//",
            "//",
            "a.b",
            "--1",
            "datetime('x')",
            "x\ny",
            "1..2",
            "é",
            "*/",
            "1-1",
            "'a\nb'",
            "@'a'",
            "0x",
            "1e+",
            "'\\x'",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn what_a_kind_cannot_write() {
        let verbatim = Place::Text { quote: '\'', verbatim: true };
        assert_eq!(within("O'Neil\\", verbatim).unwrap(), "O''Neil\\");
        assert_eq!(within("a\nb", verbatim), None);
        assert_eq!(within("a``b'\n", Place::Block('`')).unwrap(), "a``b'\n");
        for value in ["a```b", "`a", "a`"] {
            assert_eq!(within(value, Place::Block('`')), None, "{value}");
        }
        assert_eq!(within("a\r\n| take 1", Place::Comment).unwrap(), "a  | take 1");
        assert_eq!(within("2026-11-01T10:00:00Z", Place::Typed).unwrap(), "2026-11-01T10:00:00Z");
        assert_eq!(within("1) or true", Place::Typed), None);
        let text = Place::Text { quote: '"', verbatim: false };
        assert_eq!(within("it's \"\\\n\u{1b}\u{0}é😀", text).unwrap(), "it's \\\"\\\\\\n\\u001b\\u0000é😀");
    }
}
