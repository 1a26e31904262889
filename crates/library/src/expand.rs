//! `mv-expand`: the elements of dynamics side by side, one row each.
//! In: JSON text of arrays and bags. Out: parts of it, which stay where they stand in memory; no trees are built.

use crate::call::Argument;
use crate::element_cast::cast;
use crate::functions::conversion::parse_json::canonical;
use crate::json;
use crate::json_items::{each_element, each_member};
use crate::json_scan::Scanner;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{
    Array, ArrayRef, AsArray, ByteView, Int64Array, MAX_INLINE_VIEW_LEN, StringViewArray, StringViewBuilder,
    UInt32Array,
};
use arrow::compute::take;
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
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let read = |(source, to): (&Argument, &Type)| Lists::of(source, *to, rows, bags_as_arrays, limit);
    let read: Vec<Lists> = sources.iter().zip(to).map(read).collect();
    let mut elements: Vec<Vec<u32>> = vec![Vec::new(); read.len()];
    let mut from = Vec::new();
    let mut places = Vec::new();
    for row in 0..rows {
        let count = read.iter().map(|lists| lists.at(row).len()).max().unwrap_or(0);
        from.extend(std::iter::repeat_n(row, count));
        places.extend(0..count as i64);
        for (lists, elements) in read.iter().zip(&mut elements) {
            let list = lists.at(row);
            let missing = count - list.len();
            elements.extend(list);
            elements.extend(std::iter::repeat_n(lists.absent, missing));
        }
    }
    Expanded {
        rows: from,
        columns: read.iter().zip(elements).map(|(lists, elements)| lists.column(elements)).collect(),
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

/// What each row of a dynamic expands to; rows that share a text share it, so that it is read and cast once.
struct Lists {
    /// The elements of all lists, one list after the other, and what stands for one that is missing.
    elements: ArrayRef,
    /// The place of the latter.
    absent: u32,
    /// Where each list ends.
    ends: Vec<u32>,
    /// Which of them each row has; all the first, when there is none said.
    of_rows: Vec<u32>,
}

impl Lists {
    /// Reads the texts of rows, up to `limit` elements of each.
    fn of(source: &Argument, to: Type, rows: usize, bags_as_arrays: bool, limit: usize) -> Lists {
        let mut scanner = Scanner::default();
        let mut column = Column::new(to, source);
        let mut ends: Vec<u32> = Vec::new();
        let mut of_rows = Vec::new();
        let mut list = List::default();
        let mut read = |row: usize| {
            list.read(source, row, &mut scanner);
            let count = list.items.len().min(limit);
            column.push_list(source, row, &list, count, bags_as_arrays);
            ends.push(ends.last().copied().unwrap_or(0) + count as u32);
            ends.len() as u32 - 1
        };
        if source.constant {
            read(0);
        } else {
            let mut seen: FxHashMap<(u128, bool), u32> = FxHashMap::default();
            for (row, view) in texts(source).views().iter().enumerate().take(rows) {
                of_rows.push(*seen.entry((*view, source.is_null(row))).or_insert_with(|| read(row)));
            }
        }
        column.push(None);
        let absent = ends.last().copied().unwrap_or(0);
        Lists { elements: column.finish(), absent, ends, of_rows }
    }

    /// The places of the elements of a row.
    fn at(&self, row: usize) -> Range<u32> {
        let list = self.of_rows.get(row).map_or(0, |list| *list as usize);
        let start = if list == 0 { 0 } else { self.ends[list - 1] };
        start..self.ends[list]
    }

    /// The elements at these places.
    fn column(&self, places: Vec<u32>) -> ArrayRef {
        // Texts that differ from row to row give their elements one after the other.
        if places.iter().enumerate().all(|(at, place)| at == *place as usize) {
            return self.elements.slice(0, places.len());
        }
        take(&self.elements, &UInt32Array::from(places), None).expect("each place is of an element")
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
    /// Reads the text of a row in the place of the one before.
    fn read(&mut self, source: &Argument, row: usize, scanner: &mut Scanner) {
        let List { items, rewritten } = self;
        items.clear();
        *rewritten = None;
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

    /// Adds the first elements of the list that the text of a row expands to.
    fn push_list(&mut self, source: &Argument, row: usize, list: &List, count: usize, bags_as_arrays: bool) {
        let text = list.rewritten.as_deref().unwrap_or(source.raw(row));
        for item in &list.items[..count] {
            match item {
                Item::Null => self.push(None),
                Item::Part(part) if list.rewritten.is_some() => self.push(Some(&text[part.clone()])),
                Item::Part(part) => self.push_part(source, row, text, part),
                Item::Member(key, value) => {
                    self.push(Some(&pair(&text[key.clone()], &text[value.clone()], bags_as_arrays)));
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::functions::conversion::parse_json;
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
        fn rows_expand_as_each_alone(
            kinds in prop::collection::vec(prop_oneof![4 => texts().prop_map(Some), 1 => Just(None)], 1..5),
            of_rows in prop::collection::vec((0usize..5, 0usize..5), 1..20),
            ty in prop::sample::select(vec![Type::String, Type::Dynamic]),
            to in prop::sample::select(vec![Type::Dynamic, Type::String, Type::Long]),
            bags_as_arrays: bool,
            limit in 0u64..4,
        ) {
            let held: ArrayRef = Arc::new(kinds.iter().map(Option::as_deref).collect::<StringViewArray>());
            let rows = of_rows.len();
            let source = |kind: fn(&(usize, usize)) -> usize| {
                let places = of_rows.iter().map(|row| (kind(row) % kinds.len()) as u32);
                let array = take(&held, &UInt32Array::from_iter_values(places), None).expect("rows");
                Argument::rows(ty, array)
            };
            let sources = [source(|row| row.0), source(|row| row.1)];
            let all = expand(&sources, &[to, Type::Dynamic], rows, bags_as_arrays, limit);
            let mut at = 0;
            for row in 0..rows {
                let alone = sources.each_ref().map(|source| Argument::rows(ty, source.array.slice(row, 1)));
                let alone = expand(&alone, &[to, Type::Dynamic], 1, bags_as_arrays, limit);
                let count = alone.rows.len();
                prop_assert!(all.rows[at..at + count].iter().all(|from| *from == row));
                prop_assert_eq!(&all.item_index.slice(at, count), &alone.item_index);
                for (column, alone) in all.columns.iter().zip(&alone.columns) {
                    prop_assert_eq!(&column.slice(at, count), alone);
                }
                at += count;
            }
            prop_assert_eq!(at, all.rows.len());
        }

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
