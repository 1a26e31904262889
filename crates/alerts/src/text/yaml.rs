//! YAML with places. In: a text. Out: a tree for each of its documents, or where and why it is none. Plain words become
//! values as YAML 1.2's core schema says; tags other than its own, aliases and merges are refused.

use super::node::{Entry, Node, Value};
use super::{Broken, DEPTH};
use crate::Place;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

/// Reads a YAML text.
pub fn yaml(text: &str) -> Result<Vec<Node>, Broken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(place) = conflict(text) {
        return Err(Broken::new(place, "no YAML: a merge was left half done; choose one of its sides"));
    }
    documents(text).map_err(|broken| explained(text, broken))
}

fn documents(text: &str) -> Result<Vec<Node>, Broken> {
    let mut reader = Reader { parser: Parser::new_from_str(text) };
    let mut documents = Vec::new();
    loop {
        let (event, _) = reader.next()?;
        match event {
            Event::StreamEnd => return Ok(documents),
            Event::DocumentStart(_) => {
                let (event, span) = reader.next()?;
                documents.push(reader.node(event, span, 0)?);
            }
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            other => return Err(unwanted(&other, Place::default())),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Broken> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(broken(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Broken> {
        let place = place(span.start);
        if depth > DEPTH {
            let what = format!("values lie within each other more than {DEPTH} deep");
            return Err(Broken::new(place, what));
        }
        let value = match event {
            Event::Scalar(text, style, _, tag) => {
                if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema() || tag.suffix != "str") {
                    return Err(Broken::new(place, format!("the tag `{tag}` is not read")));
                }
                scalar(&text, style)
            }
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.map(depth)?,
            other => return Err(unwanted(&other, place)),
        };
        Ok(Node::new(value, place))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(nodes)),
                (event, span) => nodes.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Broken> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let place = place(span.start);
            let key = match event {
                Event::MappingEnd => return Ok(Value::Map(entries)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => {
                    let what = "a field's name is no text; a value that begins with `{` stands in quotes";
                    return Err(Broken::new(place, what));
                }
            };
            if entries.iter().any(|entry| entry.key == key) {
                return Err(Broken::new(place, format!("`{key}` stands twice")));
            }
            let (event, span) = self.next()?;
            entries.push(Entry { key, place, value: self.node(event, span, depth + 1)? });
        }
    }
}

/// Where a merge of versions left its markers.
fn conflict(text: &str) -> Option<Place> {
    let at = text.lines().position(|line| line.starts_with("<<<<<<< "))?;
    text.lines()
        .skip(at)
        .any(|line| line.starts_with(">>>>>>> "))
        .then(|| Place { line: u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1), column: 1 })
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if serde_json::from_str::<serde_json::Number>(text).is_ok() => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn place(marker: Marker) -> Place {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { line: number(marker.line()).max(1), column: number(marker.col()).saturating_add(1) }
}

fn broken(error: &ScanError) -> Broken {
    Broken::new(place(*error.marker()), format!("no YAML: {}", error.info()))
}

/// Says so where a text of several lines, such as a query, ended because of how far left a line of it stands.
fn explained(text: &str, broken: Broken) -> Broken {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let begins = |line: &&str| {
        let behind = line.rsplit_once(": ").map_or("", |(_, behind)| behind.trim());
        let mut marks = behind.chars();
        matches!(marks.next(), Some('|' | '>')) && marks.all(|c| c.is_ascii_digit() || "+-".contains(c))
    };
    let above: Vec<&str> = text.lines().take(broken.place.line as usize).collect();
    let Some(header) = above.iter().rposition(begins) else { return broken };
    let mut within = (header + 1..above.len()).filter(|at| !above[*at].trim().is_empty());
    let Some(first) = within.next().map(|at| indent(above[at])) else { return broken };
    let is_field = |line: &str| {
        let key = line.trim_start().split_once(':').map(|(key, _)| key);
        key.is_some_and(|key| key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-'))
    };
    // The fault is found in this line, or where the next one begins.
    let ends = within.find(|at| indent(above[*at]) < first).filter(|at| at + 2 >= above.len());
    let Some(ends) = ends.filter(|at| first > indent(above[header]) && !is_field(above[*at])) else {
        return broken;
    };
    let what = format!(
        "{}; the text that begins in line {} ends above, since this line stands further left than its first one",
        broken.what,
        header + 1
    );
    Broken { place: Place::of(text, above[ends].as_ptr() as usize - text.as_ptr() as usize), what }
}

fn unwanted(event: &Event<'_>, place: Place) -> Broken {
    let what = match event {
        Event::Alias(_) => "aliases (`*name`) are not read",
        _ => "a value was wanted",
    };
    Broken::new(place, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rules_as_the_repository_writes_them() {
        let text = "id: 1-2\nname: 'a: b'\nquery: |\n  T\n  | where x // : no\nperiod: 1d  # day\nlist: [a, 'b', 3]\n\
                    deep:\n  - type: x\n    at: {n: 1.5}\nnone:\n";
        let documents = yaml(text).expect("yaml");
        let json = documents[0].json();
        let wanted = serde_json::json!({
            "id": "1-2", "name": "a: b", "query": "T\n| where x // : no\n", "period": "1d", "list": ["a", "b", 3],
            "deep": [{"type": "x", "at": {"n": 1.5}}], "none": null
        });
        assert_eq!(json, wanted);
        let period = documents[0].get("period").expect("there");
        assert_eq!((period.place.line, period.place.column), (6, 9));
    }

    #[test]
    fn what_is_not_read_is_told_with_its_place() {
        let refused = |text: &str| yaml(text).expect_err("refused").to_string();
        assert_eq!(refused("a: 1\na: 2"), "2:1 `a` stands twice");
        assert_eq!(refused("a: &x 1\nb: *x"), "2:4 aliases (`*name`) are not read");
        assert_eq!(refused("a: !secret x"), "1:4 the tag `!secret` is not read");
        assert_eq!(
            refused("a: {{b}} c"),
            "1:5 a field's name is no text; a value that begins with `{` stands in quotes"
        );
        assert_eq!(
            refused("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n"),
            "2:1 no YAML: a merge was left half done; choose one of its sides"
        );
        assert!(refused("a: [1").starts_with("2:1 no YAML: ") || refused("a: [1").starts_with("1:"));
        assert!(refused(&"[".repeat(100)).contains("64 deep"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-:|>{}\\[\\],'\"&*!#%@`?~ \t\r\na-c0é]{0,48}") {
            let _ = yaml(&text);
        }
    }
}
