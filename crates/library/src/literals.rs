//! The texts of values: what stands in `datetime(…)`, `guid(…)`, `2.5h`, `0xFF`, and what `todatetime`, `tolong` and
//! their kin read. In: text. Out: the value, `None` when the text is none. Nothing here fails or panics.

mod datetime;
mod number;
mod timespan;

pub use datetime::{datetime, time_of_day};
pub use number::{int, long, real, to_bool, to_int, to_long, to_real};
pub use timespan::{timespan, to_timespan};

use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// The value of a literal of that type: `null` is the null value, quotes around the text of a datetime, timespan or
/// guid are dropped. For a string the text is the value. A dynamic is read as JSON; richer texts are the parser's.
pub fn value(ty: Type, text: &str) -> Option<Value> {
    if ty == Type::String {
        return Some(Value::String(text.to_owned()));
    }
    let text = text.trim();
    if text == "null" {
        return Some(Value::Null(ty));
    }
    Some(match ty {
        Type::Bool => Value::Bool(to_bool(unquoted(text))?),
        Type::Int => Value::Int(int(text)?),
        Type::Long => Value::Long(long(text)?),
        Type::Real => Value::Real(real(text)?),
        Type::Decimal => Value::Decimal(decimal(text)?),
        Type::String => Value::String(text.to_owned()),
        Type::DateTime => Value::DateTime(datetime(unquoted(text))?),
        Type::TimeSpan => Value::TimeSpan(timespan(unquoted(text))?),
        Type::Guid => Value::Guid(guid(unquoted(text))?),
        Type::Dynamic => Value::dynamic(crate::json::parse(text)?),
    })
}

/// What the conversion to that type reads from a text, as `tolong(…)`, `todatetime(…)` do: null when it is none.
pub fn convert(ty: Type, text: &str) -> Value {
    let read = match ty {
        Type::Bool => to_bool(text).map(Value::Bool),
        Type::Int => to_int(text).map(Value::Int),
        Type::Long => to_long(text).map(Value::Long),
        Type::Real => to_real(text).map(Value::Real),
        Type::Decimal => decimal(text).map(Value::Decimal),
        Type::String => Some(Value::String(text.to_owned())),
        Type::DateTime => datetime(text).map(Value::DateTime),
        Type::TimeSpan => to_timespan(text).map(Value::TimeSpan),
        Type::Guid => guid(text).map(Value::Guid),
        Type::Dynamic => Some(Value::dynamic(crate::json::parse(text).unwrap_or_else(|| text.into()))),
    };
    read.unwrap_or(Value::Null(ty))
}

/// A decimal: digits with a point and an exponent where wanted.
pub fn decimal(text: &str) -> Option<i256> {
    crate::decimal::parse(text)
}

/// A guid in its canonical form, lower case with hyphens: 32 hexadecimal digits; hyphens may be absent or misplaced,
/// text past the digits does not count.
pub fn guid(text: &str) -> Option<String> {
    let mut canonical = String::with_capacity(36);
    let mut digits = 0;
    for byte in text.trim().bytes() {
        match byte {
            b'-' => continue,
            _ if byte.is_ascii_hexdigit() => {
                if matches!(digits, 8 | 12 | 16 | 20) {
                    canonical.push('-');
                }
                canonical.push(char::from(byte.to_ascii_lowercase()));
                digits += 1;
            }
            _ => return None,
        }
        if digits == 32 {
            return Some(canonical);
        }
    }
    None
}

/// The text between quotes, or the text itself.
fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids() {
        let canonical = "01234567-89ab-cdef-0123-456789abcdef";
        for text in [
            canonical,
            "0123456789abcdef0123456789abcdef",
            "0123-456789ABCDEF0123456789abcdef",
            "0123456789abcdef0123456789abcdef and more",
            "0123456789abcdef0123456789abcdefff",
        ] {
            assert_eq!(guid(text).as_deref(), Some(canonical), "{text}");
        }
        assert_eq!(guid("0123456789abcdef0123456789abcde"), None);
        assert_eq!(guid("0123456789abcdeg0123456789abcdef"), None);
        assert_eq!(guid(""), None);
    }

    #[test]
    fn literals_of_every_type() {
        for ty in Type::ALL {
            let null = if ty == Type::String { Value::String("null".to_owned()) } else { Value::Null(ty) };
            assert_eq!(value(ty, "null"), Some(null));
            assert!(value(ty, "\u{661}").is_none() || ty == Type::String, "{ty}: digits are ASCII");
        }
        assert_eq!(value(Type::DateTime, "'0001-01-02'"), Some(Value::DateTime(864_000_000_000)));
        assert_eq!(value(Type::TimeSpan, "\"1m\""), Some(Value::TimeSpan(600_000_000)));
    }
}
