//! Text found in a text (`extract`, `extract_json`) as a value of the type that `typeof(…)` names.

use crate::decimal;
use crate::function::ArgumentInfo;
use crate::json;
use crate::types::Type;
use crate::value::Value;

/// The type that a `typeof(…)` argument names.
pub fn named_type(argument: Option<&ArgumentInfo>) -> Option<Type> {
    Type::from_name(&argument?.constant.as_ref()?.text())
}

/// The text as a value of a type; null when it is none.
pub fn text_as(ty: Type, text: &str) -> Value {
    let word = text.trim();
    let value = match ty {
        Type::String => Some(Value::String(text.to_owned())),
        Type::Bool => boolean(word).map(Value::Bool),
        Type::Int => integer(word).and_then(|value| i32::try_from(value).ok()).map(Value::Int),
        Type::Long => integer(word).map(Value::Long),
        Type::Real => word.parse().ok().map(Value::Real),
        Type::Decimal => decimal::parse(word).map(Value::Decimal),
        Type::Dynamic => json::parse(text).map(Value::dynamic),
        Type::DateTime | Type::TimeSpan | Type::Guid => None,
    };
    value.unwrap_or(Value::Null(ty))
}

/// A whole number, decimal or with `0x`.
fn integer(text: &str) -> Option<i64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|value| value as i64),
        None => text.parse().ok(),
    }
}

/// `true` or `false` in any case, or a whole number by non-zero.
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        number => number.parse::<i64>().ok().map(|value| value != 0),
    }
}
