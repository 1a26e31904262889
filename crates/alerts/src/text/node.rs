//! A tree of a JSON, YAML or Bicep text. Every node knows its place, so that findings can name it.

use crate::Place;
use serde_json::Value as Json;

/// A value with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it begins.
    pub place: Place,
}

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Members in the order of the text; a name stands once.
    Map(Vec<Entry>),
    /// What a template does not say: the expression, and why it has no value here.
    Unknown {
        /// As it is written.
        expression: String,
        /// Why it has no value: lower case, no full stop.
        why: String,
    },
}

/// A member of a map.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its name.
    pub key: String,
    /// Where the name stands.
    pub place: Place,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// A node.
    pub fn new(value: Value, place: Place) -> Node {
        Node { value, place }
    }

    /// The member of that name; Azure's names do not tell upper from lower case.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Unknown { .. } => None,
        }
    }

    /// The same as JSON; an unknown value is the text of its expression.
    pub fn json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| number.clone().into()),
            Value::Text(text) => text.clone().into(),
            Value::Unknown { expression, .. } => expression.clone().into(),
            Value::List(nodes) => Json::Array(nodes.iter().map(Node::json).collect()),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect())
            }
        }
    }

    /// What it is, for a message.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of fields",
            Value::Unknown { .. } => "an expression",
        }
    }
}
