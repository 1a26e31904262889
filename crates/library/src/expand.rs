//! `mv-expand`: the elements of dynamics side by side, one row each, and the cast of elements to a type.
//! In: JSON text of arrays and bags. Out: parts of it, which stay where they stand in memory; no trees are built.

use crate::call::Argument;
use crate::functions::conversion::parse_json::canonical;
use crate::json;
use crate::json_items::{each_element, each_member};
use crate::json_scan::Scanner;
use crate::literals;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{
    ArrayRef, AsArray, ByteView, Int64Array, MAX_INLINE_VIEW_LEN, StringViewArray, StringViewBuilder,
};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
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
/// shorter ones are filled with nulls. Each source's elements are cast to its type. A source that is a string is read
/// by `parse_json` on the way.
pub fn expand(sources: &[Argument], to: &[Type], rows: usize, bags_as_arrays: bool, limit: u64) -> Expanded {
    let mut from = Vec::new();
    let mut places = Vec::new();
    let mut columns: Vec<Column> =
        to.iter().zip(sources).map(|(ty, source)| Column::new(*ty, source)).collect();
    let read: Vec<Lists> = sources.iter().map(|source| Lists::of(source, rows)).collect();
    let mut lists: Vec<&List> = Vec::with_capacity(sources.len());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    for row in 0..rows {
        lists.clear();
        lists.extend(read.iter().map(|lists| lists.at(row)));
        let count = lists.iter().map(|list| list.items.len()).max().unwrap_or(0).min(limit);
        from.extend(std::iter::repeat_n(row, count));
        places.extend(0..count as i64);
        for ((list, source), column) in lists.iter().zip(sources).zip(&mut columns) {
            let text = list.rewritten.as_deref().unwrap_or(source.raw(row));
            for place in 0..count {
                match list.items.get(place) {
                    None | Some(Item::Null) => column.push(None),
                    Some(Item::Part(part)) if list.rewritten.is_some() => {
                        column.push(Some(&text[part.clone()]))
                    }
                    Some(Item::Part(part)) => column.push_part(source, row, text, part),
                    Some(Item::Member(key, value)) => {
                        column.push(Some(&pair(&text[key.clone()], &text[value.clone()], bags_as_arrays)));
                    }
                }
            }
        }
    }
    Expanded {
        rows: from,
        columns: columns.into_iter().map(Column::finish).collect(),
        item_index: Int64Array::from(places),
    }
}

/// What a dynamic expands to one by one.
enum Item {
    /// Null stands for itself.
    Null,
    /// An element of an array, or a value that is neither array nor bag.
    Part(Range<usize>),
    /// The key and the value of a member of a bag.
    Member(Range<usize>, Range<usize>),
}

/// What each row of a dynamic expands to; rows that share a text share it.
struct Lists {
    lists: Vec<List>,
    /// Which of them each row has; all the first, when there is none said.
    of_rows: Vec<u32>,
}

impl Lists {
    fn of(source: &Argument, rows: usize) -> Lists {
        let mut scanner = Scanner::default();
        let mut lists = Vec::new();
        let mut of_rows = Vec::new();
        if source.constant {
            lists.push(List::of(source, 0, &mut scanner));
            return Lists { lists, of_rows };
        }
        let mut seen: FxHashMap<(u128, bool), u32> = FxHashMap::default();
        for (row, view) in texts(source).views().iter().enumerate().take(rows) {
            let place = *seen.entry((*view, source.is_null(row))).or_insert_with(|| {
                lists.push(List::of(source, row, &mut scanner));
                lists.len() as u32 - 1
            });
            of_rows.push(place);
        }
        Lists { lists, of_rows }
    }

    fn at(&self, row: usize) -> &List {
        &self.lists[self.of_rows.get(row).map_or(0, |place| *place as usize)]
    }
}

/// What one dynamic expands to.
#[derive(Default)]
struct List {
    items: Vec<Item>,
    /// The text that the items are parts of, where it is not the one of the source.
    rewritten: Option<String>,
}

impl List {
    fn of(source: &Argument, row: usize, scanner: &mut Scanner) -> List {
        let mut list = List::default();
        list.read(source, row, scanner);
        list
    }

    fn read(&mut self, source: &Argument, row: usize, scanner: &mut Scanner) {
        let List { items, rewritten } = self;
        let text = source.raw(row);
        if source.ty == Type::String {
            if scanner.each_element(text, |part| items.push(Item::Part(part))).is_some() {
                return;
            }
            items.clear();
            match canonical(text) {
                None => items.push(Item::Null),
                Some(Cow::Borrowed(text)) => read_items(items, text),
                Some(Cow::Owned(text)) => {
                    read_items(items, &text);
                    *rewritten = Some(text);
                }
            }
        } else if source.is_null(row) {
            items.push(Item::Null);
        } else {
            read_items(items, text);
        }
    }
}

/// Adds what a text that is a dynamic expands to.
fn read_items(items: &mut Vec<Item>, text: &str) {
    if each_element(text, |part| items.push(Item::Part(part))).is_some() {
        return;
    }
    items.clear();
    if each_member(text, |key, value| items.push(Item::Member(key, value))).is_none() {
        items.clear();
        items.push(Item::Part(0..text.len()));
    }
}

