//! Times as the logs spell them, as ticks of 100 ns since 0001-01-01 UTC.
//!
//! Accepted: ISO 8601 with `T` or a space, 0 to 9 digits of fraction, `Z`, `+02:00` or no zone (UTC);
//! `1/9/2007 9:41:00 AM`, `11/20/2026, 8:02:11.481 AM`, `20.11.2026, 08:02:11,481`, `1/9/2007 10:41:00 AM +01:00`;
//! `/Date(1763625600000)/`. Slash dates are month first unless the caller says otherwise.

use chrono::{Datelike, NaiveDate};

/// Ticks in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks in a day.
pub const TICKS_PER_DAY: i64 = 86_400 * TICKS_PER_SECOND;
/// Ticks at 1970-01-01.
pub const UNIX_EPOCH_TICKS: i64 = 719_162 * TICKS_PER_DAY;

/// Which part of `1/9/2007` comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DateOrder {
    /// January 9.
    #[default]
    MonthFirst,
    /// September 1.
    DayFirst,
}

/// The ticks of a spelled time; `None` when it is no time or lies outside years 1 to 9999.
pub fn parse_time(text: &str, order: DateOrder) -> Option<i64> {
    let text = text.trim();
    if let Some(millis) = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
        let ticks = millis.parse::<i64>().ok()?.checked_mul(10_000)?.checked_add(UNIX_EPOCH_TICKS)?;
        return in_range(ticks);
    }
    let (day_ticks, rest) = parse_date(text, order)?;
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let rest = rest.strip_prefix('T').or_else(|| rest.strip_prefix('t')).unwrap_or(rest).trim_start();
    if rest.is_empty() || rest == "Z" {
        return in_range(day_ticks);
    }
    let (clock_ticks, rest) = parse_clock(rest)?;
    let zone_ticks = parse_zone(rest.trim())?;
    in_range(day_ticks.checked_add(clock_ticks)?.checked_sub(zone_ticks)?)
}

/// Whether the day may be the first number: tells `20/11/2026` from `11/20/2026`.
pub(crate) fn day_is_first(text: &str) -> bool {
    let mut numbers = text.trim().splitn(3, '/');
    let mut number = || numbers.next().and_then(|part| part.parse::<u32>().ok());
    matches!((number(), number()), (Some(first), Some(second)) if (13..=31).contains(&first) && second <= 12)
}

fn in_range(ticks: i64) -> Option<i64> {
    (0..3_652_059 * TICKS_PER_DAY).contains(&ticks).then_some(ticks)
}

/// A number of at most `digits` digits, and what follows it.
fn number(text: &str, digits: usize) -> Option<(u32, usize, &str)> {
    let length = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let value = text.get(..length)?.parse().ok()?;
    Some((value, length, text.get(length..)?))
}

