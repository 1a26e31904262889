//! Texts with places for a value: `{0}` the value, `{1}` its unit, `["name"]` a column of the row. In: a text as the
//! file writes it. Out: the text of a row. What stands in a column is never looked through for places again.

use super::rows::RowText;

/// A text read once, filled for each row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Text(String),
    /// The value; with its unit unless the text has a place for that.
    Value,
    Unit,
    Column(String),
}

impl Template {
    /// Reads a text.
    pub fn read(text: &str) -> Template {
        let mut parts = Vec::new();
        let mut rest = text;
        let mut plain = String::new();
        while let Some(first) = rest.chars().next() {
            let Some((part, length)) = place(rest) else {
                plain.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(part);
            rest = &rest[length..];
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Template { parts }
    }

    /// The text for one row; `value` is the value's text with its unit.
    pub fn fill(&self, value: &str, row: &dyn RowText) -> String {
        let (bare, unit) = match self.parts.contains(&Part::Unit) {
            true => without_unit(value),
            false => (value, ""),
        };
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value => out.push_str(bare),
                Part::Unit if out.ends_with(char::is_whitespace) => out.push_str(unit.trim_start()),
                Part::Unit => out.push_str(unit),
                Part::Column(name) => out.push_str(&row.text(name).unwrap_or_default()),
            }
        }
        out
    }
}

/// The place at the beginning of a text, and its length.
fn place(text: &str) -> Option<(Part, usize)> {
    if text.starts_with("{0}") {
        return Some((Part::Value, 3));
    }
    if text.starts_with("{1}") {
        return Some((Part::Unit, 3));
    }
    let inner = text.strip_prefix("[\"")?;
    let end = inner.find("\"]")?;
    Some((Part::Column(inner[..end].to_owned()), end + 4))
}

/// A number's text before and after the end of its digits: `1.5 KB` is `1.5` and ` KB`. Other texts have no unit.
fn without_unit(text: &str) -> (&str, &str) {
    if !text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()) {
        return (text, "");
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || "-.,".contains(c))).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let short = unit.len() <= 6 && !unit.contains(|c: char| c.is_ascii_digit());
    if short { (number, unit) } else { (text, "") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_library::Value;

    struct Names;

    impl RowText for Names {
        fn value(&self, column: &str) -> Option<Value> {
            (column == "Na]me").then(|| Value::String("{0} [\"Na]me\"]".into()))
        }

        fn all(&self) -> Vec<(String, String)> {
            Vec::new()
        }
    }

    #[test]
    fn places_are_filled_once() {
        let cases = [
            ("{0}{1}", "62.5%", "62.5%"),
            ("{0} {1}", "1.5 KB", "1.5 KB"),
            ("{0} of {1}", "-1,234.5 KB", "-1,234.5 of KB"),
            ("{0}", "1.5 KB", "1.5 KB"),
            ("{0}{1}", "7b1c-11", "7b1c-11"),
            ("<[\"Na]me\"]|[\"no\"]>", "x", "<{0} [\"Na]me\"]|>"),
            ("[\"open", "x", "[\"open"),
            ("{2}é{0", "x", "{2}é{0"),
            ("", "x", ""),
        ];
        for (template, value, text) in cases {
            assert_eq!(Template::read(template).fill(value, &Names), text, "{template}");
        }
    }
}
