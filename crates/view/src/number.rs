//! Numbers as panels show them: with a unit, few digits, and thousands told apart. In: a number and a `NumberFormat`.
//! Out: text such as `1,234.5`, `62.5%`, `1.2K`, `3.4 GB`, `1.5s`. Not for tables, where a number keeps all its digits.

use crate::text::group_digits;

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Unit {
    /// Nothing: the digits alone.
    #[default]
    Plain,
    /// Per cent; 62.5 is `62.5%`.
    Percent,
    /// Things, shortened: `1.2K`, `3.4M`.
    Count,
    /// Things each second, shortened: `1.2K/s`.
    Rate,
    /// Bytes: the number is in thousands of thousands … of them (`power`), or in powers of 1024 when `binary`.
    Bytes {
        /// 0 for bytes, 1 for kilobytes, 2 for megabytes, 3 for gigabytes.
        power: u32,
        /// Whether a step is 1024 instead of 1000.
        binary: bool,
        /// Whether it is bytes each second.
        rate: bool,
    },
    /// A length of time; the number times this is seconds.
    Duration(f64),
}

impl Unit {
    /// The unit that a workbook's `numberFormat.unit` numbers; nothing for a number not known.
    pub fn from_workbook(number: u64) -> Option<Unit> {
        let bytes = |power: u64, binary, rate| Unit::Bytes { power: power as u32, binary, rate };
        Some(match number {
            0 => Unit::Plain,
            1 => Unit::Percent,
            2..=5 => bytes(number - 2, false, false),
            11..=13 => bytes(number - 11, false, true),
            17 => Unit::Count,
            22 => Unit::Duration(1e-6),
            23 => Unit::Duration(1e-3),
            24 => Unit::Duration(1.0),
            25 => Unit::Duration(60.0),
            26 => Unit::Duration(3600.0),
            27 => Unit::Duration(86_400.0),
            30 | 31 => Unit::Rate,
            36..=39 => bytes(number - 36, true, false),
            45..=47 => bytes(number - 45, true, true),
            _ => return None,
        })
    }
}

/// How a number is shown.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct NumberFormat {
    /// What it counts.
    pub unit: Unit,
    /// Digits after the point: at least, at most.
    pub digits: (usize, usize),
    /// Whether a comma stands between thousands.
    pub grouping: bool,
}

impl Default for NumberFormat {
    fn default() -> NumberFormat {
        NumberFormat::of(Unit::Plain)
    }
}

impl NumberFormat {
    /// The usual form of a unit: at most two digits after the point, one where the number is shortened.
    pub fn of(unit: Unit) -> NumberFormat {
        let most = match unit {
            Unit::Plain | Unit::Duration(_) => 2,
            Unit::Percent | Unit::Count | Unit::Rate | Unit::Bytes { .. } => 1,
        };
        NumberFormat { unit, digits: (0, most), grouping: true }
    }
}

/// The text of a number.
pub fn number_text(value: f64, format: &NumberFormat) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    match format.unit {
        Unit::Plain => digits(value, format),
        Unit::Percent => format!("{}%", digits(value, format)),
        Unit::Count => scaled(value, 1000.0, &["", "K", "M", "B", "T"], format),
        Unit::Rate => format!("{}/s", scaled(value, 1000.0, &["", "K", "M", "B", "T"], format)),
        Unit::Bytes { power, binary, rate } => {
            let (step, names): (f64, [&str; 6]) = if binary {
                (1024.0, [" B", " KiB", " MiB", " GiB", " TiB", " PiB"])
            } else {
                (1000.0, [" B", " KB", " MB", " GB", " TB", " PB"])
            };
            let text = scaled(value * step.powi(power as i32), step, &names, format);
            if rate { text + "/s" } else { text }
        }
        Unit::Duration(seconds) => duration(value * seconds, format),
    }
}

/// A number for an axis or a tile, shortened: `950`, `1.2K`, `0.25`.
pub fn short_number(value: f64) -> String {
    let few = if value.abs() < 1.0 { 3 } else { 1 };
    number_text(value, &NumberFormat { unit: Unit::Count, digits: (0, few), grouping: true })
}

/// A whole number with all its digits, a comma between thousands.
pub fn long_text(value: i64) -> String {
    let digits = group_digits(&value.unsigned_abs().to_string());
    if value < 0 { format!("-{digits}") } else { digits }
}

