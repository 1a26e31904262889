//! Dynamic values as JSON text: reading, writing, and scalar values as elements of arrays and bags.

use crate::value::{Json, Value};
use std::borrow::Cow;

/// The JSON tree of a text; `None` when it is not JSON.
pub fn parse(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok()
}

/// The compact text of a tree: no blanks, keys in the order held.
pub fn text(value: &Json) -> String {
    value.to_string()
}

/// What `tostring` gives for the JSON text of a dynamic: a string without its quotes, anything else as it stands.
pub fn unquoted(json_text: &str) -> Cow<'_, str> {
    if !json_text.starts_with('"') {
        return Cow::Borrowed(json_text);
    }
    let inner = json_text.get(1..json_text.len().saturating_sub(1)).unwrap_or("");
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    match parse(json_text) {
        Some(Json::String(value)) => Cow::Owned(value),
        _ => Cow::Borrowed(json_text),
    }
}

/// The text of an element where text is wanted: a string without quotes, null as nothing, all else as JSON.
pub fn bare_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => text(value),
    }
}

/// A value as an element of a dynamic: datetime, timespan, guid and decimal as their text; `None` for null.
pub fn from_value(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null(_) => return None,
        Value::Bool(v) => Json::Bool(*v),
        Value::Int(v) => Json::from(*v),
        Value::Long(v) => Json::from(*v),
        Value::Real(v) => from_real(*v),
        Value::Dynamic(v) => v.clone(),
        Value::String(v) | Value::Guid(v) => Json::String(v.clone()),
        Value::Decimal(_) | Value::DateTime(_) | Value::TimeSpan(_) => Json::String(value.text()),
    })
}

/// A real as JSON; NaN and the infinities are the strings `NaN`, `Infinity`, `-Infinity`.
pub fn from_real(value: f64) -> Json {
    match serde_json::Number::from_f64(value) {
        Some(number) => Json::Number(number),
        None if value.is_nan() => Json::from("NaN"),
        None if value > 0.0 => Json::from("Infinity"),
        None => Json::from("-Infinity"),
    }
}
