//! `mv-expand`: the elements of dynamics side by side, one row each, and the cast of elements to a type.
//! In: JSON text of arrays and bags. Out: slices of it, no trees are built.

use crate::call::Argument;
use crate::json;
use crate::literals;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{ArrayRef, Int64Array, StringViewBuilder};
use std::borrow::Cow;
use std::sync::Arc;

/// The outcome of expanding rows.
pub struct Expanded {
    /// For each row out the row in.
    pub rows: Vec<usize>,
    /// The elements, one column per source, of the types asked for.
    pub columns: Vec<ArrayRef>,
    /// The place of each element, from 0.
    pub item_index: Int64Array,
}

/// Expands dynamics side by side: a row in gives as many rows as its longest source has elements, at most `limit`;
/// shorter ones are filled with nulls. Each source's elements are cast to its type.
pub fn expand(sources: &[Argument], to: &[Type], rows: usize, bags_as_arrays: bool, limit: u64) -> Expanded {
    let mut from = Vec::new();
    let mut places = Vec::new();
    let mut columns: Vec<Column> = to.iter().map(|ty| Column::new(*ty)).collect();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    for row in 0..rows {
        let lists: Vec<_> = sources
            .iter()
            .map(|source| elements_of((!source.is_null(row)).then(|| source.raw(row)), bags_as_arrays))
            .collect();
        let count = lists.iter().map(Vec::len).max().unwrap_or(0).min(limit);
        for place in 0..count {
            from.push(row);
            places.push(place as i64);
            for (list, column) in lists.iter().zip(&mut columns) {
                column.push(list.get(place).and_then(|element| element.as_deref()));
            }
        }
    }
    Expanded {
        rows: from,
        columns: columns.into_iter().map(Column::finish).collect(),
        item_index: places.into_iter().collect(),
    }
}

/// A column under construction: JSON text where the elements stay dynamic, else values.
enum Column {
    Text(StringViewBuilder),
    Values(Type, Vec<Value>),
}

impl Column {
    fn new(to: Type) -> Column {
        match to {
            Type::Dynamic => Column::Text(StringViewBuilder::new()),
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::String
            | Type::DateTime
            | Type::TimeSpan
            | Type::Guid => Column::Values(to, Vec::new()),
        }
    }

    fn push(&mut self, element: Option<&str>) {
        match self {
            Column::Text(builder) => builder.append_option(element.filter(|text| *text != "null")),
            Column::Values(to, values) => values.push(cast(element, *to)),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Column::Text(mut builder) => Arc::new(builder.finish()),
            Column::Values(to, values) => Value::to_array(to, values),
        }
    }
}

/// What one dynamic expands to: the elements of an array; of a bag one-key bags, or `[key,value]` pairs when
/// `bags_as_arrays`; null and any other value stand for themselves.
pub fn elements_of(text: Option<&str>, bags_as_arrays: bool) -> Vec<Option<Cow<'_, str>>> {
    let Some(text) = text else { return vec![None] };
    if let Some(elements) = elements(text) {
        return elements.into_iter().map(|element| Some(Cow::Borrowed(element))).collect();
    }
    match members(text) {
        None => vec![Some(Cow::Borrowed(text))],
        Some(members) => members
            .into_iter()
            .map(|(key, value)| {
                let pair =
                    if bags_as_arrays { format!("[{key},{value}]") } else { format!("{{{key}:{value}}}") };
                Some(Cow::Owned(pair))
            })
            .collect(),
    }
}

/// An element as a value of a type. This casts what the element holds and never reads numbers out of strings: strings
/// become only strings, datetimes and guids; nothing becomes a timespan or decimal.
pub fn cast(element: Option<&str>, to: Type) -> Value {
    let Some(text) = element.filter(|text| *text != "null") else { return Value::absent(to) };
    let string = text.starts_with('"').then(|| json::unquoted(text));
    let number = || {
        text.parse::<f64>()
            .ok()
            .filter(|_| text.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
    };
    let whole = || text.parse::<i64>().ok().or_else(|| number().map(|value| value as i64));
    let found = match to {
        Type::Dynamic => json::parse(text).map(Value::dynamic),
        Type::String => Some(Value::String(string.map_or_else(|| text.to_owned(), Cow::into_owned))),
        Type::DateTime => string.and_then(|text| literals::datetime(&text)).map(Value::DateTime),
        Type::Guid => string.and_then(|text| literals::guid(&text)).map(Value::Guid),
        Type::Long => whole().map(Value::Long),
        Type::Int => whole().map(|value| Value::Int(value as i32)),
        Type::Real => number().map(Value::Real),
        Type::Bool => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => text.parse::<i64>().ok().map(|value| Value::Bool(value != 0)),
        },
        Type::TimeSpan | Type::Decimal => None,
    };
    found.unwrap_or(Value::Null(to))
}

/// The elements of a JSON array as slices of its text; `None` when it is no array.
pub fn elements(text: &str) -> Option<Vec<&str>> {
    let mut walk = Walk::new(text);
    walk.take(b'[')?;
    let mut found = Vec::new();
    if walk.take(b']').is_some() {
        return Some(found);
    }
    loop {
        found.push(walk.value()?);
        if walk.take(b',').is_none() {
            return walk.take(b']').map(|()| found);
        }
    }
}

/// The keys (with their quotes) and values of a JSON object as slices of its text; `None` when it is no object.
pub fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut walk = Walk::new(text);
    walk.take(b'{')?;
    let mut found = Vec::new();
    if walk.take(b'}').is_some() {
        return Some(found);
    }
    loop {
        let key = walk.value()?;
        walk.take(b':')?;
        found.push((key, walk.value()?));
        if walk.take(b',').is_none() {
            return walk.take(b'}').map(|()| found);
        }
    }
}