/// A number rounded to so many digits that count, at least one, and the digits after the point that takes.
pub fn to_significant(value: f64, significant: usize) -> (f64, usize) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    let significant = significant.clamp(1, 17);
    let text = format!("{value:.0$e}", significant - 1);
    let power = text.rsplit_once('e').and_then(|(_, power)| power.parse::<i64>().ok()).unwrap_or(0);
    let after = (significant as i64 - 1 - power).clamp(0, 20);
    (text.parse().unwrap_or(value), after as usize)
}

/// Divides by `step` until the number is below it, and names how often.
fn scaled(value: f64, step: f64, names: &[&str], format: &NumberFormat) -> String {
    if value.abs() >= 1e18 {
        return digits(value, format) + names[0];
    }
    let (mut value, mut power) = (value, 0);
    let unit = 10f64.powi(format.digits.1.min(12) as i32);
    while (value.abs() * unit).round() / unit >= step && power + 1 < names.len() {
        value /= step;
        power += 1;
    }
    digits(value, format) + names[power]
}

/// Seconds in the largest unit of which there is at least one.
fn duration(seconds: f64, format: &NumberFormat) -> String {
    let units = [(86_400.0, "d"), (3600.0, "h"), (60.0, "m"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs")];
    if seconds == 0.0 {
        return digits(0.0, format) + "s";
    }
    let (size, name) = units.into_iter().find(|(size, _)| seconds.abs() >= *size).unwrap_or((1e-6, "µs"));
    digits(seconds / size, format) + name
}

/// The digits: rounded to the most wanted, zeros cut down to the fewest wanted, commas between thousands;
/// from a thousand billions on with an exponent.
fn digits(value: f64, format: &NumberFormat) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.2e}");
    }
    let (fewest, most) = (format.digits.0.min(20), format.digits.1.max(format.digits.0).min(20));
    let text = format!("{:.most$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let kept = fraction.trim_end_matches('0').len().max(fewest);
    let mut out = String::new();
    if value < 0.0 && text.contains(|c| ('1'..='9').contains(&c)) {
        out.push('-');
    }
    if format.grouping {
        out.push_str(&group_digits(whole));
    } else {
        out.push_str(whole);
    }
    if kept > 0 {
        out.push('.');
        out.push_str(&fraction[..kept]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let cases = [
            (0, 1234.5, "1,234.5"),
            (1, 62.54, "62.5%"),
            (17, 999.0, "999"),
            (17, 1_240.0, "1.2K"),
            (17, 999_960.0, "1M"),
            (17, -3_400_000.0, "-3.4M"),
            (2, 1_500.0, "1.5 KB"),
            (4, 2_500.0, "2.5 GB"),
            (36, 1_536.0, "1.5 KiB"),
            (11, 0.0, "0 B/s"),
            (23, 1_500.0, "1.5s"),
            (23, 12.0, "12ms"),
            (24, 90.0, "1.5m"),
            (24, 0.0, "0s"),
        ];
        for (unit, value, text) in cases {
            let format = NumberFormat::of(Unit::from_workbook(unit).unwrap());
            assert_eq!(number_text(value, &format), text);
        }
        assert_eq!(Unit::from_workbook(999), None);
    }

    #[test]
    fn digits_that_count() {
        assert_eq!(to_significant(12_345.6, 3), (12_300.0, 0));
        assert_eq!(to_significant(-0.001_234_5, 3), (-0.001_23, 5));
        assert_eq!(to_significant(9.99, 2), (10.0, 0));
        assert_eq!(to_significant(0.0, 0), (0.0, 0));
        assert_eq!(to_significant(5e-324, 99).1, 20);
        assert!(to_significant(f64::NAN, 3).0.is_nan());
        assert_eq!(long_text(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(long_text(-7), "-7");
    }

    #[test]
    fn digits_asked_for() {
        let two = NumberFormat { digits: (2, 2), ..NumberFormat::default() };
        assert_eq!(number_text(5.0, &two), "5.00");
        assert_eq!(number_text(-0.001, &two), "0.00");
        let bare = NumberFormat { grouping: false, digits: (0, 0), ..NumberFormat::default() };
        assert_eq!(number_text(12345.6, &bare), "12346");
        assert_eq!(number_text(f64::NAN, &two), "NaN");
        assert_eq!(short_number(0.25), "0.25");
        assert_eq!(short_number(-1.5e202), "-1.50e202");
    }
}
