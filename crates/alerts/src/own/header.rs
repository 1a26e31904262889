//! The comments above a query as keys and values, and the sections of a file. In: a text. Out: what stands where; which
//! keys there are is not known here.

use crate::Place;

/// A part of a file: comments, and the query below them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// What the comments say, in their order.
    pub settings: Vec<Setting>,
    /// What stands below the last of them, without the white space around it.
    pub query: String,
    /// Where the query begins.
    pub query_place: Place,
}

/// A comment `// key: value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// What stands before the first colon: words, and a name in quotes as JSON where it has characters of its own.
    pub key: String,
    /// What stands behind it.
    pub value: String,
    /// Where the value begins.
    pub place: Place,
}

/// Begins a section that holds another criterion.
pub const CRITERION: &str = "// criterion:";
/// Begins the section of the query that ends alerts.
pub const RESOLVED_BY: &str = "// resolved by:";
/// Ends the comments.
pub const QUERY_BELOW: &str = "// query:";

/// The first section, then those that begin with a line of their own, with that line.
pub fn sections(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<(&'static str, Section)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Vec::new();
    let (mut marker, mut from, mut at, mut first_line) = ("", 0, 0, 1);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let begins = [CRITERION, RESOLVED_BY].into_iter().find(|marker| line.trim_end() == *marker);
        if let Some(begins) = begins {
            found.push((marker, section(&text[from..at], first_line, &is_known)));
            (marker, from, first_line) = (begins, at + line.len(), number + 1);
        }
        at += line.len();
    }
    found.push((marker, section(&text[from..], first_line, &is_known)));
    found
}

fn section(text: &str, first_line: u32, is_known: &impl Fn(&str) -> bool) -> Section {
    let mut section = Section::default();
    let (mut at, mut query) = (0, 0);
    for (number, line) in (first_line..).zip(text.split_inclusive('\n')) {
        let start = at;
        at += line.len();
        let Some(comment) = line.trim_start().strip_prefix("//") else {
            if line.trim().is_empty() {
                continue;
            }
            break;
        };
        if line.trim() == QUERY_BELOW {
            query = at;
            break;
        }
        let Some((key, value)) = key_and_value(comment) else { continue };
        if !is_known(&key) && !looks_like_a_key(&key) {
            continue;
        }
        query = at;
        let value_at = start + line.len() - value.trim_start().len();
        let column = Place::of(text, value_at.min(start + line.trim_end().len())).column;
        section.settings.push(Setting {
            key,
            value: value.trim().to_owned(),
            place: Place { line: number, column },
        });
    }
    let below = &text[query..];
    let begins = query + below.len() - below.trim_start().len();
    let place = Place::of(text, begins);
    // A section without a line of its own stands in the line that begins it.
    let line = if text.is_empty() { first_line.max(2) - 1 } else { place.line + first_line - 1 };
    section.query_place = Place { line, column: place.column };
    section.query = below.trim().to_owned();
    section
}

/// `property team: a`, `property "a: b": c`; one blank stands between the words of a key.
fn key_and_value(comment: &str) -> Option<(String, &str)> {
    let words = &comment[..comment.find(['"', ':'])?];
    let behind = &comment[words.len()..];
    let mut name = serde_json::Deserializer::from_str(behind).into_iter::<String>();
    if let Some(Ok(text)) = name.next() {
        let value = behind[name.byte_offset()..].trim_start().strip_prefix(':')?;
        return Some((format!("{} {text}", one_blank(words)), value));
    }
    let (key, value) = comment.split_once(':')?;
    Some((one_blank(key), value))
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a comment looks as if it was meant as a setting: one or two lower-case words.
fn looks_like_a_key(key: &str) -> bool {
    key.split(' ').count() <= 2
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c == ' ' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_where_the_query_begins() {
        let text = "\u{feff}// title: A: b\r\n// A remark. With: colon\n// every: 5m\n\n// About the query.\nT\n// no: key\n";
        let found = sections(text, |key| key == "title");
        assert_eq!(found.len(), 1);
        let section = &found[0].1;
        let keys: Vec<_> =
            section.settings.iter().map(|one| (one.key.as_str(), one.value.as_str())).collect();
        assert_eq!(keys, [("title", "A: b"), ("every", "5m")]);
        assert_eq!(section.query, "// About the query.\nT\n// no: key");
        assert_eq!((section.query_place.line, section.query_place.column), (5, 1));
        assert_eq!((section.settings[1].place.line, section.settings[1].place.column), (3, 11));
    }

    #[test]
    fn a_line_begins_a_section() {
        let found = sections(
            "// fires: A\nT\n// criterion:\n// fires: B\nU\n// resolved by:\n// query:\n// fires: C\nV",
            |_| true,
        );
        let shown: Vec<_> = found.iter().map(|(marker, one)| (*marker, one.query.as_str())).collect();
        assert_eq!(shown, [("", "T"), (CRITERION, "U"), (RESOLVED_BY, "// fires: C\nV")]);
        assert_eq!(found[1].1.query_place.line, 5);
        assert_eq!(found[2].1.query_place.line, 8);
    }
}
