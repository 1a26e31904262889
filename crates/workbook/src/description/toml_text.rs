//! TOML as people write it. In: a table. Out: its text: `[[item]]` and `[item.grid]` as headers, everything within
//! them in place, a line for each table of an array, and texts of several lines as such.

use std::fmt::Write;
use toml::{Table, Value};

/// Arrays of tables that have headers of their own.
const HEADED_ARRAYS: &[&str] = &["item", "parameter", "link", "panel", "tab"];
/// Tables that have headers of their own.
const HEADED_TABLES: &[&str] = &["grid", "tiles", "chart", "merge", "json", "rows"];
/// Arrays of plain values stay on one line up to this width.
const WIDE: usize = 100;

/// The text of a whole file.
pub fn text(table: &Table) -> String {
    let mut out = String::new();
    write_table(&mut out, "", table);
    out
}

/// Plain keys first: what stands below a header belongs to it.
fn write_table(out: &mut String, path: &str, table: &Table) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, value) in table.iter().filter(|(key, value)| !is_headed(key, value)) {
        let text = match value {
            Value::String(text) if text.contains('\n') => lines_text(text),
            Value::String(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_)
            | Value::Array(_)
            | Value::Table(_) => value_text(value, 0),
        };
        let _ = writeln!(out, "{} = {text}", key_text(key));
    }
    for (key, value) in table.iter().filter(|(key, value)| is_headed(key, value)) {
        if let Value::Table(inner) = value {
            let _ = writeln!(out, "\n[{}]", below(key));
            write_table(out, &below(key), inner);
        }
        let items = value.as_array().into_iter().flatten().filter_map(Value::as_table);
        for inner in items {
            let _ = writeln!(out, "\n[[{}]]", below(key));
            write_table(out, &below(key), inner);
        }
    }
}

/// An empty array cannot be written by headers, nor one that holds anything but tables.
fn is_headed(key: &str, value: &Value) -> bool {
    match value {
        Value::Table(_) => HEADED_TABLES.contains(&key),
        Value::Array(items) => {
            HEADED_ARRAYS.contains(&key) && !items.is_empty() && items.iter().all(Value::is_table)
        }
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            false
        }
    }
}

/// A value in place; arrays of tables or arrays go on lines of their own.
fn value_text(value: &Value, depth: usize) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", escaped(text, false)),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => value.to_string(),
        Value::Array(items) => {
            let nested = items.iter().any(|item| item.is_table() || item.is_array());
            let parts: Vec<String> = items.iter().map(|item| value_text(item, depth + 1)).collect();
            let one_line = format!("[{}]", parts.join(", "));
            let short_pair = items.iter().all(|item| !item.is_table()) && depth > 0;
            if one_line.len() <= WIDE && (!nested || short_pair) && !one_line.contains('\n') {
                return one_line;
            }
            let indent = "    ".repeat(depth + 1);
            let lines: String = parts.iter().map(|part| format!("{indent}{part},\n")).collect();
            format!("[\n{lines}{}]", "    ".repeat(depth))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let parts: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", key_text(key), value_text(value, depth)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
    }
}

/// A text of several lines; the line break after the opening quotes is no part of it.
fn lines_text(text: &str) -> String {
    format!("\"\"\"\n{}\"\"\"", escaped(text, true))
}

fn escaped(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\t' if lines => out.push(c),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            // One quote may stand in a text of lines, but not beside another nor before the end.
            '"' if lines && before != '"' && rest.peek().is_some() => out.push('"'),
            '"' => out.push_str("\\\""),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
        before = c;
    }
    out
}

fn key_text(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    if bare { key.to_owned() } else { format!("\"{}\"", escaped(key, false)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headers_lines_and_places() {
        let source = "a = 1\nb = \"\"\"\nx\n\"y\\\\\"\"\"\n\n[[item]]\nc = [\n    { d = 1, e = [1, 2] },\n]\n\n\
            [item.grid]\nf = [\n    [\"g\", 1],\n]\n";
        let table: Table = source.parse().unwrap();
        assert_eq!(text(&table), source);
    }

    fn value() -> impl Strategy<Value = Value> {
        let string = "[a\"\\\\\n\r\t\u{0}\u{7f}\u{85}é{}']{0,8}";
        let leaf = prop_oneof![
            string.prop_map(Value::String),
            any::<i64>().prop_map(Value::Integer),
            any::<bool>().prop_map(Value::Boolean),
            proptest::num::f64::NORMAL.prop_map(Value::Float),
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec(("item|grid|link|[a-z .\"\\n]{0,3}", inner), 0..4)
                    .prop_map(|pairs| Value::Table(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in value()) {
            let table: Table = [("x".to_owned(), value.clone()), ("item".to_owned(), value)].into_iter().collect();
            let written = text(&table);
            let read: Table = written.parse().unwrap_or_else(|error| panic!("{error}\n{written}"));
            prop_assert_eq!(read, table);
        }
    }
}
