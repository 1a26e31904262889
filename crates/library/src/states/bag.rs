//! `make_bag`: the bags of a group in one; of two values under one key the first row's stays.

use super::list::MAX_ELEMENTS;
use super::text::{PerGroupText, TextState};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::json;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;

#[derive(Default)]
struct Bag {
    bag: serde_json::Map<String, Json>,
    /// Bytes of keys and values, about.
    size: usize,
}

impl Bag {
    fn add_all(&mut self, call: &AggregateCall, other: serde_json::Map<String, Json>) {
        let limit = match call.constants.get(1) {
            Some(Some(Value::Long(n))) => usize::try_from(*n).map_or(MAX_ELEMENTS, |n| n.min(MAX_ELEMENTS)),
            _ => MAX_ELEMENTS,
        };
        for (key, value) in other {
            if self.bag.len() < limit && !self.bag.contains_key(&key) {
                self.size += 128 + key.len() + json::text(&value).len();
                self.bag.insert(key, value);
            }
        }
    }
}

impl TextState for Bag {
    fn add(&mut self, call: &AggregateCall, arguments: &[Argument], row: usize) {
        if let Some(Json::Object(other)) = json::parse(arguments[0].raw(row)) {
            self.add_all(call, other);
        }
    }

    fn merge(&mut self, call: &AggregateCall, other: Self) {
        self.add_all(call, other.bag);
    }

    fn save(&self, out: &mut Vec<u8>) {
        Json::Object(self.bag.clone()).to_string().write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        let text = String::read(&mut bytes).unwrap_or_default();
        match json::parse(&text) {
            Some(Json::Object(bag)) => Bag { bag, size: text.len() },
            _ => Bag::default(),
        }
    }

    fn text(&mut self, _: &AggregateCall) -> Option<String> {
        Some(Json::Object(std::mem::take(&mut self.bag)).to_string())
    }

    fn size(&self) -> usize {
        self.size
    }
}

/// States of `make_bag`.
pub fn make_bag(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<Bag>::boxed(call)
}