/// A member of a bag as a bag of its own, or as a `[key,value]` pair.
fn pair(key: &str, value: &str, as_array: bool) -> String {
    if as_array { format!("[{key},{value}]") } else { format!("{{{key}:{value}}}") }
}

/// A column under construction: JSON text where the elements stay dynamic, else values.
enum Column {
    /// Elements stay where they stand: the blocks of the builder from a number on are the buffers of the source.
    Text(StringViewBuilder, u32),
    Strings(StringViewBuilder),
    Values(Type, Vec<Value>),
}

impl Column {
    fn new(to: Type, source: &Argument) -> Column {
        match to {
            Type::Dynamic => {
                let mut builder = StringViewBuilder::new();
                let buffers = texts(source).data_buffers().iter();
                let blocks = buffers.map(|buffer| builder.append_block(buffer.clone())).collect::<Vec<_>>();
                Column::Text(builder, blocks.first().copied().unwrap_or(0))
            }
            Type::String => Column::Strings(StringViewBuilder::new()),
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::DateTime
            | Type::TimeSpan
            | Type::Guid => Column::Values(to, Vec::new()),
        }
    }

    /// Adds a part of the text of a row.
    fn push_part(&mut self, source: &Argument, row: usize, text: &str, part: &Range<usize>) {
        let element = &text[part.clone()];
        if let Column::Text(builder, first) = self
            && element.len() > MAX_INLINE_VIEW_LEN as usize
        {
            let texts = texts(source);
            let view = ByteView::from(texts.views()[if source.constant { 0 } else { row }]);
            let block = *first + view.buffer_index;
            let place = view.offset + part.start as u32;
            if builder.try_append_view(block, place, element.len() as u32).is_ok() {
                return;
            }
        }
        self.push(Some(element));
    }

    fn push(&mut self, element: Option<&str>) {
        match self {
            Column::Text(builder, _) => builder.append_option(element.filter(|text| *text != "null")),
            Column::Strings(builder) => {
                builder.append_value(
                    element.filter(|text| *text != "null").map_or(Cow::Borrowed(""), json::unquoted),
                );
            }
            Column::Values(to, values) => values.push(cast(element, *to)),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Column::Text(mut builder, _) | Column::Strings(mut builder) => Arc::new(builder.finish()),
            Column::Values(to, values) => Value::to_array(to, values),
        }
    }
}

fn texts(source: &Argument) -> &StringViewArray {
    source.array.as_string_view()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::functions::conversion::parse_json;
    use crate::json_items::elements;
    use crate::json_scan::tests::texts;
    use proptest::prelude::*;

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
    fn broken_text_stands_for_itself() {
        for text in ["[1,2", "[\"a\\", "{\"a\":", "[", "[1,2,"] {
            assert_eq!(rows(&[Some(text)], false, 9), [text]);
        }
    }

    #[test]
    fn elements_stay_where_they_stand() {
        let texts =
            [r#"[{"name":"a longer element","n":1},2,"another element of some length"]"#, "[]", "[null,1]"];
        let mut builder = StringViewBuilder::new();
        let block = builder.append_block(texts.concat().into_bytes().into());
        let mut at = 0;
        for text in texts {
            builder.try_append_view(block, at, text.len() as u32).expect("within the block");
            at += text.len() as u32;
        }
        let source: ArrayRef = Arc::new(builder.finish());
        let buffer = source.as_string_view().data_buffers()[0].as_ptr();
        let arguments = [
            Argument::rows(Type::Dynamic, source.slice(0, 1)),
            Argument::rows(Type::Dynamic, source.slice(2, 1)),
        ];
        let expanded = expand(&arguments, &[Type::Dynamic; 2], 1, false, 9);
        let first = expanded.columns[0].as_string_view();
        assert_eq!(
            first.iter().collect::<Vec<_>>(),
            [
                Some(r#"{"name":"a longer element","n":1}"#),
                Some("2"),
                Some("\"another element of some length\"")
            ]
        );
        assert_eq!(first.data_buffers().len(), 1);
        assert_eq!(first.data_buffers()[0].as_ptr(), buffer);
        assert_eq!(expanded.columns[1].as_string_view().iter().collect::<Vec<_>>(), [None, Some("1"), None]);
    }

    proptest! {
        #[test]
        fn strings_expand_to_what_parse_json_gives(all in prop::collection::vec(texts(), 1..8), bags_as_arrays: bool) {
            let rows = all.len();
            let held: ArrayRef = Arc::new(all.iter().map(Some).collect::<StringViewArray>());
            let strings = [Argument::rows(Type::String, held)];
            let call = Call { arguments: &strings, rows, returns: Type::Dynamic };
            let read = (parse_json::FUNCTION.evaluate)(&call).expect("a column");
            let dynamics = [Argument::rows(Type::Dynamic, read)];
            for to in [Type::Dynamic, Type::String, Type::Long] {
                let found = expand(&strings, &[to], rows, bags_as_arrays, 3);
                let expected = expand(&dynamics, &[to], rows, bags_as_arrays, 3);
                prop_assert_eq!(found.columns, expected.columns);
                prop_assert_eq!(found.rows, expected.rows);
                prop_assert_eq!(found.item_index, expected.item_index);
            }
        }
    }
}
