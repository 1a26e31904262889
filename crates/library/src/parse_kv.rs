//! The matcher of `parse-kv`: keys and their values out of a text. In: the options and the keys wanted, then texts.
//! Out: one value per key; of a key that occurs twice the first counts, one that does not occur is absent.

use crate::literals;
use crate::types::Type;
use crate::value::Value;
use regex::Regex;

/// How keys and values stand in the text.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Options {
    /// What separates pairs; without it and `kv_delimiter` whatever is no letter, digit or `_`.
    pub pair_delimiter: Option<String>,
    /// What separates a key from its value.
    pub kv_delimiter: Option<String>,
    /// Quotes around keys and values: one character for both ends, or two.
    pub quotes: Vec<String>,
    /// The characters that make the next one plain within quotes.
    pub escapes: Vec<String>,
    /// A value without quotes runs up to the next key.
    pub greedy: bool,
    /// A regular expression of two groups, key and value, instead of all others.
    pub regex: Option<String>,
}

/// A compiled reader.
#[derive(Clone, Debug)]
pub struct KeyValues {
    keys: Vec<(String, Type)>,
    form: Form,
    quotes: Vec<(char, char)>,
    escapes: Vec<char>,
}

#[derive(Clone, Debug)]
enum Form {
    Regex(Regex),
    Delimited { pair: String, kv: String, greedy: bool },
    Words,
}

impl KeyValues {
    /// Compiles the options; the error says what is wrong with them.
    pub fn new(options: &Options, keys: Vec<(String, Type)>) -> Result<KeyValues, String> {
        let mut quotes = Vec::new();
        for quote in &options.quotes {
            let mut ends = quote.chars();
            match (ends.next(), ends.next(), ends.next()) {
                (Some(both), None, _) => quotes.push((both, both)),
                (Some(open), Some(close), None) => quotes.push((open, close)),
                _ => return Err(format!("a quote is one or two characters, not '{quote}'")),
            }
        }
        let mut escapes = Vec::new();
        for escape in &options.escapes {
            let mut characters = escape.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) => escapes.push(one),
                _ => return Err(format!("an escape is one character, not '{escape}'")),
            }
        }
        let form = match (&options.regex, &options.pair_delimiter, &options.kv_delimiter) {
            (Some(regex), _, _) => {
                let regex = crate::pattern::compiled(regex).map_err(|error| error.0)?;
                if regex.captures_len() != 3 {
                    return Err("the regular expression needs exactly two groups".to_owned());
                }
                Form::Regex(regex)
            }
            (None, None, None) if options.greedy => {
                return Err("greedy needs pair_delimiter and kv_delimiter".to_owned());
            }
            (None, None, None) => Form::Words,
            (None, Some(pair), Some(kv)) if !pair.is_empty() && !kv.is_empty() => {
                Form::Delimited { pair: pair.clone(), kv: kv.clone(), greedy: options.greedy }
            }
            (None, _, _) => return Err("pair_delimiter and kv_delimiter must both be given".to_owned()),
        };
        Ok(KeyValues { keys, form, quotes, escapes })
    }

    /// One value per key.
    pub fn read(&self, text: &str) -> Vec<Value> {
        let mut found: Vec<Option<String>> = vec![None; self.keys.len()];
        match &self.form {
            Form::Regex(regex) => {
                for captures in regex.captures_iter(text) {
                    let group = |index| captures.get(index).map_or("", |group| group.as_str());
                    self.note(&mut found, group(1).trim(), group(2).trim());
                }
            }
            Form::Delimited { pair, kv, greedy } => self.delimited(text, pair, kv, *greedy, &mut found),
            Form::Words => self.words(text, &mut found),
        }
        found
            .into_iter()
            .zip(&self.keys)
            .map(|(text, (_, ty))| text.map_or(Value::absent(*ty), |text| literals::convert(*ty, &text)))
            .collect()
    }

    fn note(&self, found: &mut [Option<String>], key: &str, value: &str) {
        for ((name, _), held) in self.keys.iter().zip(found) {
            if name == key && held.is_none() {
                *held = Some(value.to_owned());
            }
        }
    }

    /// The quoted text that a text begins with, and what follows it.
    fn quoted<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        let open = text.chars().next()?;
        let (_, close) = self.quotes.iter().find(|(start, _)| *start == open)?;
        let mut held = String::new();
        let mut rest = text.char_indices().skip(1);
        while let Some((at, c)) = rest.next() {
            if self.escapes.contains(&c) {
                held.extend(rest.next().map(|(_, plain)| plain));
            } else if c == *close {
                return Some((held, &text[at + c.len_utf8()..]));
            } else {
                held.push(c);
            }
        }
        None
    }

    fn delimited(&self, text: &str, pair: &str, kv: &str, greedy: bool, found: &mut [Option<String>]) {
        let mut rest = text;
        while !rest.is_empty() {
            rest = skip_blanks(rest, pair);
            let (key, after) = match self.quoted(rest) {
                Some((key, after)) => (key, skip_blanks(after, pair)),
                None => {
                    let end = [rest.find(kv), rest.find(pair)].into_iter().flatten().min();
                    let end = end.unwrap_or(rest.len());
                    (rest[..end].trim().to_owned(), &rest[end..])
                }
            };
            let Some(after) = after.strip_prefix(kv) else {
                // No value here: on to the next pair.
                let Some(end) = after.find(pair) else { return };
                rest = &after[end + pair.len()..];
                continue;
            };
            let start = skip_blanks(after, pair);
            if let Some((value, after)) = self.quoted(start) {
                self.note(found, &key, &value);
                rest = after.find(pair).map_or("", |end| &after[end + pair.len()..]);
                continue;
            }
            let end = if greedy { greedy_end(after, pair, kv) } else { after.find(pair) };
            let end = end.unwrap_or(after.len());
            self.note(found, &key, after[..end].trim());
            rest = after.get(end + pair.len()..).unwrap_or("");
        }
    }

    /// Any character that is no letter, digit or `_` separates; a wanted key takes the next word as its value.
    fn words(&self, text: &str, found: &mut [Option<String>]) {
        let mut words = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((word, after)) = self.quoted(rest) {
                words.push(word);
                rest = after;
            } else if is_word(c) {
                let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                words.push(rest[..end].to_owned());
                rest = &rest[end..];
            } else {
                rest = &rest[c.len_utf8()..];
            }
        }
        let mut words = words.iter();
        while let Some(key) = words.next() {
            if self.keys.iter().any(|(name, _)| name == key)
                && let Some(value) = words.next()
            {
                self.note(found, key, value);
            }
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text after blanks, unless blanks are what separates pairs.
fn skip_blanks<'a>(text: &'a str, pair: &str) -> &'a str {
    if pair.trim().is_empty() { text } else { text.trim_start() }
}

