//! `buildschema`: the least schema that admits all values of a group.

use crate::aggregate::{AggregateCall, State};
use crate::call::Argument;
use crate::json;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use std::collections::{BTreeMap, BTreeSet};

/// Nested deeper than this, values count as `dynamic`.
const MAX_DEPTH: usize = 64;

/// What was seen at one place: names of scalar types, properties of bags, elements of arrays.
#[derive(Default)]
pub struct Schema {
    scalars: BTreeSet<&'static str>,
    bag: Option<BTreeMap<String, Schema>>,
    elements: Option<Box<Schema>>,
}

impl Schema {
    fn note(&mut self, value: &Json, depth: usize) {
        match value {
            Json::Null => {}
            _ if depth > MAX_DEPTH => {
                self.scalars.insert("dynamic");
            }
            Json::Bool(_) => {
                self.scalars.insert("bool");
            }
            Json::Number(number) => {
                self.scalars.insert(if number.is_f64() { "double" } else { "long" });
            }
            Json::String(_) => {
                self.scalars.insert("string");
            }
            Json::Array(items) => {
                let elements = self.elements.get_or_insert_default();
                items.iter().for_each(|item| elements.note(item, depth + 1));
            }
            Json::Object(bag) => {
                let properties = self.bag.get_or_insert_default();
                for (key, value) in bag {
                    properties.entry(key.clone()).or_default().note(value, depth + 1);
                }
            }
        }
    }

    /// A single shape as it is, several as an array: bag, array, then names of scalar types.
    fn json(&self) -> Option<Json> {
        let mut shapes = Vec::new();
        if let Some(bag) = &self.bag {
            let properties =
                bag.iter().map(|(key, schema)| (key.clone(), schema.json().unwrap_or(Json::Null)));
            shapes.push(Json::Object(properties.collect()));
        }
        if let Some(elements) = &self.elements {
            let held = elements.json().unwrap_or(Json::Null);
            shapes.push(Json::Object([("`indexer`".to_owned(), held)].into_iter().collect()));
        }
        shapes.extend(self.scalars.iter().map(|name| Json::from(*name)));
        match shapes.len() {
            0 => None,
            1 => shapes.pop(),
            _ => Some(Json::Array(shapes)),
        }
    }

    fn join(&mut self, other: Schema) {
        self.scalars.extend(other.scalars);
        if let Some(bag) = other.bag {
            let properties = self.bag.get_or_insert_default();
            for (key, schema) in bag {
                properties.entry(key).or_default().join(schema);
            }
        }
        if let Some(elements) = other.elements {
            self.elements.get_or_insert_default().join(*elements);
        }
    }

    /// The schema that the result text describes.
    fn from_json(value: &Json) -> Schema {
        let mut schema = Schema::default();
        match value {
            Json::Array(shapes) => shapes.iter().for_each(|shape| schema.join(Schema::from_json(shape))),
            Json::Object(bag) => match bag.get("`indexer`") {
                Some(held) if bag.len() == 1 => schema.elements = Some(Box::new(Schema::from_json(held))),
                _ => {
                    let property = |(key, value): (&String, &Json)| (key.clone(), Schema::from_json(value));
                    schema.bag = Some(bag.iter().map(property).collect());
                }
            },
            Json::String(name) => {
                let names = ["bool", "double", "dynamic", "long", "string"];
                schema.scalars.extend(names.into_iter().find(|known| known == name));
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
        schema
    }
}

impl State for Schema {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if let Some(value) = json::parse(arguments[0].raw(row)) {
            self.note(&value, 0);
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        self.join(other);
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.json().unwrap_or(Json::Null).to_string().write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        let text = String::read(&mut bytes).unwrap_or_default();
        json::parse(&text).map(|value| Schema::from_json(&value)).unwrap_or_default()
    }

    fn finish(&mut self, call: &AggregateCall) -> Value {
        self.json().map_or(Value::absent(call.returns), Value::dynamic)
    }
}
