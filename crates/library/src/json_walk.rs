//! Finds a part of a JSON text by keys and places, reading no more than needed and building no tree. The last of equal
//! keys counts. Text that is no JSON holds nothing.

use jiter::{Jiter, JiterResult, Peek};
use memchr::{memchr, memmem};

/// The steps from the whole to a part.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// The key, and a search for its text in quotes.
    Key(String, Box<memmem::Finder<'static>>),
    /// A place; negative ones count from the end.
    Place(i64),
}

impl Walk {
    /// Goes to a key of a bag.
    pub fn key(&mut self, key: &str) {
        let quoted = serde_json::Value::from(key).to_string();
        self.steps.push(Step::Key(key.to_owned(), Box::new(memmem::Finder::new(&quoted).into_owned())));
    }

    /// Goes to a place of an array; negative ones count from the end.
    pub fn place(&mut self, place: i64) {
        self.steps.push(Step::Place(place));
    }
}

/// The text of the part at the end of a walk, as it stands.
pub fn find<'a>(text: &'a str, walk: &Walk) -> Option<&'a str> {
    let mut part = text;
    for step in &walk.steps {
        part = match step {
            Step::Key(key, quoted) => at_key(part, key, quoted),
            Step::Place(place) => at_place(part, *place),
        }?;
    }
    Some(part.trim())
}

/// The value of a key. Where the key's text is nowhere in what is left, nothing is read; escapes could spell it.
fn at_key<'a>(text: &'a str, key: &str, quoted: &memmem::Finder) -> Option<&'a str> {
    let absent =
        |rest: &str| quoted.find(rest.as_bytes()).is_none() && memchr(b'\\', rest.as_bytes()).is_none();
    if absent(text) {
        return None;
    }
    let mut reader = Jiter::new(text.as_bytes());
    if reader.peek().ok()? != Peek::Object {
        return None;
    }
    let mut found = None;
    let mut wanted = reader.known_object().ok()?.map(|name| name == key);
    while let Some(is_wanted) = wanted {
        let (start, end) = skip(&mut reader).ok()?;
        if is_wanted {
            found = text.get(start..end);
            if absent(text.get(end..)?) {
                return found;
            }
        }
        wanted = reader.next_key().ok()?.map(|name| name == key);
    }
    found
}

/// The element at a place.
fn at_place(text: &str, place: i64) -> Option<&str> {
    let mut reader = Jiter::new(text.as_bytes());
    if reader.peek().ok()? != Peek::Array {
        return None;
    }
    let mut next = reader.known_array().ok()?;
    let mut seen = Vec::new();
    let mut index = 0;
    while next.is_some() {
        let (start, end) = skip(&mut reader).ok()?;
        if index == place {
            return text.get(start..end);
        }
        if place < 0 {
            seen.push((start, end));
        }
        index += 1;
        next = reader.array_step().ok()?;
    }
    let from_start = index.checked_add(place).and_then(|at| usize::try_from(at).ok())?;
    let (start, end) = *seen.get(from_start)?;
    text.get(start..end)
}

/// Passes over a value: where it starts and ends.
fn skip(reader: &mut Jiter) -> JiterResult<(usize, usize)> {
    let peek = reader.peek()?;
    let start = reader.current_index();
    reader.known_skip(peek)?;
    Ok((start, reader.current_index()))
}

/// Whether a text is JSON that needs no rewriting: each key of a bag once, nothing after the value.
pub fn is_canonical(text: &str) -> bool {
    let mut reader = Jiter::new(text.as_bytes());
    read_once(&mut reader, 0).is_ok_and(|once| once) && reader.finish().is_ok()
}

/// Bags nested deeper than this are left to the other reader.
const DEEPEST: usize = 64;

/// Passes over a value; false when a bag repeats a key.
fn read_once(reader: &mut Jiter, depth: usize) -> JiterResult<bool> {
    let peek = reader.peek()?;
    if depth > DEEPEST {
        return Ok(false);
    }
    if peek == Peek::Array {
        let mut next = reader.known_array()?;
        while next.is_some() {
            if !read_once(reader, depth + 1)? {
                return Ok(false);
            }
            next = reader.array_step()?;
        }
        return Ok(true);
    }
    if peek != Peek::Object {
        reader.known_skip(peek)?;
        return Ok(true);
    }
    let mut keys: Vec<String> = Vec::new();
    let mut next = reader.known_object()?.map(str::to_owned);
    while let Some(key) = next {
        if keys.contains(&key) || keys.len() > DEEPEST {
            return Ok(false);
        }
        keys.push(key);
        if !read_once(reader, depth + 1)? {
            return Ok(false);
        }
        next = reader.next_key()?.map(str::to_owned);
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, key: &str) -> Option<String> {
        let mut walk = Walk::default();
        walk.key(key);
        find(text, &walk).map(str::to_owned)
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        assert_eq!(key(r#"{"a":1,"b":2,"a":3}"#, "a").as_deref(), Some("3"));
        assert_eq!(key(r#"{"a":1,"b":2,"\u0061":3}"#, "a").as_deref(), Some("3"));
        assert_eq!(key(r#"{"a":1,"b":{"a":3}}"#, "a").as_deref(), Some("1"));
    }

    #[test]
    fn text_that_is_no_json_holds_nothing() {
        for text in ["", "{", "{\"a\"", "{\"a\":", "{\"a\":1,", "[", "nonsense \"a\"", "{\"a\":[1,}"] {
            assert!(key(text, "a").is_none_or(|found| found == "1"), "{text}");
        }
        let mut walk = Walk::default();
        walk.place(i64::MIN);
        assert_eq!(find("[1]", &walk), None);
        assert_eq!(find(&"[".repeat(100_000), &walk), None);
    }

    #[test]
    fn canonical_texts() {
        for text in ["1", "118.0", "{}", r#"{"a":[{"a":1}]}"#, "null"] {
            assert!(is_canonical(text), "{text}");
        }
        for text in ["", "{\"a\":1,\"a\":2}", "1 2", "abc", "{'a':1}", "NaN"] {
            assert!(!is_canonical(text), "{text}");
        }
    }
}
