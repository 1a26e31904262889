//! Reads fields of JSON as workbook files write them: numbers and flags also as texts, objects and arrays also as
//! texts that hold JSON. In: an object and a key. Out: the value, or nothing where it is missing or of no use.

use serde_json::Value as Json;
use std::borrow::Cow;

/// A text; numbers and flags are texts, too.
pub fn text(json: &Json, key: &str) -> Option<String> {
    json.get(key).and_then(scalar)
}

/// A text that is not blank.
pub fn filled(json: &Json, key: &str) -> Option<String> {
    text(json, key).filter(|text| !text.trim().is_empty())
}

/// The text of a value that is no object, array or null.
pub fn scalar(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A number.
pub fn number(json: &Json, key: &str) -> Option<f64> {
    let number = match json.get(key)? {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => text.trim().parse().ok(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    number.filter(|number| number.is_finite())
}

/// A number without a fraction, not negative.
pub fn whole(json: &Json, key: &str) -> Option<u64> {
    number(json, key).filter(|number| *number >= 0.0 && number.fract() == 0.0).map(|number| number as u64)
}

/// The same as a count.
pub fn count(json: &Json, key: &str) -> Option<usize> {
    whole(json, key).and_then(|number| usize::try_from(number).ok())
}

/// Yes or no.
pub fn flag(json: &Json, key: &str) -> Option<bool> {
    match json.get(key)? {
        Json::Bool(flag) => Some(*flag),
        Json::Number(number) => number.as_f64().map(|number| number != 0.0),
        Json::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Whether it is said to be so.
pub fn is(json: &Json, key: &str) -> bool {
    flag(json, key).unwrap_or(false)
}

/// An object, also out of a text; null where there is none.
pub fn object<'a>(json: &'a Json, key: &str) -> Cow<'a, Json> {
    match json.get(key) {
        Some(found @ Json::Object(_)) => Cow::Borrowed(found),
        Some(Json::String(text)) => match serde_json::from_str(text) {
            Ok(found @ Json::Object(_)) => Cow::Owned(found),
            Ok(_) | Err(_) => Cow::Owned(Json::Null),
        },
        Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_)) | None => Cow::Owned(Json::Null),
    }
}

/// The elements of an array, also out of a text; anything else is its only element.
pub fn list<'a>(json: &'a Json, key: &str) -> Cow<'a, [Json]> {
    match json.get(key) {
        None | Some(Json::Null) => Cow::Borrowed(&[]),
        Some(Json::Array(items)) => Cow::Borrowed(items),
        Some(Json::String(text)) if text.trim().is_empty() => Cow::Borrowed(&[]),
        Some(other @ Json::String(text)) => match serde_json::from_str(text) {
            Ok(Json::Array(items)) => Cow::Owned(items),
            Ok(_) | Err(_) => Cow::Borrowed(std::slice::from_ref(other)),
        },
        Some(other @ (Json::Bool(_) | Json::Number(_) | Json::Object(_))) => {
            Cow::Borrowed(std::slice::from_ref(other))
        }
    }
}

/// The texts of an array.
pub fn texts(json: &Json, key: &str) -> Vec<String> {
    list(json, key).iter().filter_map(scalar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn types_are_taken_as_they_come() {
        let json =
            json!({"n": "12", "f": "True", "t": 3, "l": "[1,2]", "o": "{\"a\":1}", "one": "x", "nan": "NaN"});
        assert_eq!(whole(&json, "n"), Some(12));
        assert_eq!(number(&json, "nan"), None);
        assert_eq!(flag(&json, "f"), Some(true));
        assert_eq!(text(&json, "t").as_deref(), Some("3"));
        assert_eq!(texts(&json, "l"), ["1", "2"]);
        assert_eq!(texts(&json, "one"), ["x"]);
        assert_eq!(object(&json, "o")["a"], 1);
        assert!(object(&json, "n").is_null());
        assert!(list(&json, "missing").is_empty());
        assert_eq!(text(&Json::Null, "x"), None);
    }
}
