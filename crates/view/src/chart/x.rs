//! Places on the horizontal axis: an instant, a length of time, a number or a name.

use crate::number::{NumberFormat, number_text};
use calypso_library::format::{TICKS_PER_DAY, TICKS_PER_SECOND, datetime_short, timespan_text};
use calypso_library::{Json, Value};
use std::cmp::Ordering;

/// A place on the horizontal axis.
#[derive(Clone, PartialEq, Debug)]
pub enum X {
    /// Ticks since 0001-01-01.
    Time(i64),
    /// Ticks.
    Span(i64),
    /// A finite number.
    Number(f64),
    /// A name.
    Text(String),
}

impl X {
    /// The place a value stands for; null and numbers that are not finite have none.
    pub fn from_value(value: &Value) -> Option<X> {
        Some(match value {
            Value::Null(_) => return None,
            Value::DateTime(ticks) => X::Time(*ticks),
            Value::TimeSpan(ticks) => X::Span(*ticks),
            Value::Int(_) | Value::Long(_) | Value::Real(_) | Value::Decimal(_) => X::Number(number(value)?),
            Value::Dynamic(json) => return X::from_json(json),
            Value::Bool(_) | Value::String(_) | Value::Guid(_) => X::Text(crate::text::value_text(value)),
        })
    }

    /// The place that an element of a dynamic array stands for.
    pub fn from_json(json: &Json) -> Option<X> {
        match json {
            Json::Number(n) => n.as_f64().filter(|n| n.is_finite()).map(X::Number),
            Json::String(text) => Some(instant(text).map_or_else(|| X::Text(text.clone()), X::Time)),
            Json::Null => None,
            Json::Bool(_) | Json::Array(_) | Json::Object(_) => Some(X::Text(json.to_string())),
        }
    }

    /// The place as a number to measure distances with; names have none.
    pub fn position(&self) -> Option<f64> {
        match self {
            X::Time(ticks) | X::Span(ticks) => Some(*ticks as f64),
            X::Number(n) => Some(*n),
            X::Text(_) => None,
        }
    }

    /// The order along the axis; names, and places of different sorts, keep the order they came in.
    pub fn order(&self, other: &X) -> Ordering {
        match (self, other) {
            (X::Time(a), X::Time(b)) | (X::Span(a), X::Span(b)) => a.cmp(b),
            (X::Number(a), X::Number(b)) => a.total_cmp(b),
            _ => Ordering::Equal,
        }
    }

    /// The text of the place, whole.
    pub fn label(&self) -> String {
        match self {
            X::Time(ticks) if ticks % TICKS_PER_DAY == 0 => datetime_short(*ticks)[..10].to_owned(),
            X::Time(ticks) => datetime_short(*ticks).replace('T', " ").replace('Z', ""),
            X::Span(ticks) => timespan_text(*ticks),
            X::Number(n) => number_text(*n, &NumberFormat { grouping: false, ..NumberFormat::default() }),
            X::Text(text) if text.is_empty() => "(empty)".to_owned(),
            X::Text(text) => text.clone(),
        }
    }
}

/// The number a value stands for on the vertical axis; a timespan counts in seconds.
pub fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Int(n) => f64::from(*n),
        Value::Long(n) => *n as f64,
        Value::Real(n) => *n,
        Value::Decimal(n) => calypso_library::format::decimal_text(*n).parse().ok()?,
        Value::TimeSpan(ticks) => *ticks as f64 / TICKS_PER_SECOND as f64,
        Value::Dynamic(json) => json.as_f64()?,
        Value::Null(_) | Value::Bool(_) | Value::String(_) | Value::DateTime(_) | Value::Guid(_) => {
            return None;
        }
    };
    number.is_finite().then_some(number)
}

/// Ticks of `2020-01-02T03:04:05.6Z`, the form datetimes have inside dynamic values; nothing for any other text.
pub fn instant(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let digits = |part: &str, length: usize| -> Option<i64> {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (digits(date.next()?, 4)?, digits(date.next()?, 2)?, digits(date.next()?, 2)?);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut clock = clock.splitn(3, ':');
    let (hour, minute, second) =
        (digits(clock.next()?, 2)?, digits(clock.next()?, 2)?, digits(clock.next()?, 2)?);
    let fraction_ok = (1..=7).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let in_range = year >= 1 && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !fraction_ok || !in_range || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let ticks: i64 = format!("{fraction:0<7}").parse().ok()?;
    let seconds = (days_before(year, month, day) * 24 + hour) * 3600 + minute * 60 + second;
    Some(seconds * TICKS_PER_SECOND + ticks)
}

/// Days from 0001-01-01 to that day.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 306
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_back() {
        for ticks in [0, 637_134_336_000_000_000, 637_186_175_999_999_999, 3_155_378_975_999_999_999] {
            assert_eq!(instant(&datetime_short(ticks)), Some(ticks));
            assert_eq!(instant(&calypso_library::format::datetime_text(ticks)), Some(ticks));
        }
        for text in
            ["2020-01-02", "2020-1-02T00:00:00Z", "x", "2020-01-02T00:00:00.Z", "2020-13-02T00:00:00Z"]
        {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn labels() {
        assert_eq!(X::Time(637_134_336_000_000_000).label(), "2020-01-01");
        assert_eq!(X::Time(637_134_336_000_000_000 + 36_000_000_000).label(), "2020-01-01 01:00:00");
        assert_eq!(X::Number(2024.0).label(), "2024");
        assert_eq!(X::Text(String::new()).label(), "(empty)");
    }
}