/// The date at the start of the text as ticks of its midnight.
fn parse_date(text: &str, order: DateOrder) -> Option<(i64, &str)> {
    let (first, length, rest) = number(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, _, rest) = number(rest.get(1..)?, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let (third, third_length, rest) = number(rest, 4)?;
    let (year, month, day) = if length == 4 {
        (first, second, third)
    } else if third_length != 4 {
        return None;
    } else if separator == '/' && order == DateOrder::MonthFirst {
        (third, first, second)
    } else {
        (third, second, first)
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let days = i64::from(date.num_days_from_ce()) - 1;
    Some((days * TICKS_PER_DAY, rest))
}

/// A time of day, with AM or PM where given, and what follows it.
fn parse_clock(text: &str) -> Option<(i64, &str)> {
    let (mut hour, _, rest) = number(text, 2)?;
    let (minute, _, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2).map(|(second, _, rest)| (second, rest))?,
        None => (0, rest),
    };
    let (fraction, rest) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => parse_fraction(rest)?,
        None => (0, rest),
    };
    let after = rest.trim_start();
    let half = after.get(..2).map(str::to_ascii_uppercase);
    let rest = match half.as_deref() {
        Some(half @ ("AM" | "PM")) => {
            if hour == 0 || hour > 12 {
                return None;
            }
            hour = hour % 12 + if half == "PM" { 12 } else { 0 };
            after.get(2..)?
        }
        _ => rest,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some((seconds * TICKS_PER_SECOND + fraction, rest))
}

/// Digits of a fraction of a second as ticks; digits past the seventh are dropped.
fn parse_fraction(text: &str) -> Option<(i64, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 12 {
        return None;
    }
    let ticks = text
        .bytes()
        .take(length)
        .chain(std::iter::repeat(b'0'))
        .take(7)
        .fold(0, |ticks, digit| ticks * 10 + i64::from(digit - b'0'));
    Some((ticks, text.get(length..)?))
}

/// The offset from UTC in ticks; no zone is UTC.
fn parse_zone(text: &str) -> Option<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") || text == "UTC" || text == "GMT" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, length, rest) = number(text.get(1..)?, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minutes, rest) = if rest.is_empty() { (0, rest) } else { number(rest, 2).map(|n| (n.0, n.2))? };
    if length == 0 || hours > 14 || minutes > 59 || !rest.is_empty() {
        return None;
    }
    Some(sign * i64::from(hours * 60 + minutes) * 60 * TICKS_PER_SECOND)
}

/// A time with seven digits and `Z`, as the service writes it.
pub fn format_time(ticks: i64) -> String {
    let days = i32::try_from(ticks.div_euclid(TICKS_PER_DAY)).unwrap_or(0);
    let date = NaiveDate::from_num_days_from_ce_opt(days + 1).unwrap_or_default();
    let clock = ticks.rem_euclid(TICKS_PER_DAY);
    let seconds = clock / TICKS_PER_SECOND;
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:07}Z",
        date.year(),
        date.month(),
        date.day(),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        clock % TICKS_PER_SECOND
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse_time(text, DateOrder::MonthFirst).map_or("none".to_owned(), format_time)
    }

    #[test]
    fn every_spelling_is_read() {
        for (text, expected) in [
            ("2026-11-20T08:02:11.4812345Z", "2026-11-20T08:02:11.4812345Z"),
            ("2026-11-20T08:02:11.48Z", "2026-11-20T08:02:11.4800000Z"),
            ("2026-11-20T08:02:11.481234599Z", "2026-11-20T08:02:11.4812345Z"),
            ("2026-11-20T08:02:11", "2026-11-20T08:02:11.0000000Z"),
            ("2026-11-20 08:02:11+00:00", "2026-11-20T08:02:11.0000000Z"),
            ("2026-11-20T08:02:11+02:00", "2026-11-20T06:02:11.0000000Z"),
            ("01/09/2007 09:41:00", "2007-01-09T09:41:00.0000000Z"),
            ("1/9/2007 9:41:00 AM", "2007-01-09T09:41:00.0000000Z"),
            ("1/9/2007 12:41:00 AM", "2007-01-09T00:41:00.0000000Z"),
            ("1/9/2007 10:41:00 AM +01:00", "2007-01-09T09:41:00.0000000Z"),
            ("11/20/2026, 8:02:11.481 PM", "2026-11-20T20:02:11.4810000Z"),
            ("11/20/2026, 8:02:11.481\u{202f}AM", "2026-11-20T08:02:11.4810000Z"),
            ("20.11.2026, 08:02:11,481", "2026-11-20T08:02:11.4810000Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
            ("0001-01-01", "0001-01-01T00:00:00.0000000Z"),
            ("/Date(1795161731000)/", "2026-11-20T08:02:11.0000000Z"),
            ("2026-13-01", "none"),
            ("20/11/2026 08:00:00", "none"),
            ("1/9/2007 13:00:00 PM", "none"),
            ("hello", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(
            parse_time("20/11/2026, 08:02:11", DateOrder::DayFirst),
            parse_time("2026-11-20T08:02:11", DateOrder::MonthFirst)
        );
        assert!(day_is_first("20/11/2026, 08:02") && !day_is_first("11/20/2026, 08:02"));
    }
}
