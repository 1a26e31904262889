//! JSON with places, and with the comments that templates may hold (`//`, `/* */`). In: a text. Out: its tree, or where and
//! why it is none.

use super::node::{Entry, Node, Value};
use super::{Broken, DEPTH};
use crate::Place;

/// Reads a JSON text.
pub fn json(text: &str) -> Result<Node, Broken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, line: 1, line_start: 0 };
    let node = reader.value(0)?;
    reader.skip()?;
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.wanted("the end of the text")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    line_start: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn place(&self) -> Place {
        let column = self.text.get(self.line_start..self.at).unwrap_or("").chars().count() + 1;
        Place { line: self.line, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }

    fn fail(&self, what: impl Into<String>) -> Broken {
        Broken::new(self.place(), what)
    }

    fn wanted(&self, wanted: &str) -> Broken {
        match self.rest().chars().next() {
            Some(found) => self.fail(format!("found `{}`, wanted {wanted}", found.escape_debug())),
            None => self.fail(format!("the text ends where {wanted} was wanted")),
        }
    }

    /// Past white space and comments.
    fn skip(&mut self) -> Result<(), Broken> {
        loop {
            match self.peek() {
                Some(b'\n') => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.at;
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'/') if self.rest().starts_with("//") => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                Some(b'/') if self.rest().starts_with("/*") => {
                    let Some(end) = self.rest().find("*/") else {
                        return Err(self.fail("the comment has no end"));
                    };
                    self.pass(end + 2);
                }
                _ => return Ok(()),
            }
        }
    }

    /// Past so many bytes, which may hold line breaks.
    fn pass(&mut self, bytes: usize) {
        let passed = self.rest().get(..bytes).unwrap_or("");
        let breaks = u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX);
        let last = passed.rfind('\n');
        self.line = self.line.saturating_add(breaks);
        self.line_start = last.map_or(self.line_start, |last| self.at + last + 1);
        self.at += bytes;
    }

    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        self.skip()?;
        if depth > DEPTH {
            return Err(self.fail(format!("values lie within each other more than {DEPTH} deep")));
        }
        let place = self.place();
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node::new(value, place))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Broken> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            self.skip()?;
            match self.peek() {
                Some(b'}') if entries.is_empty() => break,
                Some(b'"') => {}
                _ => return Err(self.wanted("a name in quotes")),
            }
            let place = self.place();
            let key = self.string()?;
            if entries.iter().any(|entry| entry.key == key) {
                return Err(Broken::new(place, format!("`{key}` stands twice")));
            }
            self.skip()?;
            if self.peek() != Some(b':') {
                return Err(self.wanted("`:`"));
            }
            self.at += 1;
            entries.push(Entry { key, place, value: self.value(depth + 1)? });
            self.skip()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.wanted("`,` or `}`")),
            }
        }
        self.at += 1;
        Ok(Value::Map(entries))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        self.at += 1;
        let mut nodes = Vec::new();
        loop {
            self.skip()?;
            if nodes.is_empty() && self.peek() == Some(b']') {
                break;
            }
            nodes.push(self.value(depth + 1)?);
            self.skip()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.wanted("`,` or `]`")),
            }
        }
        self.at += 1;
        Ok(Value::List(nodes))
    }

    /// A text in quotes. Templates may hold line breaks within quotes, which is kept.
    fn string(&mut self) -> Result<String, Broken> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.rest().find(['"', '\\']).ok_or_else(|| self.fail("the text has no end"))?;
            text += self.rest().get(..plain).unwrap_or("");
            self.pass(plain);
            if self.peek() == Some(b'"') {
                self.at += 1;
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let Some(letter) = self.rest().chars().nth(1) else { return Err(self.fail("the text has no end")) };
        let plain = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return Err(self.fail(format!("`\\{}` stands for nothing", letter.escape_debug()))),
        };
        self.at += 2;
        Ok(plain)
    }

    /// `\u00e4`, or two of them for characters beyond the first plane; half of such a pair is U+FFFD.
    fn unicode(&mut self) -> Result<char, Broken> {
        let unit = |rest: &str| {
            let digits = rest.strip_prefix("\\u")?.get(..4)?;
            let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            hex.then(|| u16::from_str_radix(digits, 16).ok())?
        };
        let Some(first) = unit(self.rest()) else {
            return Err(self.fail("`\\u` without four hexadecimal digits"));
        };
        let second = self.rest().get(6..).and_then(unit);
        let pair = std::iter::once(first).chain(second);
        let read = char::decode_utf16(pair).next().and_then(Result::ok);
        let both = (0xd800..0xdc00).contains(&first) && read.is_some();
        self.at += if both { 12 } else { 6 };
        Ok(read.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let end = self.rest().find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let number = self.rest().get(..end.unwrap_or(self.rest().len())).unwrap_or("").to_owned();
        if serde_json::from_str::<serde_json::Number>(&number).is_err() {
            return Err(self.fail(format!("`{number}` is no number")));
        }
        self.at += number.len();
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, Broken> {
        let words = [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        for (word, value) in words {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.wanted("a value"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        json(text).expect_err("refused").to_string()
    }

    #[test]
    fn values_have_places() {
        let node =
            json("\u{feff}// why\n{ \"a\": [1, /* two\n */ \"b\\n\\u00e4\\ud83d\\ude00\"] }").expect("json");
        let list = node.get("A").expect("case is not told apart");
        let Value::List(nodes) = &list.value else { panic!("a list") };
        assert_eq!(nodes[1].text(), Some("b\nä😀"));
        assert_eq!((nodes[1].place.line, nodes[1].place.column), (3, 5));
        assert_eq!((nodes[0].place.line, nodes[0].place.column), (2, 9));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        assert_eq!(refused("{\n  \"a\": 1\n  \"b\": 2}"), "3:3 found `\\\"`, wanted `,` or `}`");
        assert_eq!(refused("{\"a\":1,\"a\":2}"), "1:8 `a` stands twice");
        assert_eq!(refused("[1,]"), "1:4 found `]`, wanted a value");
        assert_eq!(refused("{\"a\":1,}"), "1:8 found `}`, wanted a name in quotes");
        assert_eq!(refused(""), "1:1 the text ends where a value was wanted");
        assert_eq!(refused("\"a"), "1:2 the text has no end");
        assert_eq!(refused("\"\\x\""), "1:2 `\\x` stands for nothing");
        assert_eq!(refused("01"), "1:1 `01` is no number");
        assert!(refused(&"[".repeat(100)).contains("64 deep"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[\\[\\]{}:,\"\\\\/*u0-9ae\n é-]{0,40}") {
            let _ = json(&text);
        }

        #[test]
        fn reads_what_others_write(texts in proptest::collection::vec(any::<String>(), 0..4), number in any::<i64>()) {
            let value = serde_json::json!({"texts": texts, "number": number, "none": null, "yes": true});
            let read = json(&serde_json::to_string_pretty(&value).expect("json")).expect("json");
            prop_assert_eq!(read.json(), value);
        }
    }
}
