//! Group states whose result is JSON text, and values written as elements of such text.

use super::tally::Tally;
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::json;
use crate::types::Type;
use crate::value::Json;
use arrow::array::{Array, ArrayRef, BinaryArray, BinaryBuilder, BooleanArray, StringViewBuilder};
use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

/// The state of one group whose result is a dynamic, as JSON text.
pub trait TextState: Default + Send + 'static {
    /// Adds a row.
    fn add(&mut self, call: &AggregateCall, arguments: &[Argument], row: usize);
    /// Adds another state, whose rows came later.
    fn merge(&mut self, call: &AggregateCall, other: Self);
    /// The state as bytes.
    fn save(&self, out: &mut Vec<u8>);
    /// The state from bytes; bytes not written by `save` give any valid state.
    fn load(bytes: &[u8]) -> Self;
    /// The result; `None` is null.
    fn text(&mut self, call: &AggregateCall) -> Option<String>;
    /// Bytes held beyond the struct itself, about. Asked after every row, so it must not go through what is held.
    fn size(&self) -> usize;
}

/// One `TextState` per group.
pub struct PerGroupText<S> {
    call: AggregateCall,
    states: Vec<S>,
    tally: Tally,
}

impl<S: TextState> PerGroupText<S> {
    /// Boxed states without a group.
    pub fn boxed(call: AggregateCall) -> Box<dyn GroupStates> {
        Box::new(PerGroupText::<S> { call, states: Vec::new(), tally: Tally::default() })
    }

    fn grow(&mut self, total: usize) {
        if self.states.len() < total {
            self.states.resize_with(total, S::default);
        }
    }

    fn first(&mut self, count: usize) -> Vec<S> {
        self.grow(count);
        self.tally.forget(count);
        let rest = self.states.split_off(count);
        std::mem::replace(&mut self.states, rest)
    }
}

impl<S: TextState> GroupStates for PerGroupText<S> {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.grow(total);
        super::rows::each(groups, keep, |group, row| self.states[group].add(&self.call, arguments, row));
        self.tally.note(groups, total, |group| self.states[group].size());
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if saved.is_valid(row) {
                self.states[*group].merge(&self.call, S::load(saved.value(row)));
            }
        }
        self.tally.note(groups, total, |group| self.states[group].size());
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        let mut builder = BinaryBuilder::new();
        let mut bytes = Vec::new();
        for state in self.first(count) {
            bytes.clear();
            state.save(&mut bytes);
            builder.append_value(&bytes);
        }
        builder.finish()
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        let mut builder = StringViewBuilder::with_capacity(count);
        for mut state in self.first(count) {
            builder.append_option(state.text(&self.call));
        }
        Arc::new(builder.finish())
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<S>() + self.tally.bytes()
    }
}

/// Appends a value as JSON text; of null appends nothing and says so. Text of dynamics is taken as it stands, with escapes
/// made the usual ones.
pub fn write_element(argument: &Argument, row: usize, out: &mut String) -> bool {
    if argument.is_null(row) {
        return false;
    }
    match argument.ty {
        Type::Dynamic => out.push_str(&usual(argument.raw(row))),
        Type::String | Type::Guid => write_quoted(argument.raw(row), out),
        Type::Int | Type::Long => match argument.long(row) {
            Some(value) => write!(out, "{value}").expect("writing to a string does not fail"),
            None => return false,
        },
        Type::Bool | Type::Real | Type::Decimal | Type::DateTime | Type::TimeSpan => {
            match argument.json(row) {
                Some(value) => out.push_str(&json::text(&value)),
                None => return false,
            }
        }
    }
    true
}

/// JSON text with its escapes as this engine writes them, so that equal values have equal texts.
pub fn usual(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    match json::parse(text) {
        Some(value) => Cow::Owned(json::text(&value)),
        None => Cow::Borrowed(text),
    }
}

/// Appends a text as a JSON string.
fn write_quoted(text: &str, out: &mut String) {
    // Without a way out of the loop it looks at many bytes at a time.
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    if text.bytes().fold(false, |any, byte| any | escaped(byte)) {
        out.push_str(&json::text(&Json::from(text)));
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;
    use proptest::prelude::*;

    proptest! {
        /// Texts are written as `serde_json` writes them.
        #[test]
        fn texts_are_quoted(text in prop_oneof![any::<String>(), "[ -~\\t\\x00\\x1f\\x7f\"é€\\u{2028}]{0,40}"]) {
            let argument = Argument::constant(Value::String(text.clone()));
            let mut out = "before".to_owned();
            prop_assert!(write_element(&argument, 0, &mut out));
            prop_assert_eq!(out, format!("before{}", json::text(&Json::from(text))));
        }
    }
}
