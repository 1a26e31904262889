//! One value of a group: the first that is neither null nor empty (`take_any`), or the first row's as it is.

use crate::aggregate::{AggregateCall, State};
use crate::call::Argument;
use crate::value::Value;
use crate::value_bytes::Bytes;

/// Bytes a value holds beyond the struct itself, about.
pub fn held(value: &Value) -> usize {
    match value {
        Value::String(v) | Value::Guid(v) => v.capacity(),
        Value::Dynamic(v) => v.to_string().len() * 2,
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

/// A value of the group; with `FILLED` the first that is neither null nor the empty string, else the first row's.
#[derive(Default)]
pub struct Any<const FILLED: bool> {
    value: Option<Value>,
}

impl<const FILLED: bool> State for Any<FILLED> {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if self.value.is_some() {
            return;
        }
        let value = arguments[0].value(row);
        if !FILLED || !(value.is_null() || value == Value::String(String::new())) {
            self.value = Some(value);
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
        self.value.take().unwrap_or_else(|| Value::absent(call.returns))
    }

    fn size(&self) -> usize {
        self.value.as_ref().map_or(0, held)
    }
}
