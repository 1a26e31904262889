//! A time range as a reader chooses it: `48h` back from now, or `2026-10-01..2026-10-08`. In: text and the page's
//! now. Out: ticks.

use calypso_library::format::date_parts;
use calypso_library::literals::{datetime, timespan};

/// Ticks of a minute, an hour and a day.
const MINUTE: i64 = 600_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

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
}
