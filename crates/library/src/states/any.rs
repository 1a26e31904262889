//! One value of a group: the first that is neither null nor empty (`take_any`), or the first row's as it is.

use super::tally::heap;
use crate::aggregate::{AggregateCall, State};
use crate::call::Argument;
use crate::json;
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use arrow::datatypes::DataType;

/// Bytes a value holds beyond the struct itself, about.
pub fn held(value: &Value) -> usize {
    match value {
        Value::String(v) | Value::Guid(v) => heap(v.capacity()),
        // Measuring a tree costs more than a guess is worth.
        Value::Dynamic(_) => 256,
        Value::Null(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Long(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_) => 0,
    }
}

/// A value kept from a row; texts as they are stored, so that a dynamic is read only when it is given out.
#[derive(Clone, PartialEq, Debug)]
pub enum Kept {
    /// A string, guid, or the JSON text of a dynamic.
    Text(String),
    /// Any other value, and null.
    Other(Value),
}

impl Kept {
    /// The value of a row.
    pub fn of(argument: &Argument, row: usize) -> Kept {
        if argument.ty.arrow() == DataType::Utf8View && !argument.is_null(row) {
            Kept::Text(argument.raw(row).to_owned())
        } else {
            Kept::Other(argument.value(row))
        }
    }

    /// The value of another row in its place; the room for text is used again.
    pub fn replace(&mut self, argument: &Argument, row: usize) {
        match self {
            Kept::Text(text) if !argument.is_null(row) => {
                text.clear();
                text.push_str(argument.raw(row));
            }
            Kept::Text(_) | Kept::Other(_) => *self = Kept::of(argument, row),
        }
    }

    /// The value, of that type.
    pub fn value(self, ty: Type) -> Value {
        match self {
            Kept::Text(text) if ty == Type::Guid => Value::Guid(text),
            Kept::Text(text) if ty == Type::Dynamic => {
                json::parse(&text).map_or(Value::Null(ty), Value::dynamic)
            }
            Kept::Text(text) => Value::String(text),
            Kept::Other(value) => value,
        }
    }

    /// Bytes held, about.
    pub fn size(&self) -> usize {
        match self {
            Kept::Text(text) => heap(text.capacity()),
            Kept::Other(value) => held(value),
        }
    }
}

impl Bytes for Kept {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Kept::Text(text) => {
                true.write(out);
                text.write(out);
            }
            Kept::Other(value) => {
                false.write(out);
                value.write(out);
            }
        }
    }
    fn read(input: &mut &[u8]) -> Option<Kept> {
        Some(if bool::read(input)? {
            Kept::Text(String::read(input)?)
        } else {
            Kept::Other(Value::read(input)?)
        })
    }
}

/// A value of the group; with `FILLED` the first that is neither null nor the empty string, else the first row's.
#[derive(Default)]
pub struct Any<const FILLED: bool> {
    value: Option<Kept>,
}

impl<const FILLED: bool> State for Any<FILLED> {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if self.value.is_some() {
            return;
        }
        let argument = &arguments[0];
        let empty = argument.is_null(row) || (argument.ty == Type::String && argument.raw(row).is_empty());
        if !FILLED || !empty {
            self.value = Some(Kept::of(argument, row));
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        if self.value.is_none() {
            self.value = other.value;
        }
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.value.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        Any { value: Option::read(&mut bytes).flatten() }
    }

    fn finish(&mut self, call: &AggregateCall) -> Value {
        self.value.take().map_or(Value::absent(call.returns), |kept| kept.value(call.returns))
    }

    fn size(&self) -> usize {
        self.value.as_ref().map_or(0, Kept::size)
    }
}
