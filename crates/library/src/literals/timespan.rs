//! Texts of timespans: `2d`, `1.5h`, `15 seconds`, `10:00`, `1.02:03:04.5`, and a bare number of days in a literal.

use crate::calendar::{TICKS_PER_HOUR, TICKS_PER_MINUTE, time};
use crate::format::{TICKS_PER_DAY, TICKS_PER_SECOND};

/// A timespan literal, the text of `timespan(…)` or one such as `2.5h`; a bare whole number counts days.
pub fn timespan(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(days) => days.checked_mul(TICKS_PER_DAY),
        Err(_) => to_timespan(text),
    }
}

/// What `totimespan` reads: `[-][d.]hh:mm[:ss[.fffffff]]` or a number with a unit; a bare number is none.
pub fn to_timespan(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let ticks = if rest.contains(':') { clock(rest)? } else { with_unit(rest)? };
    Some(if negative { -ticks } else { ticks })
}

/// `[d.]hh:mm[:ss[.f]]`; digits of the fraction past the seventh are dropped.
fn clock(text: &str) -> Option<i64> {
    let (first, rest) = text.split_once(':')?;
    let (days, hours) = match first.split_once('.') {
        Some((days, hours)) => (digits(days)?, hours),
        None => (0, first),
    };
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (seconds, fraction) = match seconds.split_once('.') {
        Some((seconds, fraction)) => (seconds, ticks_of_fraction(fraction)?),
        None => (seconds, 0),
    };
    let of_day = time(digits(hours)?, digits(minutes)?, digits(seconds)?, fraction)?;
    days.checked_mul(TICKS_PER_DAY)?.checked_add(of_day)
}

/// Ticks of the digits after the point of a second.
pub(super) fn ticks_of_fraction(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut ticks = 0;
    for place in 0..7 {
        ticks = ticks * 10 + text.as_bytes().get(place).map_or(0, |byte| i64::from(byte - b'0'));
    }
    Some(ticks)
}

/// A run of ASCII digits and nothing else.
fn digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A number, blanks where wanted, and a unit; what is less than a tick is dropped.
fn with_unit(text: &str) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.len() > 18 {
        return None;
    }
    let scale = 10_i128.pow(fraction.len() as u32);
    let fraction = if fraction.is_empty() { 0 } else { digits(fraction)? };
    let value = i128::from(digits(whole)?).checked_mul(scale)? + i128::from(fraction);
    let ticks = match nanoseconds_or_ticks(unit.trim())? {
        Unit::Ticks(ticks) => value.checked_mul(i128::from(ticks))? / scale,
        Unit::Nanoseconds => value / scale / 100,
    };
    i64::try_from(ticks).ok()
}

/// How long a unit is.
enum Unit {
    Ticks(i64),
    Nanoseconds,
}

fn nanoseconds_or_ticks(unit: &str) -> Option<Unit> {
    Some(Unit::Ticks(match unit {
        "d" | "day" | "days" => TICKS_PER_DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => TICKS_PER_HOUR,
        "m" | "min" | "mins" | "minute" | "minutes" => TICKS_PER_MINUTE,
        "s" | "sec" | "secs" | "second" | "seconds" => TICKS_PER_SECOND,
        "ms" | "milli" | "millis" | "millisec" | "millisecs" | "millisecond" | "milliseconds" => {
            TICKS_PER_SECOND / 1000
        }
        "micro" | "micros" | "microsec" | "microsecs" | "microsecond" | "microseconds" => 10,
        "tick" | "ticks" => 1,
        "nano" | "nanos" | "nanosec" | "nanosecs" | "nanosecond" | "nanoseconds" => {
            return Some(Unit::Nanoseconds);
        }
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::timespan_text;

    #[test]
    fn literals() {
        for (text, wanted) in [
            ("2", "2.00:00:00"),
            ("2d", "2.00:00:00"),
            ("2.5h", "02:30:00"),
            ("100ms", "00:00:00.1000000"),
            ("1tick", "00:00:00.0000001"),
            ("1microsecond", "00:00:00.0000010"),
            ("150nanoseconds", "00:00:00.0000001"),
            ("15 seconds", "00:00:15"),
            ("10:00", "10:00:00"),
            ("1.02:03:04.5", "1.02:03:04.5000000"),
            ("-1.00:00:00", "-1.00:00:00"),
            ("-1.5h", "-01:30:00"),
            ("0.12:34:56.12345678", "12:34:56.1234567"),
        ] {
            assert_eq!(timespan(text).map(timespan_text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn refused() {
        for text in
            ["", "x", "1w", "1.5", "24:00:00", "1:60", "1:2:3x", "--1d", "99999999999999d", "1.2.3:4", "é:1"]
        {
            assert_eq!(timespan(text), None, "{text}");
        }
        assert_eq!(to_timespan("10"), None);
        assert_eq!(to_timespan(" 00:00:01 "), Some(TICKS_PER_SECOND));
    }
}
