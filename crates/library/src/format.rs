//! The text of datetimes, timespans, reals and decimals: one place for `tostring`, result tables and JSON.
//! In: ticks or numbers. Out: text. No input panics; ticks outside the years 1 to 9999 are held to the nearest end.

use crate::types::DECIMAL_SCALE;
use arrow::datatypes::i256;
use std::fmt::Write;

/// Ticks in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks in a day.
pub const TICKS_PER_DAY: i64 = 86_400 * TICKS_PER_SECOND;
/// The last datetime: 9999-12-31T23:59:59.9999999Z. The first is zero.
pub const MAX_DATETIME: i64 = 3_155_378_975_999_999_999;
/// Days from 0001-01-01 to 1970-01-01.
const UNIX_EPOCH_DAYS: i64 = 719_162;

/// A datetime taken apart, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DateParts {
    /// 1 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// Ticks within the second: 0 to 9,999,999.
    pub fraction: u32,
}

/// Takes a datetime apart; ticks outside the range of datetimes are held to the nearest end.
pub fn date_parts(ticks: i64) -> DateParts {
    let ticks = ticks.clamp(0, MAX_DATETIME);
    let (days, rest) = (ticks / TICKS_PER_DAY, ticks % TICKS_PER_DAY);
    let (year, month, day) = civil_from_days(days);
    let seconds = rest / TICKS_PER_SECOND;
    DateParts {
        year,
        month,
        day,
        hour: (seconds / 3600) as u32,
        minute: (seconds / 60 % 60) as u32,
        second: (seconds % 60) as u32,
        fraction: (rest % TICKS_PER_SECOND) as u32,
    }
}

/// Year, month and day from days since 0001-01-01, by counting years from March in eras of 400.
fn civil_from_days(days: i64) -> (i32, u32, u32) {
    let shifted = days - UNIX_EPOCH_DAYS + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

/// `2020-01-02T03:04:05.6000000Z`: always seven digits, the form of `tostring`.
pub fn datetime_text(ticks: i64) -> String {
    let p = date_parts(ticks);
    format!("{}.{:07}Z", seconds_text(&p), p.fraction)
}

/// `2020-01-02T03:04:05.6Z`: trailing zeros of the fraction cut, the form of JSON results and tables.
pub fn datetime_short(ticks: i64) -> String {
    let p = date_parts(ticks);
    let mut text = seconds_text(&p);
    if p.fraction != 0 {
        let digits = format!("{:07}", p.fraction);
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push('Z');
    text
}

/// Date and time to the second, without a zone.
fn seconds_text(p: &DateParts) -> String {
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", p.year, p.month, p.day, p.hour, p.minute, p.second)
}

/// `[-][d.]hh:mm:ss[.fffffff]`: days only when there are any, the fraction seven digits or none.
pub fn timespan_text(ticks: i64) -> String {
    let all = ticks.unsigned_abs();
    let (days, rest) = (all / TICKS_PER_DAY as u64, all % TICKS_PER_DAY as u64);
    let (seconds, fraction) = (rest / TICKS_PER_SECOND as u64, rest % TICKS_PER_SECOND as u64);
    let mut text = String::with_capacity(26);
    if ticks < 0 {
        text.push('-');
    }
    if days > 0 {
        write!(text, "{days}.").expect("writing to a string does not fail");
    }
    write!(text, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        .expect("writing to a string does not fail");
    if fraction > 0 {
        write!(text, ".{fraction:07}").expect("writing to a string does not fail");
    }
    text
}

/// The shortest digits that read back as the same number, always with a point or an exponent: `6.0`, `1.5`, `1e20`;
/// `NaN`, `inf` and `-inf`.
pub fn real_text(value: f64) -> String {
    format!("{value:?}")
}

/// The digits of a decimal scaled by 10^34, without trailing zeros: `1`, `1.25`, `-0.5`.
pub fn decimal_text(value: i256) -> String {
    let digits = value.to_string();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.as_str()),
    };
    let scale = DECIMAL_SCALE as usize;
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datetimes_at_both_ends_and_beyond() {
        assert_eq!(datetime_text(0), "0001-01-01T00:00:00.0000000Z");
        assert_eq!(datetime_text(MAX_DATETIME), "9999-12-31T23:59:59.9999999Z");
        assert_eq!(datetime_text(i64::MAX), datetime_text(MAX_DATETIME));
        assert_eq!(datetime_text(i64::MIN), datetime_text(0));
        assert_eq!(datetime_text(637_134_336_000_000_000), "2020-01-01T00:00:00.0000000Z");
    }

    #[test]
    fn short_datetimes_cut_zeros() {
        let start = 637_134_336_000_000_000;
        assert_eq!(datetime_short(start), "2020-01-01T00:00:00Z");
        assert_eq!(datetime_short(start + 6_000_000), "2020-01-01T00:00:00.6Z");
        assert_eq!(datetime_short(start + 1), "2020-01-01T00:00:00.0000001Z");
        assert_eq!(datetime_short(start + 59 * TICKS_PER_DAY), "2020-02-29T00:00:00Z");
    }

    #[test]
    fn every_day_follows_the_day_before() {
        let mut before = date_parts(0);
        for day in 1..=(MAX_DATETIME / TICKS_PER_DAY) {
            let p = date_parts(day * TICKS_PER_DAY);
            let next_day = (p.year, p.month, p.day) == (before.year, before.month, before.day + 1);
            let next_month = p.day == 1 && (p.year, p.month) == (before.year, before.month + 1);
            let next_year = (p.month, p.day, p.year) == (1, 1, before.year + 1) && before.month == 12;
            assert!(next_day || next_month || next_year, "{before:?} {p:?}");
            before = p;
        }
        assert_eq!((before.year, before.month, before.day), (9999, 12, 31));
    }

    #[test]
    fn timespans() {
        assert_eq!(timespan_text(0), "00:00:00");
        assert_eq!(timespan_text(TICKS_PER_DAY), "1.00:00:00");
        assert_eq!(timespan_text(-2 * 3600 * TICKS_PER_SECOND), "-02:00:00");
        assert_eq!(timespan_text(15_000_000), "00:00:01.5000000");
        assert_eq!(timespan_text(-TICKS_PER_DAY * 3 / 2), "-1.12:00:00");
        assert_eq!(timespan_text(i64::MIN), "-10675199.02:48:05.4775808");
    }

    #[test]
    fn numbers() {
        for (value, text) in
            [(6.0, "6.0"), (1.5, "1.5"), (-0.25, "-0.25"), (f64::NAN, "NaN"), (f64::NEG_INFINITY, "-inf")]
        {
            assert_eq!(real_text(value), text);
        }
        let ten_to = |n: u32| i256::from_i128(10i128.pow(n));
        assert_eq!(decimal_text(ten_to(34)), "1");
        assert_eq!(decimal_text(i256::from_i128(-5 * 10i128.pow(33))), "-0.5");
        assert_eq!(decimal_text(i256::from_i128(125 * 10i128.pow(32))), "1.25");
        assert_eq!(decimal_text(i256::ZERO), "0");
    }
}
