//! Values as numbers, and numbers and times as cells write them. In: a value and the settings of a formatter. Out:
//! numbers, texts, and the whole value where the text tells less.

use crate::model::NumberSettings;
use crate::time_range::{minute_text, second_text};
use calypso_library::format::{date_parts, datetime_short};
use calypso_library::{Json, Value, literals};
use calypso_view::number::{long_text, number_text, to_significant};
use calypso_view::text::value_text;
use calypso_view::{NumberFormat, Unit};

/// A text for readers, and the whole value where the text tells less of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The whole value; empty where the text is all.
    pub whole: String,
}

impl Written {
    /// A text that is all.
    pub fn all(text: impl Into<String>) -> Written {
        Written { text: text.into(), whole: String::new() }
    }
}

/// The number a value is; texts are none.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(f64::from(*number)),
        Value::Long(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        Value::Decimal(_) => value_text(value).parse().ok(),
        Value::Dynamic(Json::Number(number)) => number.as_f64(),
        Value::Null(_)
        | Value::Bool(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

/// The number a value is or its text writes.
pub fn measure(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) | Value::Dynamic(Json::String(text)) => {
            let text = text.trim();
            text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)).then(|| text.parse().ok())?
        }
        other => number(other),
    }
}

/// A number by its settings; without settings whole numbers keep all their digits and others two after the point.
pub fn written_number(value: &Value, settings: Option<&NumberSettings>) -> Option<Written> {
    let amount = match settings {
        Some(_) => measure(value)?,
        None => number(value)?,
    };
    let whole = match value {
        Value::Int(number) => plain_whole(i64::from(*number), settings),
        Value::Long(number) => plain_whole(*number, settings),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    };
    if let Some(text) = whole {
        return Some(Written::all(text));
    }
    let text = amount_text(amount, settings);
    let exact = value_text(value);
    // `6` stands for 6.0, and `1,234` for 1234.
    let bare = exact.strip_suffix(".0").unwrap_or(&exact);
    let same = bare == text || (text.contains(',') && text.replace(',', "") == bare) || !amount.is_finite();
    Some(Written { text, whole: if same { String::new() } else { exact } })
}

/// A whole number with all its digits, where no setting wants it otherwise.
fn plain_whole(number: i64, settings: Option<&NumberSettings>) -> Option<String> {
    match settings {
        None => Some(long_text(number)),
        Some(settings) => {
            let plain = settings.unit == 0
                && !settings.percent
                && settings.significant.is_none()
                && settings.min_digits.unwrap_or(0) == 0;
            plain.then(
                || if settings.grouping == Some(false) { number.to_string() } else { long_text(number) },
            )
        }
    }
}

/// The text of a number by its settings.
pub fn amount_text(amount: f64, settings: Option<&NumberSettings>) -> String {
    let Some(settings) = settings else {
        return number_text(amount, &small_too(amount));
    };
    let (amount, unit) = match settings.percent {
        true => (amount * 100.0, Unit::Percent),
        false => (amount, Unit::from_workbook(settings.unit).unwrap_or_default()),
    };
    let usual = NumberFormat::of(unit);
    let most = settings.max_digits.unwrap_or(if settings.percent { 0 } else { usual.digits.1 });
    let fewest = settings.min_digits.unwrap_or(0);
    let grouping = settings.grouping.unwrap_or(true);
    let Some(significant) = settings.significant.filter(|digits| *digits > 0) else {
        return number_text(amount, &NumberFormat { unit, digits: (fewest, most.max(fewest)), grouping });
    };
    let (amount, most) = to_significant(amount, significant);
    // Where the unit divides the number, all digits that count may come after the point.
    let most = if matches!(unit, Unit::Plain | Unit::Percent) { most } else { significant - 1 };
    number_text(amount, &NumberFormat { unit, digits: (0, most), grouping })
}

/// Two digits after the point, more where a small number would vanish.
fn small_too(amount: f64) -> NumberFormat {
    let usual = NumberFormat::default();
    if amount == 0.0 || amount.abs() >= 0.01 {
        return usual;
    }
    NumberFormat { digits: (0, to_significant(amount, 2).1), ..usual }
}

/// A time as it is usually read, in UTC.
pub fn written_time(ticks: i64) -> Written {
    let whole = if ticks % 10_000_000 == 0 { String::new() } else { datetime_short(ticks) };
    Written { text: second_text(ticks), whole }
}

