//! The cast of an element, as `mv-expand` and `mv-apply` make it with `to typeof(…)`. In: JSON text. Out: a value of a type.

use crate::json;
use crate::literals;
use crate::types::Type;
use crate::value::Value;
use std::borrow::Cow;

/// An element as a value of a type. This casts what the element holds and never reads numbers out of strings: strings
/// become only strings, datetimes and guids; nothing becomes a timespan or decimal.
pub fn cast(element: Option<&str>, to: Type) -> Value {
    let Some(text) = element.filter(|text| *text != "null") else { return Value::absent(to) };
    let string = text.starts_with('"').then(|| json::unquoted(text));
    let number = || {
        text.parse::<f64>()
            .ok()
            .filter(|_| text.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
    };
    let whole = || text.parse::<i64>().ok().or_else(|| number().map(|value| value as i64));
    let found = match to {
        Type::Dynamic => json::parse(text).map(Value::dynamic),
        Type::String => Some(Value::String(string.map_or_else(|| text.to_owned(), Cow::into_owned))),
        Type::DateTime => string.and_then(|text| literals::datetime(&text)).map(Value::DateTime),
        Type::Guid => string.and_then(|text| literals::guid(&text)).map(Value::Guid),
        Type::Long => whole().map(Value::Long),
        Type::Int => whole().map(|value| Value::Int(value as i32)),
        Type::Real => number().map(Value::Real),
        Type::Bool => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => text.parse::<i64>().ok().map(|value| Value::Bool(value != 0)),
        },
        Type::TimeSpan | Type::Decimal => None,
    };
    found.unwrap_or(Value::Null(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_items::elements;

    #[test]
    fn casts_do_not_read_strings() {
        let text = r#"[1, 2.5, -2.5, "2", true, null]"#;
        let all = |to: Type| -> Vec<String> {
            let found = elements(text).expect("an array");
            found
                .into_iter()
                .map(|element| cast(Some(element), to))
                .map(|v| if v.is_null() { "-".to_owned() } else { v.text() })
                .collect()
        };
        assert_eq!(all(Type::Long), ["1", "2", "-2", "-", "-", "-"]);
        assert_eq!(all(Type::Real), ["1.0", "2.5", "-2.5", "-", "-", "-"]);
        assert_eq!(all(Type::Bool), ["True", "-", "-", "-", "True", "-"]);
        assert_eq!(all(Type::String), ["1", "2.5", "-2.5", "2", "true", ""]);
        assert_eq!(all(Type::TimeSpan), ["-"; 6]);
        assert_eq!(all(Type::Decimal), ["-"; 6]);
        assert_eq!(cast(Some(r#""2020-01-01""#), Type::DateTime), Value::DateTime(637_134_336_000_000_000));
        assert_eq!(cast(Some("5"), Type::DateTime), Value::Null(Type::DateTime));
    }
}
