//! Texts of logs made harmless: no control characters, no escape codes of terminals, no characters that turn or hide what
//! stands beside them.

use serde_json::Value;
use std::fmt::Write;

/// Whether a character may stand in what people read.
fn is_harmless(c: char) -> bool {
    let hidden = matches!(c,
        '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !c.is_control() && !hidden
}

/// A text as one line of at most so many characters: whitespace becomes one blank, other dangerous characters `�`.
pub fn line(text: &str, longest: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        let blank = (!line.is_empty()).then_some(' ');
        for c in blank.into_iter().chain(word.chars()) {
            if length == longest {
                line.push('…');
                return line;
            }
            line.push(if is_harmless(c) { c } else { char::REPLACEMENT_CHARACTER });
            length += 1;
        }
    }
    line
}

/// A JSON value as one line of text in which every character that is not harmless is escaped.
pub fn json(value: &Value) -> String {
    let plain = value.to_string();
    if plain.chars().all(is_harmless) {
        return plain;
    }
    let mut text = String::with_capacity(plain.len() + 32);
    let mut units = [0; 2];
    for c in plain.chars() {
        if is_harmless(c) {
            text.push(c);
            continue;
        }
        // Outside texts JSON as it is printed here has only ASCII without control characters.
        for unit in c.encode_utf16(&mut units) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

/// The beginning of a text: at most so many bytes, with `…` where something was left out.
pub fn cut(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let mut end = longest.saturating_sub('…'.len_utf8());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_codes_and_turned_text_become_visible() {
        assert_eq!(line("a\x1b[31mred\r\nBcc: x\u{202e}gpj.exe", 100), "a�[31mred Bcc: x�gpj.exe");
        assert_eq!(line("  a \t b\u{2028}c  ", 100), "a b c");
        assert_eq!(line("abcdef", 3), "abc…");
        assert_eq!(line("abc", 3), "abc");
        assert_eq!(
            json(&Value::from("\x1b\u{9b}1\u{202e}\u{e0001}é\n")),
            r#""\u001b\u009b1\u202e\udb40\udc01é\n""#
        );
        assert_eq!(cut("héllo", 5), "h…");
        assert_eq!(cut("héllo", 6), "héllo");
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_harmless_line(text in any::<String>(), longest in 0usize..50) {
            let line = line(&text, longest);
            prop_assert!(line.chars().all(is_harmless));
            prop_assert!(line.chars().count() <= longest + 1);
        }

        #[test]
        fn any_text_keeps_its_meaning_in_json(chars in proptest::collection::vec(any::<char>(), 0..50)) {
            let text: String = chars.into_iter().collect();
            let written = json(&Value::from(text.as_str()));
            prop_assert!(written.chars().all(is_harmless));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }

        #[test]
        fn cut_texts_are_short_enough(text in any::<String>(), longest in 3usize..50) {
            let cut = cut(&text, longest);
            prop_assert!(cut.len() <= longest && text.starts_with(cut.trim_end_matches('…')));
        }
    }
}