/// Where a value that runs up to the next key ends: at the last pair delimiter before the next key-value delimiter.
fn greedy_end(text: &str, pair: &str, kv: &str) -> Option<usize> {
    match text.find(kv) {
        Some(next) => text[..next].rfind(pair),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(options: &Options, keys: &[(&str, Type)], text: &str) -> String {
        let keys = keys.iter().map(|(name, ty)| ((*name).to_owned(), *ty)).collect();
        let reader = KeyValues::new(options, keys).expect("valid options");
        reader.read(text).iter().map(Value::text).collect::<Vec<_>>().join("|")
    }

    fn delimited(pair: &str, kv: &str) -> Options {
        Options {
            pair_delimiter: Some(pair.to_owned()),
            kv_delimiter: Some(kv.to_owned()),
            ..Options::default()
        }
    }

    const PEOPLE: [(&str, Type); 3] =
        [("name", Type::String), ("phone", Type::String), ("city", Type::String)];

    #[test]
    fn delimiters_quotes_and_blanks() {
        let keys = [("Text", Type::String), ("Id", Type::Long), ("None", Type::Long)];
        assert_eq!(shown(&delimited(",", ":"), &keys, "Id:45, X:n, Text: it is up, Id:9"), "it is up|45|");
        let quoted = Options { quotes: vec!["\"".to_owned()], ..delimited(" ", "=") };
        let keys = [("a b", Type::DateTime), ("c", Type::String)];
        assert_eq!(
            shown(&quoted, &keys, "c=\"x = y\" \"a b\"=2021-01-01T10:00:54"),
            "2021-01-01T10:00:54.0000000Z|x = y"
        );
        let brackets = Options { quotes: vec!["()".to_owned()], ..delimited(" ", "=") };
        assert_eq!(shown(&brackets, &keys, "c=(x y) (a b)=(2021-01-01)"), "2021-01-01T00:00:00.0000000Z|x y");
    }

    #[test]
    fn greedy_values_run_to_the_next_key() {
        let text = "name=John Doe phone=555 5555 city=New York";
        assert_eq!(shown(&delimited(" ", "="), &PEOPLE, text), "John|555|New");
        let greedy = Options { greedy: true, ..delimited(" ", "=") };
        assert_eq!(shown(&greedy, &PEOPLE, text), "John Doe|555 5555|New York");
    }

    #[test]
    fn words_and_escapes() {
        let keys = [("Text", Type::String), ("Thread", Type::Long)];
        let text = "2021-01-01T10:00:34 [INFO] Thread:458, Text: Started";
        assert_eq!(shown(&Options::default(), &keys, text), "Started|458");
        let quoted =
            Options { quotes: vec!["'".to_owned()], escapes: vec!["\\".to_owned()], ..Options::default() };
        assert_eq!(shown(&quoted, &keys, r"Text: 'it \' is up' Thread=1"), "it ' is up|1");
    }

    #[test]
    fn regular_expressions() {
        let options = Options { regex: Some(r"(\w+)=<([^>]*)>".to_owned()), ..Options::default() };
        assert_eq!(shown(&options, &PEOPLE, "name=<a> city=<b c> name=<d>"), "a||b c");
        let wrong = Options { regex: Some("(a)".to_owned()), ..Options::default() };
        assert!(KeyValues::new(&wrong, vec![]).is_err());
        assert!(KeyValues::new(&Options { greedy: true, ..Options::default() }, vec![]).is_err());
    }

    #[test]
    fn any_text_ends() {
        let quoted = Options { quotes: vec!["\"".to_owned()], ..delimited(" ", "=") };
        for text in ["", "=", " = ", "\"", "name=\"", "a \"b\"c", "é=é ", "name", "== ==", "name=x\" y"] {
            let _ = shown(&quoted, &PEOPLE, text);
        }
    }
}
