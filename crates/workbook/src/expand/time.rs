//! What a range of time says: `> ago(2d)`, `datetime(…)`, `PT48H`. In: a range and the format's name. Out: its text.

use super::format::Said;
use crate::time_range::{TimeRange, length_text};
use calypso_library::format::{TICKS_PER_SECOND, date_parts, datetime_short};

/// The formats that only ranges of time have.
const FORMATS: &[&str] = &[
    "durationiso",
    "end",
    "enddateiso",
    "endiso",
    "grain",
    "query",
    "seconds",
    "start",
    "startdateiso",
    "startiso",
];

/// Whether it is a format that only ranges of time have; the name in small letters.
pub(super) fn is_format(name: &str) -> bool {
    FORMATS.contains(&name)
}

/// What the range says in that format, its name in small letters; nothing for a format of other values.
pub(super) fn said(range: &TimeRange, format: &str) -> Option<Said<'static>> {
    Some(match format {
        "" => Said::Range(range.label(), query(range)),
        "value" | "query" => Said::Made(query(range)),
        "label" => Said::Made(range.label()),
        "start" => Said::Instant(range.from),
        "end" => Said::Instant(range.to),
        "grain" => Said::Made(length_text(range.grain())),
        "startiso" => Said::Made(iso(range.from)),
        "endiso" => Said::Made(iso(range.to)),
        "startdateiso" => Said::Made(iso(range.from)[..10].to_owned()),
        "enddateiso" => Said::Made(iso(range.to)[..10].to_owned()),
        "durationiso" => Said::Made(duration(range.length())),
        "seconds" => Said::Made((range.length() / TICKS_PER_SECOND).to_string()),
        _ => return None,
    })
}

/// What follows the name of a column: `> ago(2d)`, ` between (datetime("…") .. datetime("…"))`.
fn query(range: &TimeRange) -> String {
    if !range.is_custom() {
        return format!("> ago({})", length_text(range.length()));
    }
    let [from, to] = [range.from, range.to].map(iso);
    format!(" between (datetime(\"{from}\") .. datetime(\"{to}\"))")
}

/// A time as JavaScript writes it, to the millisecond; finer ones in full.
fn iso(ticks: i64) -> String {
    if ticks % (TICKS_PER_SECOND / 1000) != 0 {
        return datetime_short(ticks);
    }
    let milliseconds = date_parts(ticks).fraction / 10_000;
    let whole = datetime_short(ticks - ticks.rem_euclid(TICKS_PER_SECOND));
    format!("{}.{milliseconds:03}Z", whole.trim_end_matches('Z'))
}

/// `PT48H`, `PT90M`, `PT1.5S`: the largest unit that it is a whole number of.
fn duration(ticks: i64) -> String {
    let seconds = ticks / TICKS_PER_SECOND;
    if ticks % TICKS_PER_SECOND != 0 {
        let digits = format!("{:07}", ticks % TICKS_PER_SECOND);
        return format!("PT{seconds}.{}S", digits.trim_end_matches('0'));
    }
    match seconds {
        _ if seconds % 3600 == 0 => format!("PT{}H", seconds / 3600),
        _ if seconds % 60 == 0 => format!("PT{}M", seconds / 60),
        _ => format!("PT{seconds}S"),
    }
}

/// The literal of a time in a query.
pub(super) fn literal(ticks: i64) -> String {
    format!("datetime({})", datetime_short(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_library::literals::datetime;

    fn text(range: &str, format: &str) -> String {
        let range = TimeRange::read(range, datetime("2026-11-01T06:00:00.25").unwrap()).unwrap();
        match said(&range, format).unwrap() {
            Said::Made(text) => text,
            Said::Instant(ticks) => literal(ticks),
            Said::Range(words, query) => format!("{words}|{query}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn formats_of_a_length() {
        for (format, wanted) in [
            ("", "Last 48 hours|> ago(2d)"),
            ("value", "> ago(2d)"),
            ("query", "> ago(2d)"),
            ("label", "Last 48 hours"),
            ("start", "datetime(2026-10-30T06:00:00.25Z)"),
            ("end", "datetime(2026-11-01T06:00:00.25Z)"),
            ("grain", "1h"),
            ("startiso", "2026-10-30T06:00:00.250Z"),
            ("endiso", "2026-11-01T06:00:00.250Z"),
            ("startdateiso", "2026-10-30"),
            ("enddateiso", "2026-11-01"),
            ("durationiso", "PT48H"),
            ("seconds", "172800"),
        ] {
            assert_eq!(text("48h", format), wanted, "{format}");
        }
        assert_eq!(text("90m", "query"), "> ago(90m)");
        assert_eq!(text("90m", "durationiso"), "PT90M");
        assert_eq!(text("1500ms", "durationiso"), "PT1.5S");
        assert_eq!(text("1tick", "query"), "> ago(1tick)");
        assert_eq!(text("24h", "grain"), "30m");
    }

    #[test]
    fn formats_of_two_times() {
        let custom = "2026-10-01..2026-10-08T12:00";
        let between =
            " between (datetime(\"2026-10-01T00:00:00.000Z\") .. datetime(\"2026-10-08T12:00:00.000Z\"))";
        assert_eq!(text(custom, "query"), between);
        assert_eq!(text(custom, ""), format!("2026-10-01 00:00 – 2026-10-08 12:00 UTC|{between}"));
        assert_eq!(text(custom, "start"), "datetime(2026-10-01T00:00:00Z)");
    }
}
