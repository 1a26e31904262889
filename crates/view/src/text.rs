//! The text of a value as a person reads it, and text made safe to show. In: a value or an array cell. Out: text
//! (`2026-10-31T12:00:00Z`, `1.00:00:00`, `true`, `6.0`, compact JSON; null is the empty text). `visible` replaces what
//! would steer a terminal or hide text, so that bytes of a log never act.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Decimal256Type, Float64Type, Int32Type, Int64Type};
use calypso_library::format::{datetime_short, decimal_text, real_text, timespan_text};
use calypso_library::{Type, Value};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// The text of the cell at `row` of an array that holds `ty`; null gives the empty text. Not yet safe for a terminal.
pub fn cell_text(ty: Type, array: &dyn Array, row: usize) -> Cow<'_, str> {
    if array.is_null(row) {
        return Cow::Borrowed("");
    }
    let ticks = || array.as_primitive::<Int64Type>().value(row);
    Cow::Owned(match ty {
        Type::Bool => array.as_boolean().value(row).to_string(),
        Type::Int => array.as_primitive::<Int32Type>().value(row).to_string(),
        Type::Long => ticks().to_string(),
        Type::Real => real_text(array.as_primitive::<Float64Type>().value(row)),
        Type::Decimal => decimal_text(array.as_primitive::<Decimal256Type>().value(row)),
        Type::DateTime => datetime_short(ticks()),
        Type::TimeSpan => timespan_text(ticks()),
        Type::String | Type::Guid => return Cow::Borrowed(array.as_string_view().value(row)),
        Type::Dynamic => return dynamic_text(array.as_string_view().value(row)),
    })
}

/// A dynamic as a person reads it: a string without its quotes, anything else as compact JSON.
fn dynamic_text(json: &str) -> Cow<'_, str> {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => Cow::Owned(text),
        Ok(serde_json::Value::Null) => Cow::Borrowed(""),
        Ok(tree) => Cow::Owned(tree.to_string()),
        Err(_) => Cow::Borrowed(json),
    }
}

/// The text of a value, as `cell_text` gives it.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Null(_) => String::new(),
        Value::Bool(v) => v.to_string(),
        Value::Int(v) => v.to_string(),
        Value::Long(v) => v.to_string(),
        Value::Real(v) => real_text(*v),
        Value::Decimal(v) => decimal_text(*v),
        Value::String(v) | Value::Guid(v) => v.clone(),
        Value::DateTime(v) => datetime_short(*v),
        Value::TimeSpan(v) => timespan_text(*v),
        Value::Dynamic(serde_json::Value::String(v)) => v.clone(),
        Value::Dynamic(v) => v.to_string(),
    }
}

/// The text on one line with nothing in it that acts: line ends become `⏎`, other control characters their picture
/// (`␛`), and characters that reorder or hide text their number (`⟨U+202E⟩`). Without `unicode` all are written as
/// escapes (`\n`, `\u{1b}`).
pub fn visible(text: &str, unicode: bool) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !acts(c) {
            out.push(c);
            continue;
        }
        let line_end = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if c == '\r' && chars.peek() == Some(&'\n') {
            chars.next();
        }
        if line_end {
            out.push_str(if unicode { "⏎" } else { "\\n" });
        } else if !unicode {
            out.push_str(&if c == '\t' { "\\t".to_owned() } else { format!("\\u{{{:x}}}", u32::from(c)) });
        } else {
            push_picture(&mut out, c);
        }
    }
    Cow::Owned(out)
}

/// A visible sign for a character that acts.
fn push_picture(out: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('␡'),
        _ => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
    }
}

/// Whether a character does something to a terminal or to the reader other than being seen: control characters of
/// both sets, line separators, marks that change the direction of text, and invisible characters. The joiners that
/// scripts and emoji need (U+200C, U+200D) are left alone.
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Cells a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to `limit` cells, the last of them `…` (or `~` without `unicode`) where something was cut.
pub fn shorten(text: &str, limit: usize, unicode: bool) -> Cow<'_, str> {
    if text.len() <= limit || width(text) <= limit {
        return Cow::Borrowed(text);
    }
    if limit == 0 {
        return Cow::Borrowed("");
    }
    let mut end = 0;
    for (start, c) in text.char_indices() {
        let next = start + c.len_utf8();
        if width(&text[..next]) > limit - 1 {
            break;
        }
        end = next;
    }
    Cow::Owned(format!("{}{}", &text[..end], if unicode { "…" } else { "~" }))
}

/// The text in exactly `cells` cells: shortened, or filled with blanks on the right, or on the left for numbers.
pub fn fit(text: &str, cells: usize, right: bool, unicode: bool) -> String {
    let text = shorten(text, cells, unicode);
    let blanks = " ".repeat(cells.saturating_sub(width(&text)));
    if right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}

/// A whole number with a comma between thousands: `1,234`.
pub fn grouped(number: usize) -> String {
    group_digits(&number.to_string())
}

/// Digits with a comma between thousands.
pub(crate) fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_read_the_same_alone_and_in_an_array() {
        let cases = [
            (Value::Bool(true), "true"),
            (Value::Int(-5), "-5"),
            (Value::Real(6.0), "6.0"),
            (Value::Real(f64::INFINITY), "inf"),
            (Value::String("a\nb".into()), "a\nb"),
            (Value::DateTime(637_134_336_005_000_000), "2020-01-01T00:00:00.5Z"),
            (Value::TimeSpan(864_000_000_000), "1.00:00:00"),
            (Value::Dynamic(json!({"a": [1, 2.0]})), r#"{"a":[1,2.0]}"#),
            (Value::Dynamic(json!("text")), "text"),
            (Value::Null(Type::Long), ""),
        ];
        for (value, text) in cases {
            assert_eq!(value_text(&value), text);
            let ty = value.ty();
            let array = Value::to_array(ty, [value]);
            assert_eq!(cell_text(ty, &array, 0), text);
        }
    }

    #[test]
    fn nothing_acts_once_visible() {
        assert_eq!(visible("plain é 文", true), "plain é 文");
        assert_eq!(visible("a\r\nb\tc", true), "a⏎b␉c");
        assert_eq!(visible("\u{1b}[31mred\u{7f}", true), "␛[31mred␡");
        assert_eq!(visible("ab\u{202e}cd\u{9b}", true), "ab⟨U+202E⟩cd⟨U+009B⟩");
        assert_eq!(visible("a\nb\u{1b}", false), "a\\nb\\u{1b}");
    }

    #[test]
    fn text_is_cut_by_cells() {
        assert_eq!(shorten("provisioning", 6, true), "provi…");
        assert_eq!(shorten("文文文", 4, true), "文…");
        assert_eq!(fit("文", 4, true, true), "  文");
        assert_eq!(fit("abc", 2, false, false), "a~");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }
}
