//! What Python prints for a dictionary or list, as JSON text: `{'a': None}` gives `{"a":null}`.

use crate::json_text::{push_string, validate};
use std::iter::Peekable;
use std::str::Chars;

/// The JSON text; `None` when the text is not what Python prints.
pub(crate) fn to_json(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        match c {
            '\'' | '"' => {
                chars.next();
                push_string(&mut out, &quoted(&mut chars, c)?);
            }
            c if c.is_whitespace() => drop(chars.next()),
            c if c.is_alphabetic() => {
                let mut word = String::new();
                while let Some(letter) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    word.push(letter);
                }
                out.push_str(match word.as_str() {
                    "None" | "null" => "null",
                    "True" | "true" => "true",
                    "False" | "false" => "false",
                    _ => return None,
                });
            }
            c => {
                out.push(c);
                chars.next();
                // An exponent's letter belongs to its number.
                while c.is_ascii_digit() {
                    match chars.next_if(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-')) {
                        Some(digit) => out.push(digit),
                        None => break,
                    }
                }
            }
        }
    }
    validate(&out).is_ok().then_some(out)
}

/// The text of a string literal whose opening quote has been read.
fn quoted(chars: &mut Peekable<Chars<'_>>, quote: char) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            c if c == quote => return Some(text),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'x' => text.push(code(chars, 2)?),
                'u' => text.push(code(chars, 4)?),
                'U' => text.push(code(chars, 8)?),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
}

fn code(chars: &mut Peekable<Chars<'_>>, digits: usize) -> Option<char> {
    let mut number = 0u32;
    for _ in 0..digits {
        number = number.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?)?;
    }
    Some(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::to_json;

    #[test]
    fn dictionaries_become_objects() {
        for (python, json) in [
            ("{'a': None, 'b': [True, False]}", Some(r#"{"a":null,"b":[true,false]}"#)),
            (r#"{'it': "it's", 'q': 'say "x"'}"#, Some(r#"{"it":"it's","q":"say \"x\""}"#)),
            (r"{'a': 'x\ny\\z\'', 'e': '\xe9\u674e'}", Some("{\"a\":\"x\\ny\\\\z'\",\"e\":\"é李\"}")),
            ("{'n': -1.5e+3}", Some(r#"{"n":-1.5e+3}"#)),
            ("{'a': datetime}", None),
            ("{'a", None),
        ] {
            assert_eq!(to_json(python).as_deref(), json, "{python}");
        }
    }
}
