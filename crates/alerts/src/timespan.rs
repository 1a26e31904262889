//! Lengths of time as rule files write them: ISO 8601 (`PT1H30M`, Azure and ARM), Sentinel's and Kusto's short form
//! (`5m`, `1d`), Kusto's long form (`1.02:03:04`). In: a text. Out: ticks of 100 ns, never negative; and the way back.

use std::fmt;

const SECOND: i64 = 10_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time: ticks of 100 ns, 0 or more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub struct Timespan(i64);

impl Timespan {
    /// No time.
    pub const ZERO: Timespan = Timespan(0);

    /// So many ticks; below zero is zero.
    pub fn from_ticks(ticks: i64) -> Timespan {
        Timespan(ticks.max(0))
    }

    /// So many minutes.
    pub fn minutes(minutes: u32) -> Timespan {
        Timespan(i64::from(minutes) * MINUTE)
    }

    /// So many hours.
    pub fn hours(hours: u32) -> Timespan {
        Timespan(i64::from(hours) * HOUR)
    }

    /// So many days.
    pub fn days(days: u32) -> Timespan {
        Timespan(i64::from(days) * DAY)
    }

    /// Its ticks.
    pub fn ticks(self) -> i64 {
        self.0
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// So many times as long; the longest there is where that is too long.
    pub fn times(self, count: u32) -> Timespan {
        Timespan(self.0.saturating_mul(i64::from(count)))
    }

    /// Reads any of the forms; the reason where it is none.
    pub fn read(text: &str) -> Result<Timespan, String> {
        let text = text.trim();
        let read = match text.strip_prefix(['P', 'p']) {
            Some(rest) => iso(rest),
            None if text.contains(':') => clock(text),
            None => short(text),
        };
        read.map(Timespan)
            .ok_or_else(|| format!("`{}` is no length of time such as `PT15M`, `15m` or `1d`", shown(text)))
    }

    /// ISO 8601, as Azure writes it: `PT15M`, `P1D`, `P1DT2H`; fractions of seconds where there are any.
    pub fn iso(self) -> String {
        let [days, hours, minutes, seconds, ticks] = self.parts();
        let mut text = String::from("P");
        push(&mut text, days, "D");
        if self.0 % DAY != 0 || self.0 == 0 {
            text.push('T');
            push(&mut text, hours, "H");
            push(&mut text, minutes, "M");
            if ticks > 0 {
                let fraction = format!("{ticks:07}");
                text += &format!("{seconds}.{}S", fraction.trim_end_matches('0'));
            } else if seconds > 0 || self.0 == 0 {
                text += &format!("{seconds}S");
            }
        }
        text
    }

    /// Whether the short form can say it: a whole number of one unit.
    fn single_unit(self) -> Option<String> {
        [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")]
            .into_iter()
            .find(|(unit, _)| self.0 > 0 && self.0 % unit == 0)
            .map(|(unit, name)| format!("{}{name}", self.0 / unit))
    }

    fn parts(self) -> [i64; 5] {
        [self.0 / DAY, self.0 % DAY / HOUR, self.0 % HOUR / MINUTE, self.0 % MINUTE / SECOND, self.0 % SECOND]
    }
}

/// Kusto's form: `15m`, `2d`, else `1.02:03:04`.
impl fmt::Display for Timespan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.single_unit() {
            return f.write_str(&text);
        }
        let [days, hours, minutes, seconds, ticks] = self.parts();
        if days > 0 {
            write!(f, "{days}.")?;
        }
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}")?;
        if ticks > 0 {
            write!(f, ".{ticks:07}")?;
        }
        Ok(())
    }
}

fn push(text: &mut String, count: i64, unit: &str) {
    if count > 0 {
        *text += &format!("{count}{unit}");
    }
}

