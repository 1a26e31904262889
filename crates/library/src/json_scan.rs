//! One pass over JSON text that needs no rewriting. In: a text and the parts wanted of it. Out: whether the text is
//! *plain*, and if so where the parts stand. Plain is what reading and writing leaves alone: JSON without blanks between
//! its parts, each key of a bag once and without escapes, no `\u` and no `\/`. A text that is not plain is for the slower
//! readers; nothing is said of it here.

use crate::json_bytes::{end_of_key, end_of_number, end_of_string};
use std::ops::Range;

/// Parts of a text that are looked for together.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    root: Node,
    count: usize,
}

/// A step from the whole to a part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// The element at a place, from 0.
    Place(usize),
}

/// What is wanted of the values at one place.
#[derive(Clone, Debug, Default)]
struct Node {
    /// Which parts this value is.
    parts: Vec<usize>,
    keys: Vec<(String, Node)>,
    places: Vec<(usize, Node)>,
}

impl Wanted {
    /// Adds a part, whose number is how many were wanted before.
    pub fn add(&mut self, steps: &[Step]) {
        let mut node = &mut self.root;
        for step in steps {
            node = match step {
                Step::Key(key) => child(&mut node.keys, key),
                Step::Place(place) => child(&mut node.places, place),
            };
        }
        node.parts.push(self.count);
        self.count += 1;
    }
}

fn child<'n, K: PartialEq + Clone>(children: &'n mut Vec<(K, Node)>, key: &K) -> &'n mut Node {
    let at = children.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
        children.push((key.clone(), Node::default()));
        children.len() - 1
    });
    &mut children[at].1
}

/// Values nested deeper are left to the slower readers.
const DEEPEST: usize = 48;
/// Bags with more keys are left to them, too.
const MOST_KEYS: usize = 60;

/// Reads texts one after another; what it keeps between them is only memory.
#[derive(Debug, Default)]
pub struct Scanner {
    /// Keys of the bags that are open: a digest, where the key begins and how long it is.
    keys: Vec<(u64, usize, usize)>,
    /// Where the parts begin and end.
    found: Vec<Option<(usize, usize)>>,
}

impl Scanner {
    /// Whether a text is plain JSON.
    pub fn is_plain(&mut self, text: &str) -> bool {
        static NOTHING: Wanted =
            Wanted { root: Node { parts: vec![], keys: vec![], places: vec![] }, count: 0 };
        self.read(text, &NOTHING)
    }

    /// Finds the parts of a text; false when it is not plain.
    pub fn read(&mut self, text: &str, wanted: &Wanted) -> bool {
        self.keys.clear();
        self.found.clear();
        self.found.resize(wanted.count, None);
        let bytes = text.as_bytes();
        let mut pass = Pass { bytes, at: 0, keys: &mut self.keys, found: &mut self.found };
        pass.value(Some(&wanted.root), 0).is_some() && pass.at == bytes.len()
    }

    /// Where the elements of a plain array stand, one after another; `None` when the text is none, which may show late.
    pub fn each_element(&mut self, text: &str, mut each: impl FnMut(Range<usize>)) -> Option<()> {
        self.keys.clear();
        let bytes = text.as_bytes();
        let mut pass = Pass { bytes, at: 1, keys: &mut self.keys, found: &mut [] };
        if bytes == b"[]" {
            return Some(());
        }
        if bytes.first() != Some(&b'[') {
            return None;
        }
        loop {
            let start = pass.at;
            pass.value(None, 1)?;
            each(start..pass.at);
            let next = *bytes.get(pass.at)?;
            pass.at += 1;
            match next {
                b',' => {}
                b']' => return (pass.at == bytes.len()).then_some(()),
                _ => return None,
            }
        }
    }

    /// A part of the text read last, if it holds that part.
    pub fn part<'t>(&self, text: &'t str, part: usize) -> Option<&'t str> {
        let (start, end) = (*self.found.get(part)?)?;
        text.get(start..end)
    }
}

/// One pass. Every step gives `None` where the text is not plain.
struct Pass<'t, 's> {
    bytes: &'t [u8],
    at: usize,
    keys: &'s mut Vec<(u64, usize, usize)>,
    found: &'s mut [Option<(usize, usize)>],
}

