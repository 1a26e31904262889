//! Texts of datetimes: ISO 8601, the RFC 822 and RFC 850 forms, month-first numeric dates, dates with month names, and
//! `2025, 6, 14`. Without a zone the text is UTC; with one it is brought to UTC. Digits past the tick are dropped.

use super::timespan::ticks_of_fraction;
use crate::calendar::{TICKS_PER_HOUR, TICKS_PER_MINUTE, date, in_range, time};

/// Ticks of a datetime text, the same for literals and `todatetime`.
pub fn datetime(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Some(ticks) = iso(text.as_bytes()) {
        return Some(ticks);
    }
    if let Some(ticks) = listed(text) {
        return Some(ticks);
    }
    let mut reader = Reader { rest: text };
    reader.weekday();
    let day = reader.date()?;
    if reader.end() {
        return Some(day);
    }
    reader.between_date_and_time()?;
    let ticks = day + reader.time()?;
    let offset = reader.zone()?;
    if reader.end() { in_range(ticks - offset) } else { None }
}

/// Ticks since midnight of a text that is only a time of day: `8:05`, `08:05:30.5`. A literal of that form means today.
pub fn time_of_day(text: &str) -> Option<i64> {
    let mut reader = Reader { rest: text.trim() };
    let ticks = reader.time()?;
    reader.end().then_some(ticks)
}