/// A text for a message, not longer than forty characters.
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What stands behind the `P`. Years and months have no fixed length and are refused.
fn iso(text: &str) -> Option<i64> {
    let mut units = [("W", 7 * DAY), ("D", DAY), ("T", 0), ("H", HOUR), ("M", MINUTE), ("S", SECOND)].iter();
    let (mut total, mut some, mut in_time) = (0i64, false, false);
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, behind) = rest.split_at(digits);
        let unit = behind.chars().next()?.to_ascii_uppercase().to_string();
        let (_, length) = units.by_ref().find(|(name, _)| *name == unit)?;
        match unit.as_str() {
            "T" if number.is_empty() => in_time = true,
            "T" => return None,
            "H" | "M" | "S" if !in_time => return None,
            _ => {
                total = total.checked_add(amount(number, *length)?)?;
                some = true;
            }
        }
        rest = &behind[1..];
    }
    (some && !text.ends_with(['T', 't'])).then_some(total)
}

/// `15m`, `1.5h`, `10 minutes`.
fn short(text: &str) -> Option<i64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(digits);
    let length = match unit.trim() {
        "d" | "day" | "days" => DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "m" | "min" | "minute" | "minutes" => MINUTE,
        "s" | "sec" | "second" | "seconds" => SECOND,
        "ms" | "milli" | "millis" | "millisecond" | "milliseconds" => SECOND / 1000,
        _ => return None,
    };
    amount(number, length)
}

/// `1.02:03:04.5`, `02:03`.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (first, minutes, seconds) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() {
        return None;
    }
    let (days, hours) = first.split_once('.').unwrap_or(("0", first));
    let small = |text: &str, below: i64| whole(text).filter(|number| *number < below);
    let seconds = amount(seconds, SECOND).filter(|ticks| *ticks < MINUTE)?;
    let of_day = small(hours, 24)? * HOUR + small(minutes, 60)? * MINUTE + seconds;
    whole(days)?.checked_mul(DAY)?.checked_add(of_day)
}

fn whole(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A number, perhaps with a fraction of at most seven digits, times a unit.
fn amount(number: &str, unit: i64) -> Option<i64> {
    let (number, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.len() > 7 {
        return None;
    }
    let above = whole(number)?.checked_mul(unit)?;
    let below = match fraction {
        "" => 0,
        digits => (i128::from(whole(digits)?) * i128::from(unit) / 10i128.pow(digits.len() as u32)) as i64,
    };
    above.checked_add(below)
}

/// The greatest length that divides both, ticks.
pub(crate) fn common(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_azure_sentinel_and_kusto() {
        let read = |text: &str| Timespan::read(text).map(|span| span.to_string());
        for (text, same) in [
            ("PT15M", "15m"),
            ("P1D", "1d"),
            ("P1DT2H", "26h"),
            ("pt0.5h", "30m"),
            ("PT1H30M", "90m"),
            ("P2W", "14d"),
            ("PT1.5S", "00:00:01.5000000"),
            ("5m", "5m"),
            ("1 hour", "1h"),
            ("14d", "14d"),
            ("1.02:03:04", "93784s"),
            ("00:30", "30m"),
            ("PT0S", "00:00:00"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(same), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "PT1",
            "P1M",
            "P1Y",
            "PT1H1D",
            "1M1H",
            "PT1M1H",
            "-5m",
            "5",
            "5 weeks",
            "PTT1M",
            "1:2:3:4",
            "24:00:00",
            "00:60",
            "P1DT",
            "99999999999999999d",
            "1.2.3h",
            "٣m",
        ] {
            assert!(Timespan::read(text).is_err(), "{text}");
        }
        assert_eq!(
            Timespan::read(&"é".repeat(100)),
            Err(format!("`{}…` is no length of time such as `PT15M`, `15m` or `1d`", "é".repeat(40)))
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(ticks in 0..i64::MAX) {
            let span = Timespan::from_ticks(ticks);
            prop_assert_eq!(Timespan::read(&span.iso()), Ok(span));
            prop_assert_eq!(Timespan::read(&span.to_string()), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "[P0-9TDHMSdhms.: é]{0,12}") {
            let _ = Timespan::read(&text);
        }
    }
}