impl Pass<'_, '_> {
    fn value(&mut self, wanted: Option<&Node>, depth: usize) -> Option<()> {
        let start = self.at;
        match *self.bytes.get(start)? {
            b'"' => {
                self.at = end_of_string(self.bytes, start + 1)?;
            }
            b'{' => self.bag(wanted, depth)?,
            b'[' => self.array(wanted, depth)?,
            b'-' | b'0'..=b'9' => self.at = end_of_number(self.bytes, start)?,
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'n' => self.word(b"null")?,
            _ => return None,
        }
        for part in wanted.map_or(&[][..], |node| &node.parts) {
            self.found[*part] = Some((start, self.at));
        }
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let end = self.at + word.len();
        (self.bytes.get(self.at..end)? == word).then(|| self.at = end)
    }

    fn array(&mut self, wanted: Option<&Node>, depth: usize) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.at += 1;
        if *self.bytes.get(self.at)? == b']' {
            self.at += 1;
            return Some(());
        }
        let places = wanted.map_or(&[][..], |node| &node.places);
        let mut place = 0;
        loop {
            let node = places.iter().find(|(known, _)| *known == place).map(|(_, node)| node);
            self.value(node, depth + 1)?;
            place += 1;
            let next = *self.bytes.get(self.at)?;
            self.at += 1;
            match next {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    fn bag(&mut self, wanted: Option<&Node>, depth: usize) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.at += 1;
        if *self.bytes.get(self.at)? == b'}' {
            self.at += 1;
            return Some(());
        }
        let known = wanted.map_or(&[][..], |node| &node.keys);
        let first = self.keys.len();
        loop {
            if *self.bytes.get(self.at)? != b'"' {
                return None;
            }
            let start = self.at + 1;
            let end = end_of_key(self.bytes, start)?;
            let key = &self.bytes[start..end];
            self.add_key(first, key, start)?;
            if *self.bytes.get(end + 1)? != b':' {
                return None;
            }
            self.at = end + 2;
            let node = known.iter().find(|(name, _)| name.as_bytes() == key).map(|(_, node)| node);
            self.value(node, depth + 1)?;
            let next = *self.bytes.get(self.at)?;
            self.at += 1;
            match next {
                b',' => {}
                b'}' => {
                    self.keys.truncate(first);
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Remembers a key of a bag whose keys begin at `first`; `None` when the bag had it, or has very many.
    fn add_key(&mut self, first: usize, key: &[u8], start: usize) -> Option<()> {
        let digest = digest(key);
        let before = &self.keys[first..];
        let twice = before
            .iter()
            .any(|(other, start, length)| *other == digest && &self.bytes[*start..*start + *length] == key);
        if twice || before.len() == MOST_KEYS {
            return None;
        }
        self.keys.push((digest, start, key.len()));
        Some(())
    }
}

/// A number that tells most keys apart: of their ends and their length.
fn digest(key: &[u8]) -> u64 {
    let word = |bytes: Option<&[u8]>| bytes.and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
    let length = key.len() as u64;
    match (
        word(key.first_chunk::<8>().map(|head| &head[..])),
        word(key.last_chunk::<8>().map(|tail| &tail[..])),
    ) {
        (Some(head), Some(tail)) => head ^ tail.rotate_left(29) ^ length << 56,
        _ => key.iter().fold(length, |sum, byte| sum << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::functions::conversion::parse_json::canonical_of_tree;
    use crate::json_walk::{Walk, find};
    use proptest::prelude::*;

    fn plain(text: &str) -> bool {
        Scanner::default().is_plain(text)
    }

    #[test]
    fn plain_texts() {
        for text in [
            "1",
            "-0.5e+7",
            "{}",
            "[]",
            "\"\"",
            "null",
            "true",
            "[[],{},[1,\"a b\"]]",
            "\"\\\"\\n\\\\\"",
            r#"{"a":[{"a":1,"b":null}],"é":"日本"}"#,
        ] {
            assert!(plain(text), "{text}");
        }
        for text in [
            "",
            " 1",
            "1 ",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "nul",
            "nullx",
            "{",
            "[1",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{a:1}",
            "\"",
            "\"\\",
            "\"\\u0041\"",
            "\"\\/\"",
            "\"\\\\u\"",
            "\"\\\\/\"",
            "\"\\x\"",
            "\"a\nb\"",
            "[1 ,2]",
            "NaN",
            "{\"a\":1,\"a\":2}",
            "{\"\\n\":1}",
            "1 2",
        ] {
            assert!(!plain(text), "{text}");
        }
        assert!(plain(&format!("{}{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST))));
        assert!(!plain(&"[".repeat(100_000)));
    }

    #[test]
    fn long_keys_that_look_alike() {
        assert!(plain(r#"{"extension_1":1,"extension_2":2,"ex":3,"xe":4,"":5}"#));
        assert!(plain(r#"{"aaaaaaaa1bbbbbbbb":1,"aaaaaaaa2bbbbbbbb":2}"#));
        assert!(!plain(r#"{"aaaaaaaa1bbbbbbbb":1,"b":{},"aaaaaaaa1bbbbbbbb":2}"#));
        assert!(plain(r#"{"a":{"a":{"a":1},"b":2},"b":3}"#));
    }

    #[test]
    fn parts() {
        let mut wanted = Wanted::default();
        let key = |key: &str| Step::Key(key.to_owned());
        wanted.add(&[key("a"), key("b")]);
        wanted.add(&[key("c"), Step::Place(1)]);
        wanted.add(&[]);
        wanted.add(&[key("a")]);
        let mut scanner = Scanner::default();
        let text = r#"{"a":{"x":{"b":0},"b":"y"},"c":[1,{"z":2}]}"#;
        assert!(scanner.read(text, &wanted));
        assert_eq!(scanner.part(text, 0), Some("\"y\""));
        assert_eq!(scanner.part(text, 1), Some("{\"z\":2}"));
        assert_eq!(scanner.part(text, 2), Some(text));
        assert_eq!(scanner.part(text, 3), Some(r#"{"x":{"b":0},"b":"y"}"#));
        let other = "[\"a\"]";
        assert!(scanner.read(other, &wanted));
        assert_eq!(scanner.part(other, 0), None);
        assert_eq!(scanner.part(other, 2), Some(other));
    }

    /// Texts that are JSON or nearly so.
    pub(crate) fn texts() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?",
            "\"[a-c \\\\\"/u\u{1}é\u{80}]{0,12}\"",
            "\"([a-z]|\\\\[nrtbfu/\\\\\"]){0,20}\"",
            "[ \t\n{}\\[\\]:,\"0-9a]{0,4}",
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            let key = "\"(a|b|Id|Name|abcdefgh|\\\\u0061|\\\\n)\"";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(|all| format!("[{}]", all.join(","))),
                prop::collection::vec((key, inner.clone()), 0..6).prop_map(|all| {
                    let members: Vec<_> = all.iter().map(|(key, value)| format!("{key}:{value}")).collect();
                    format!("{{{}}}", members.join(","))
                }),
                inner.prop_map(|text| format!(" {text}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_plain_reading_leaves_alone(text in texts()) {
            if plain(&text) {
                let expected = if text == "null" { None } else { Some(text.as_str()) };
                let read = canonical_of_tree(&text);
                prop_assert_eq!(read.as_deref(), expected);
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            }
        }

        #[test]
        fn elements_are_those_of_plain_arrays(text in texts()) {
            let mut found = Vec::new();
            let read = Scanner::default().each_element(&text, |part| found.push(&text[part]));
            if plain(&text) && text.starts_with('[') {
                prop_assert!(read.is_some());
                prop_assert_eq!(Some(found), crate::json_items::elements(&text));
            } else {
                prop_assert!(read.is_none());
            }
        }

        #[test]
        fn parts_are_those_of_the_walk(text in texts(), first in "(a|b|Id|abcdefgh)", place in 0usize..3) {
            let steps = [
                vec![Step::Key(first.clone())],
                vec![Step::Key(first), Step::Key("a".to_owned())],
                vec![Step::Place(place)],
                vec![Step::Place(place), Step::Key("b".to_owned()), Step::Place(0)],
            ];
            let mut wanted = Wanted::default();
            steps.iter().for_each(|steps| wanted.add(steps));
            let mut scanner = Scanner::default();
            if scanner.read(&text, &wanted) {
                for (part, steps) in steps.iter().enumerate() {
                    let mut walk = Walk::default();
                    for step in steps {
                        match step {
                            Step::Key(key) => walk.key(key),
                            Step::Place(place) => walk.place(*place as i64),
                        }
                    }
                    prop_assert_eq!(scanner.part(&text, part), find(&text, &walk));
                }
            }
        }
    }
}