/// A walk over JSON text that finds where values end. It trusts the text to be JSON and stops where it is not.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Walk<'a> {
        Walk { text, at: 0 }
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    /// Goes past a byte that stands next, blanks aside.
    fn take(&mut self, byte: u8) -> Option<()> {
        self.skip_blanks();
        (*self.text.as_bytes().get(self.at)? == byte).then(|| self.at += 1)
    }

    /// Goes past the value that stands next.
    fn value(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        loop {
            match bytes.get(self.at)? {
                b'"' => {
                    self.string()?;
                    if depth == 0 {
                        break;
                    }
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => break,
                b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        break;
                    }
                }
                b',' if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        let value = self.text.get(start..self.at)?.trim_end();
        (!value.is_empty()).then_some(value)
    }

    /// Goes past a string.
    fn string(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', bytes.get(self.at..)?)?;
            if bytes[self.at] == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::AsArray;

    fn dynamic(text: Option<&str>) -> Argument {
        let mut builder = StringViewBuilder::new();
        builder.append_option(text);
        Argument::rows(Type::Dynamic, Arc::new(builder.finish()))
    }

    /// The rows that sources expand to, each cell as JSON text, null as `-`.
    fn rows(sources: &[Option<&str>], bags_as_arrays: bool, limit: u64) -> Vec<String> {
        let arguments: Vec<Argument> = sources.iter().map(|text| dynamic(*text)).collect();
        let expanded = expand(&arguments, &vec![Type::Dynamic; sources.len()], 1, bags_as_arrays, limit);
        assert!(expanded.rows.iter().all(|row| *row == 0));
        let cell = |column: &ArrayRef, row: usize| {
            let cells = column.as_string_view();
            if arrow::array::Array::is_null(cells, row) {
                "-".to_owned()
            } else {
                cells.value(row).to_owned()
            }
        };
        (0..expanded.rows.len())
            .map(|row| expanded.columns.iter().map(|c| cell(c, row)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn arrays_and_bags() {
        assert_eq!(rows(&[Some("[10, 20]")], false, 9), ["10", "20"]);
        assert_eq!(
            rows(&[Some(r#"[[1,2],{"a":[3]},"x,]\"y"]"#)], false, 9),
            ["[1,2]", r#"{"a":[3]}"#, r#""x,]\"y""#]
        );
        assert_eq!(rows(&[Some(r#"{"p":1,"q":{"r":2}}"#)], false, 9), [r#"{"p":1}"#, r#"{"q":{"r":2}}"#]);
        assert_eq!(rows(&[Some(r#"{"p":1,"q":2}"#)], true, 9), [r#"["p",1]"#, r#"["q",2]"#]);
        assert_eq!(rows(&[Some("[1,[2]]")], true, 9), ["1", "[2]"]);
    }

    #[test]
    fn nothing_null_and_scalars() {
        assert!(rows(&[Some("[]")], false, 9).is_empty());
        assert!(rows(&[Some("{}")], false, 9).is_empty());
        assert_eq!(rows(&[None], false, 9), ["-"]);
        assert_eq!(rows(&[Some("7")], false, 9), ["7"]);
        assert_eq!(rows(&[Some("[null,1]")], false, 9), ["-", "1"]);
    }

    #[test]
    fn side_by_side() {
        assert_eq!(rows(&[Some("[10,20,30]"), Some(r#"["p"]"#)], false, 9), [r#"10 "p""#, "20 -", "30 -"]);
        assert_eq!(rows(&[Some("[]"), Some(r#"["p"]"#)], false, 9), [r#"- "p""#]);
        assert!(rows(&[Some("[]"), Some("[]")], false, 9).is_empty());
        assert_eq!(rows(&[None, Some(r#"["p","q"]"#)], false, 9), [r#"- "p""#, r#"- "q""#]);
        assert_eq!(rows(&[Some("[1,2,3]")], false, 2), ["1", "2"]);
        assert!(rows(&[Some("[1,2,3]")], false, 0).is_empty());
    }

    #[test]
    fn casts_do_not_read_strings() {
        let text = r#"[1, 2.5, -2.5, "2", true, null]"#;
        let all = |to: Type| -> Vec<String> {
            let found = elements(text).expect("an array");
            found
                .into_iter()
                .map(|element| cast(Some(element), to))
                .map(|v| if v.is_null() { "-".to_owned() } else { v.text() })
                .collect()
        };
        assert_eq!(all(Type::Long), ["1", "2", "-2", "-", "-", "-"]);
        assert_eq!(all(Type::Real), ["1.0", "2.5", "-2.5", "-", "-", "-"]);
        assert_eq!(all(Type::Bool), ["True", "-", "-", "-", "True", "-"]);
        assert_eq!(all(Type::String), ["1", "2.5", "-2.5", "2", "true", ""]);
        assert_eq!(all(Type::TimeSpan), ["-"; 6]);
        assert_eq!(all(Type::Decimal), ["-"; 6]);
        assert_eq!(cast(Some(r#""2020-01-01""#), Type::DateTime), Value::DateTime(637_134_336_000_000_000));
        assert_eq!(cast(Some("5"), Type::DateTime), Value::Null(Type::DateTime));
    }

    #[test]
    fn broken_text_is_no_array() {
        for text in ["[1,2", "[1,,2]", "[\"a]", "[", "{", "{\"a\"", "{\"a\":}", "", "[1]]"] {
            let _ = elements_of(Some(text), false);
        }
        assert_eq!(elements("[1,2"), None);
        assert_eq!(elements("[\"a\\"), None);
        assert_eq!(members("{\"a\":"), None);
    }
}