/// The common form, read at fixed places: `2024-05-06T07:08:09[.f…][Z]`, with a blank for the `T` where wanted.
fn iso(text: &[u8]) -> Option<i64> {
    let two = |at: usize| -> Option<i64> {
        let (tens, ones) = (text.get(at)?.wrapping_sub(b'0'), text.get(at + 1)?.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then_some(i64::from(tens) * 10 + i64::from(ones))
    };
    if text.len() < 19 || text[4] != b'-' || text[7] != b'-' || text[13] != b':' || text[16] != b':' {
        return None;
    }
    if text[10] != b'T' && text[10] != b' ' {
        return None;
    }
    let mut rest = &text[19..];
    let mut fraction = 0;
    if let Some((b'.', digits)) = rest.split_first() {
        let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
        if end == 0 {
            return None;
        }
        let zeros = std::iter::repeat(&b'0');
        for byte in digits[..end].iter().chain(zeros).take(7) {
            fraction = fraction * 10 + i64::from(byte - b'0');
        }
        rest = &digits[end..];
    }
    if !rest.is_empty() && rest != b"Z" {
        return None;
    }
    let day = date(two(0)? * 100 + two(2)?, two(5)?, two(8)?)?;
    Some(day + time(two(11)?, two(14)?, two(17)?, fraction)?)
}

/// `2025, 6, 14` and up to the millisecond: year, month, day, hour, minute, second, millisecond.
fn listed(text: &str) -> Option<i64> {
    if !text.as_bytes().first()?.is_ascii_digit() || !text.contains(',') {
        return None;
    }
    let mut parts = [0_i64, 1, 1, 0, 0, 0, 0];
    let mut given = 0;
    for part in text.split(',') {
        let part = part.trim();
        if given == parts.len() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        parts[given] = part.parse().ok()?;
        given += 1;
    }
    let [year, month, day, hour, minute, second, millisecond] = parts;
    if given < 3 || millisecond > 999 {
        return None;
    }
    Some(date(year, month, day)? + time(hour, minute, second, millisecond * 10_000)?)
}

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn end(&self) -> bool {
        self.rest.trim_start().is_empty()
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes that character when it is next.
    fn take(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A run of ASCII digits: its value and length.
    fn number(&mut self) -> Option<(i64, usize)> {
        let end = self.rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        let value = if end > 9 { None } else { digits.parse().ok() }?;
        self.rest = rest;
        Some((value, end))
    }

    /// A run of ASCII letters; empty when another character is next.
    fn word(&mut self) -> &'a str {
        let end = self.rest.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// The word when it is one of those or the start of one, three letters at least: its place.
    fn one_of(&mut self, names: &[&str]) -> Option<usize> {
        let before = self.rest;
        let word = self.word().to_ascii_lowercase();
        let found = names.iter().position(|name| word.len() >= 3 && name.starts_with(&word));
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    /// A weekday at the start says nothing and is passed over.
    fn weekday(&mut self) {
        if self.one_of(&WEEKDAYS).is_some() {
            self.take(',');
            self.blanks();
        }
    }

    /// A month name.
    fn month(&mut self) -> Option<i64> {
        self.one_of(&MONTHS).map(|place| place as i64 + 1)
    }

    /// Blanks, or one of `-`, `/`, `.` with blanks around it.
    fn separator(&mut self) {
        self.blanks();
        if self.take('-') || self.take('/') || self.take('.') {
            self.blanks();
        }
    }

    /// The date in any of its orders.
    fn date(&mut self) -> Option<i64> {
        if let Some(month) = self.month() {
            self.take('.');
            self.blanks();
            let (day, _) = self.number()?;
            self.take(',');
            self.blanks();
            return date(self.year()?, month, day);
        }
        let (first, length) = self.number()?;
        match length {
            8 => date(first / 10_000, first / 100 % 100, first % 100),
            4 => self.month_and_day(first),
            1 | 2 => self.rest_of_short_date(first),
            _ => None,
        }
    }

    /// After a year: `-05`, `-05-06`, `/5/6`.
    fn month_and_day(&mut self, year: i64) -> Option<i64> {
        self.separator();
        let month = match self.month() {
            Some(month) => month,
            None => self.number()?.0,
        };
        let before = self.rest;
        self.separator();
        match self.number() {
            Some((day, length)) if length <= 2 && !self.rest.starts_with(':') => date(year, month, day),
            _ => {
                self.rest = before;
                date(year, month, 1)
            }
        }
    }

    /// After one or two digits: a month name (day first) or another number (month first), then the year.
    fn rest_of_short_date(&mut self, first: i64) -> Option<i64> {
        self.separator();
        if let Some(month) = self.month() {
            self.take(',');
            self.separator();
            return date(self.year()?, month, first);
        }
        let (day, _) = self.number()?;
        self.separator();
        date(self.year()?, first, day)
    }

    /// Four digits, or two: 00 to 49 are of this century.
    fn year(&mut self) -> Option<i64> {
        match self.number()? {
            (year, 4) => Some(year),
            (year, 2) if year < 50 => Some(2000 + year),
            (year, 2) => Some(1900 + year),
            _ => None,
        }
    }

    /// `T`, a comma or blanks.
    fn between_date_and_time(&mut self) -> Option<()> {
        let before = self.rest.len();
        if !self.take('T') && !self.take('t') {
            self.take(',');
            self.blanks();
        }
        (self.rest.len() < before).then_some(())
    }

    /// `hh:mm[:ss[.f]] [AM|PM]`.
    fn time(&mut self) -> Option<i64> {
        let (hour, hour_length) = self.number()?;
        if hour_length > 2 || !self.take(':') {
            return None;
        }
        let (minute, _) = self.number()?;
        let mut second = 0;
        let mut fraction = 0;
        if self.take(':') {
            second = self.number()?.0;
            if self.take('.') {
                let end =
                    self.rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.rest.len());
                let (digits, rest) = self.rest.split_at(end);
                fraction = ticks_of_fraction(digits)?;
                self.rest = rest;
            }
        }
        time(self.half_of_day(hour)?, minute, second, fraction)
    }

    /// The hour of 24, with AM or PM taken when it follows.
    fn half_of_day(&mut self, hour: i64) -> Option<i64> {
        let before = self.rest;
        self.blanks();
        let half = self.word();
        let afternoon = half.eq_ignore_ascii_case("pm");
        if !afternoon && !half.eq_ignore_ascii_case("am") {
            self.rest = before;
            return Some(hour);
        }
        (1..=12).contains(&hour).then_some(hour % 12 + if afternoon { 12 } else { 0 })
    }

    /// Ticks east of Greenwich: `Z`, `GMT`, `+02:00`, `-0800`, `PST`; none is UTC.
    fn zone(&mut self) -> Option<i64> {
        self.blanks();
        let name = self.word().to_ascii_uppercase();
        let hours = match name.as_str() {
            "" | "Z" | "GMT" | "UTC" | "UT" => 0,
            "EDT" => -4,
            "EST" | "CDT" => -5,
            "CST" | "MDT" => -6,
            "MST" | "PDT" => -7,
            "PST" => -8,
            _ => return None,
        };
        let sign = match self.rest.as_bytes().first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Some(hours * TICKS_PER_HOUR),
        };
        self.rest = &self.rest[1..];
        let (value, length) = self.number()?;
        let (hours, minutes) = match length {
            1 | 2 if self.take(':') => (value, self.number()?.0),
            1 | 2 => (value, 0),
            4 => (value / 100, value % 100),
            _ => return None,
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        Some(sign * (hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE))
    }
}

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::datetime_short;

    #[test]
    fn accepted() {
        for (text, wanted) in [
            ("2024-05-06", "2024-05-06T00:00:00Z"),
            ("2024-05", "2024-05-01T00:00:00Z"),
            ("2024-05-06 07:08", "2024-05-06T07:08:00Z"),
            ("2024-05-06T07:08:09", "2024-05-06T07:08:09Z"),
            ("2024-05-06T07:08:09.1234567Z", "2024-05-06T07:08:09.1234567Z"),
            ("2024-05-06T07:08:09.123456789Z", "2024-05-06T07:08:09.1234567Z"),
            ("2022-12-02T13:45:56+02:00", "2022-12-02T11:45:56Z"),
            ("2022-12-02T13:45:56.5-0800", "2022-12-02T21:45:56.5Z"),
            ("Sat, 8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02Z"),
            ("Saturday, 08-Nov-14 15:05:02 UTC", "2014-11-08T15:05:02Z"),
            ("08-Nov-14 15:05", "2014-11-08T15:05:00Z"),
            ("2022/12/02", "2022-12-02T00:00:00Z"),
            ("12-02-2022", "2022-12-02T00:00:00Z"),
            ("12/02/2022", "2022-12-02T00:00:00Z"),
            ("12.02.2022", "2022-12-02T00:00:00Z"),
            ("2/3/2022", "2022-02-03T00:00:00Z"),
            ("12-02-2022 13:45:56", "2022-12-02T13:45:56Z"),
            ("2/3/2022 1:02:03 PM", "2022-02-03T13:02:03Z"),
            ("20221202", "2022-12-02T00:00:00Z"),
            ("2 Dec 2022", "2022-12-02T00:00:00Z"),
            ("Dec 2, 2022", "2022-12-02T00:00:00Z"),
            ("December 2, 2022 10:00", "2022-12-02T10:00:00Z"),
            ("Fri, 02 Dec 2022 13:45:56 GMT", "2022-12-02T13:45:56Z"),
            ("2025, 6, 14", "2025-06-14T00:00:00Z"),
            ("2024 - 05 - 06", "2024-05-06T00:00:00Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
        ] {
            assert_eq!(datetime(text).map(datetime_short).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn refused() {
        for text in [
            "",
            "x",
            "13-01-2022",
            "2023-02-29",
            "2024-05-06T25:00",
            "2024-05-06T07:08:09x",
            "2024",
            "now",
            "é",
            "0001-01-01T00:00:00+01:00",
            "99999999999999999999",
            "2024-05-06T",
            "1,2",
            "Nov",
            "2024-05-06T07:08:09.",
            "0000-01-01",
            "2024-05-06T07:08:09+99:00",
            "8:05",
        ] {
            assert_eq!(datetime(text), None, "{text}");
        }
    }

    #[test]
    fn times_alone() {
        assert_eq!(time_of_day("8:05"), Some(8 * TICKS_PER_HOUR + 5 * TICKS_PER_MINUTE));
        assert_eq!(time_of_day("2024-05-06"), None);
    }
}
