//! `make_list` and `make_set`: the values of a group as a dynamic array, in the order of the rows.

use super::tally::heap;
use super::text::{PerGroupText, TextState, usual, write_element};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::json_items::elements;
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh64::xxh64;

/// The most elements a dynamic array made by the engine holds.
pub const MAX_ELEMENTS: usize = 1_048_576;

/// JSON texts one after another, with the end of each.
#[derive(Clone, Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Adds the value of a row; of null nothing, which is said.
    fn push_row(&mut self, argument: &Argument, row: usize) -> bool {
        let written = write_element(argument, row, &mut self.text);
        if written {
            self.ends.push(self.text.len());
        }
        written
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.text.get(start..*end).unwrap_or("null");
            start = *end;
            text
        })
    }

    fn array(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + self.ends.len() + 2);
        out.push('[');
        for (place, text) in self.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(text);
        }
        out.push(']');
        out
    }

    fn save(&self, out: &mut Vec<u8>) {
        (self.ends.len() as u64).write(out);
        self.ends.iter().for_each(|end| (*end as u64).write(out));
        self.text.write(out);
    }

    fn load(mut bytes: &[u8]) -> Texts {
        let read = |bytes: &mut &[u8]| {
            let ends = Vec::<u64>::read(bytes)?.into_iter().map(|end| end as usize).collect();
            Some(Texts { ends, text: String::read(bytes)? })
        };
        read(&mut bytes).unwrap_or_default()
    }

    fn size(&self) -> usize {
        heap(self.text.capacity()) + heap(self.ends.capacity() * size_of::<usize>())
    }
}

/// The greatest number of elements: the second argument, never more than `MAX_ELEMENTS`.
fn limit(call: &AggregateCall, default: usize) -> usize {
    match call.constants.get(1) {
        Some(Some(Value::Long(n))) => usize::try_from(*n).map_or(default, |n| n.min(MAX_ELEMENTS)),
        Some(Some(Value::Int(n))) => usize::try_from(*n).map_or(default, |n| n.min(MAX_ELEMENTS)),
        _ => default,
    }
}

/// A list of at most `DEFAULT` elements where no size is given; with `NULLS` nulls are elements too.
#[derive(Default)]
struct List<const NULLS: bool, const DEFAULT: usize> {
    texts: Texts,
}

impl<const NULLS: bool, const DEFAULT: usize> TextState for List<NULLS, DEFAULT> {
    fn add(&mut self, call: &AggregateCall, arguments: &[Argument], row: usize) {
        let free = limit(call, DEFAULT).saturating_sub(self.texts.ends.len());
        if free == 0 {
            return;
        }
        let argument = &arguments[0];
        if is_array(argument, row) {
            let inner = elements(argument.raw(row)).into_iter().flatten();
            inner.filter(|text| NULLS || *text != "null").take(free).for_each(|text| self.texts.push(text));
            return;
        }
        if !self.texts.push_row(argument, row) && NULLS {
            self.texts.push("null");
        }
    }

    fn merge(&mut self, call: &AggregateCall, other: Self) {
        let free = limit(call, DEFAULT).saturating_sub(self.texts.ends.len());
        if self.texts.ends.is_empty() && other.texts.ends.len() <= free {
            *self = other;
            return;
        }
        other.texts.iter().take(free).for_each(|text| self.texts.push(text));
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.texts.save(out);
    }

    fn load(bytes: &[u8]) -> Self {
        List { texts: Texts::load(bytes) }
    }

    fn text(&mut self, _: &AggregateCall) -> Option<String> {
        Some(self.texts.array())
    }

    fn size(&self) -> usize {
        self.texts.size()
    }
}

/// Whether the row holds an array, which gives its elements. Of `make_set` that is measured; of `make_list` the
/// documentation's multipolygons, made of lists of coordinates, come out right in no other way.
fn is_array(argument: &Argument, row: usize) -> bool {
    argument.ty == Type::Dynamic && argument.raw(row).trim_start().starts_with('[')
}

/// States of `make_list`: nulls dropped, arrays give their elements.
pub fn make_list(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<List<false, MAX_ELEMENTS>>::boxed(call)
}

/// States of `make_list_with_nulls`.
pub fn make_list_with_nulls(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<List<true, MAX_ELEMENTS>>::boxed(call)
}

/// States of `makelist`, of at most 128 elements where no size is given.
pub fn makelist(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<List<false, 128>>::boxed(call)
}

/// A set of at most `DEFAULT` elements where no size is given.
#[derive(Default)]
struct Set<const DEFAULT: usize> {
    texts: Texts,
    seen: FxHashSet<u64>,
}

impl<const DEFAULT: usize> Set<DEFAULT> {
    fn push(&mut self, call: &AggregateCall, text: &str) {
        if self.texts.ends.len() < limit(call, DEFAULT) && self.seen.insert(xxh64(text.as_bytes(), 0)) {
            self.texts.push(text);
        }
    }

    /// Adds the value of a row: it is written behind the others first, and taken away again when it is there already.
    fn push_row(&mut self, call: &AggregateCall, argument: &Argument, row: usize) {
        let Texts { text, ends } = &mut self.texts;
        let start = text.len();
        if ends.len() >= limit(call, DEFAULT) || !write_element(argument, row, text) {
            return;
        }
        if self.seen.insert(xxh64(&text.as_bytes()[start..], 0)) {
            ends.push(text.len());
        } else {
            text.truncate(start);
        }
    }
}

impl<const DEFAULT: usize> TextState for Set<DEFAULT> {
    fn add(&mut self, call: &AggregateCall, arguments: &[Argument], row: usize) {
        let argument = &arguments[0];
        if is_array(argument, row) {
            for text in elements(argument.raw(row)).into_iter().flatten() {
                if text != "null" {
                    self.push(call, &usual(text));
                }
            }
        } else {
            self.push_row(call, argument, row);
        }
    }

    fn merge(&mut self, call: &AggregateCall, other: Self) {
        if self.texts.ends.is_empty() && other.texts.ends.len() <= limit(call, DEFAULT) {
            *self = other;
            return;
        }
        other.texts.iter().for_each(|text| self.push(call, text));
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.texts.save(out);
    }

    fn load(bytes: &[u8]) -> Self {
        let texts = Texts::load(bytes);
        let seen = texts.iter().map(|text| xxh64(text.as_bytes(), 0)).collect();
        Set { texts, seen }
    }

    fn text(&mut self, _: &AggregateCall) -> Option<String> {
        Some(self.texts.array())
    }

    fn size(&self) -> usize {
        self.texts.size() + heap(self.seen.capacity() * 9 * 8 / 7)
    }
}

/// States of `make_set`: first appearance decides the order, arrays give their elements.
pub fn make_set(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<Set<MAX_ELEMENTS>>::boxed(call)
}

/// States of `makeset`, of at most 128 elements where no size is given.
pub fn makeset(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<Set<128>>::boxed(call)
}