/// A time in a format as files name it; for other names as it is usually read.
pub fn time_in(ticks: i64, format: Option<&str>) -> Written {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let Some(format) = format else { return written_time(ticks) };
    let p = date_parts(ticks);
    let month = MONTHS[(p.month as usize).saturating_sub(1) % 12];
    let day = DAYS[(ticks.div_euclid(864_000_000_000)).rem_euclid(7) as usize];
    let seconds = second_text(ticks);
    let (date, time) = seconds.split_once(' ').unwrap_or((&seconds, ""));
    let long = || format!("{day}, {} {month} {}", p.day, p.year);
    let text = match format.to_ascii_lowercase().trim_end_matches("pattern") {
        "shortdate" => date.to_owned(),
        "longdate" => long(),
        "shorttime" => minute_text(ticks).split_off(date.len() + 1),
        "longtime" => time.to_owned(),
        "shortdatetime" => minute_text(ticks),
        "fulldatetime" => format!("{} {time}", long()),
        "monthday" => format!("{} {month}", p.day),
        "yearmonth" => format!("{month} {}", p.year),
        "sortabledatetime" => format!("{date}T{time}"),
        "universalsortabledatetime" => format!("{date} {time}Z"),
        _ => return written_time(ticks),
    };
    Written { text, whole: datetime_short(ticks) }
}

/// The time a value is or its text writes.
pub fn ticks(value: &Value) -> Option<i64> {
    match value {
        Value::DateTime(ticks) => Some(*ticks),
        Value::String(text) | Value::Dynamic(Json::String(text)) => literals::datetime(text.trim()),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Long(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(unit: u64) -> NumberSettings {
        NumberSettings { unit, ..NumberSettings::default() }
    }

    #[test]
    fn numbers_without_settings() {
        let cases = [
            (Value::Long(9_007_199_254_740_993), "9,007,199,254,740,993", ""),
            (Value::Long(i64::MIN), "-9,223,372,036,854,775,808", ""),
            (Value::Int(-12), "-12", ""),
            (Value::Real(6.0), "6", ""),
            (Value::Real(1234.5), "1,234.5", ""),
            (Value::Real(0.123_456), "0.12", "0.123456"),
            (Value::Real(0.000_123_4), "0.00012", "0.0001234"),
            (Value::Real(f64::NAN), "NaN", ""),
            (Value::Real(f64::NEG_INFINITY), "-∞", ""),
            (Value::Dynamic(serde_json::json!(12000)), "12,000", ""),
        ];
        for (value, text, whole) in cases {
            let written = written_number(&value, None).unwrap();
            assert_eq!((written.text.as_str(), written.whole.as_str()), (text, whole), "{value:?}");
        }
        assert_eq!(written_number(&Value::String("12".into()), None), None);
    }

    #[test]
    fn numbers_by_settings() {
        let cases = [
            (settings(1), 62.54, "62.5%"),
            (settings(23), 1500.0, "1.5s"),
            (settings(99), 1500.0, "1,500"),
            (NumberSettings { percent: true, ..settings(0) }, 0.627, "63%"),
            (NumberSettings { percent: true, min_digits: Some(1), ..settings(0) }, 0.625, "62.5%"),
            (NumberSettings { max_digits: Some(0), ..settings(0) }, 2.6, "3"),
            (NumberSettings { min_digits: Some(3), ..settings(0) }, 2.5, "2.500"),
            (NumberSettings { significant: Some(3), ..settings(0) }, 12_345.6, "12,300"),
            (NumberSettings { significant: Some(3), ..settings(0) }, 0.001_234_5, "0.00123"),
            (NumberSettings { significant: Some(3), ..settings(17) }, 1_234_567.0, "1.23M"),
            (NumberSettings { significant: Some(99), ..settings(0) }, 0.5, "0.5"),
            (NumberSettings { grouping: Some(false), ..settings(0) }, 12_345.5, "12345.5"),
        ];
        for (settings, amount, text) in cases {
            assert_eq!(amount_text(amount, Some(&settings)), text, "{settings:?}");
        }
        let text = |value| written_number(&value, Some(&settings(2))).map(|written| written.text);
        assert_eq!(text(Value::String(" 1500 ".into())).as_deref(), Some("1.5 KB"));
        assert_eq!(text(Value::String("inf".into())), None);
        let exact = written_number(&Value::Long(i64::MAX), Some(&settings(0))).unwrap();
        assert_eq!(exact.text, "9,223,372,036,854,775,807");
    }

    #[test]
    fn times() {
        let ticks = literals::datetime("2026-10-30T12:00:05.5").unwrap();
        assert_eq!(
            written_time(ticks),
            Written { text: "2026-10-30 12:00:05".into(), whole: "2026-10-30T12:00:05.5Z".into() }
        );
        let cases = [
            ("shortDatePattern", "2026-10-30"),
            ("shortTimePattern", "12:00"),
            ("longTimePattern", "12:00:05"),
            ("shortDateTimePattern", "2026-10-30 12:00"),
            ("fullDateTimePattern", "Friday, 30 October 2026 12:00:05"),
            ("yearMonthPattern", "October 2026"),
            ("sortableDateTimePattern", "2026-10-30T12:00:05"),
            ("no such", "2026-10-30 12:00:05"),
        ];
        for (format, text) in cases {
            assert_eq!(time_in(ticks, Some(format)).text, text, "{format}");
        }
    }
}
