//! A time range as a reader chooses it: `48h` back from now, or `2026-10-01..2026-10-08`. In: text and the page's
//! now. Out: ticks, and the words for them.

use calypso_library::format::date_parts;
use calypso_library::literals::{datetime, timespan};

/// Ticks of a minute, an hour and a day.
const MINUTE: i64 = 600_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Ticks of a second and a millisecond.
const SECOND: i64 = 10_000_000;
const MILLISECOND: i64 = 10_000;

/// The steps a trend may have.
const STEPS: [i64; 11] = [
    MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
];

/// A span of time: the start is left out, the end is included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeRange {
    /// Ticks before the first moment inside.
    pub from: i64,
    /// The last tick inside.
    pub to: i64,
    /// As chosen: `48h`.
    pub text: String,
}

impl TimeRange {
    /// Reads a length of time back from `now`, or two times with `..` between; nothing for any other text.
    pub fn read(text: &str, now: i64) -> Option<TimeRange> {
        let text = text.trim();
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (datetime(from.trim())?, datetime(to.trim())?),
            None => (now.checked_sub(timespan(text)?)?, now),
        };
        (0 <= from && from < to).then(|| TimeRange { from, to, text: text.to_owned() })
    }

    /// So many milliseconds back from `now`; nothing for what is no length.
    pub fn of_milliseconds(milliseconds: i64, now: i64) -> Option<TimeRange> {
        let length = milliseconds.checked_mul(MILLISECOND)?;
        TimeRange::read(&short_length(length), now)
    }

    /// Whether it has two times of its own, rather than a length back from now.
    pub fn is_custom(&self) -> bool {
        self.text.contains("..")
    }

    /// Its length, ticks.
    pub fn length(&self) -> i64 {
        self.to - self.from
    }

    /// As the pickers of the portal name it: `Last 48 hours`, `Last 7 days`; two times as they are.
    pub fn label(&self) -> String {
        if self.is_custom() {
            return format!("{} – {} UTC", minute_text(self.from), minute_text(self.to));
        }
        let last = |count: i64, unit: &str| match count {
            1 => format!("Last {unit}"),
            _ => format!("Last {count} {unit}s"),
        };
        let length = self.length();
        match length {
            _ if length % DAY == 0 && length > 2 * DAY => last(length / DAY, "day"),
            _ if length % HOUR == 0 => last(length / HOUR, "hour"),
            _ if length % MINUTE == 0 => last(length / MINUTE, "minute"),
            _ if length % SECOND == 0 => last(length / SECOND, "second"),
            _ => format!("Last {}", length_text(length)),
        }
    }

    /// The step of the trends: of the usual steps the one nearest to a 48th of the range.
    pub fn grain(&self) -> i64 {
        let wanted = (self.to - self.from) / 48;
        STEPS.into_iter().min_by_key(|step| (step - wanted).abs()).unwrap_or(DAY)
    }

    /// For readers: `last 48h (2026-10-30 00:00 to 2026-11-01 00:00 UTC)`.
    pub fn shown(&self) -> String {
        let span = format!("{} to {} UTC", minute_text(self.from), minute_text(self.to));
        if self.text.contains("..") { span } else { format!("last {} ({span})", self.text) }
    }
}

/// A length as readers write it: hours to the second day, then days: `30m`, `48h`, `7d`.
fn short_length(ticks: i64) -> String {
    if ticks % HOUR == 0 && ticks <= 2 * DAY { format!("{}h", ticks / HOUR) } else { length_text(ticks) }
}

/// A length as queries write it, in the largest unit that it is a whole number of: `2d`, `90m`.
pub fn length_text(ticks: i64) -> String {
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s"), (MILLISECOND, "ms"), (1, "tick")];
    let (unit, name) = units.into_iter().find(|(unit, _)| ticks % unit == 0).unwrap_or((1, "tick"));
    format!("{}{name}", ticks / unit)
}

/// `2026-10-30 00:00`.
pub fn minute_text(ticks: i64) -> String {
    let p = date_parts(ticks);
    format!("{:04}-{:02}-{:02} {:02}:{:02}", p.year, p.month, p.day, p.hour, p.minute)
}

/// `2026-10-30 00:00:59`.
pub fn second_text(ticks: i64) -> String {
    format!("{}:{:02}", minute_text(ticks), date_parts(ticks).second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_pairs() {
        let now = datetime("2026-11-01").unwrap();
        let range = TimeRange::read("48h", now).unwrap();
        assert_eq!((range.from, range.to, range.grain()), (now - 2 * DAY, now, HOUR));
        assert_eq!(range.shown(), "last 48h (2026-10-30 00:00 to 2026-11-01 00:00 UTC)");
        let pair = TimeRange::read("2026-10-01 .. 2026-10-08T12:00", now).unwrap();
        assert_eq!(pair.shown(), "2026-10-01 00:00 to 2026-10-08 12:00 UTC");
        for text in ["", "yesterday", "0h", "-2d", "2026-10-02..2026-10-01", "40000000000d", "1d..2d"] {
            assert_eq!(TimeRange::read(text, now), None, "{text}");
        }
        assert_eq!(TimeRange::read("30d", now).unwrap().grain(), 12 * HOUR);
    }

    #[test]
    fn names_of_lengths() {
        let now = datetime("2026-11-01").unwrap();
        for (milliseconds, text, label) in [
            (300_000, "5m", "Last 5 minutes"),
            (3_600_000, "1h", "Last hour"),
            (5_400_000, "90m", "Last 90 minutes"),
            (86_400_000, "24h", "Last 24 hours"),
            (172_800_000, "48h", "Last 48 hours"),
            (259_200_000, "3d", "Last 3 days"),
            (5_184_000_000, "60d", "Last 60 days"),
            (1_500, "1500ms", "Last 1500ms"),
        ] {
            let range = TimeRange::of_milliseconds(milliseconds, now).unwrap();
            assert_eq!((range.text.as_str(), range.label().as_str()), (text, label));
        }
        for milliseconds in [0, -1, i64::MAX, i64::MIN, 1 << 50] {
            assert_eq!(TimeRange::of_milliseconds(milliseconds, now), None, "{milliseconds}");
        }
        let custom = TimeRange::read("2026-10-01..2026-10-08", now).unwrap();
        assert_eq!(custom.label(), "2026-10-01 00:00 – 2026-10-08 00:00 UTC");
        assert_eq!(length_text(2 * DAY), "2d");
    }
}
