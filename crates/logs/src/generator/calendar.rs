//! Dates and times as ticks of 100 ns since 0001-01-01 UTC, and their texts. Whole-number arithmetic only.

/// Ticks in one second.
pub const SECOND: i64 = 10_000_000;
/// Ticks in one minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Ticks in one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Ticks in one day.
pub const DAY: i64 = 24 * HOUR;

/// Days from 0001-01-01 to 1970-01-01.
const UNIX_DAYS: i64 = 719_162;

/// The ticks of a midnight.
pub fn midnight(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    (days + UNIX_DAYS) * DAY
}

/// Year, month and day of a time.
pub fn civil(ticks: i64) -> (i64, i64, i64) {
    let z = ticks.div_euclid(DAY) - UNIX_DAYS + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Day of the week, 0 = Monday (0001-01-01 was one).
pub fn weekday(ticks: i64) -> i64 {
    ticks.div_euclid(DAY).rem_euclid(7)
}

/// Hour, minute, second and the ticks below the second.
pub fn clock(ticks: i64) -> (i64, i64, i64, i64) {
    let t = ticks.rem_euclid(DAY);
    (t / HOUR, t / MINUTE % 60, t / SECOND % 60, t % SECOND)
}

/// Nanoseconds since 1970 for Arrow and Parquet; none outside the years they reach.
pub fn unix_nanoseconds(ticks: i64) -> Option<i64> {
    ticks.checked_sub(UNIX_DAYS * DAY)?.checked_mul(100)
}

/// Seconds since 1970, rounded down.
pub fn unix_seconds(ticks: i64) -> i64 {
    (ticks - UNIX_DAYS * DAY).div_euclid(SECOND)
}

/// Appends digits with leading zeros.
pub fn push_digits(out: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        out.push((b'0' + (value / 10i64.pow(place) % 10) as u8) as char);
    }
}

/// Appends `2026-10-31T23:59:59.9999999Z`: always seven digits.
pub fn push_iso(out: &mut String, ticks: i64) {
    push_seconds(out, ticks);
    out.push('.');
    push_digits(out, clock(ticks).3, 7);
    out.push('Z');
}

/// Appends the same instant with the trailing zeros of the fraction cut, as some records write it.
pub fn push_iso_trimmed(out: &mut String, ticks: i64) {
    push_iso(out, ticks);
    out.pop();
    let kept = out.trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(kept);
    out.push('Z');
}

/// Appends date, `T` and time to the second.
fn push_seconds(out: &mut String, ticks: i64) {
    push_date(out, ticks);
    out.push('T');
    let (hour, minute, second, _) = clock(ticks);
    push_digits(out, hour, 2);
    out.push(':');
    push_digits(out, minute, 2);
    out.push(':');
    push_digits(out, second, 2);
}

/// Appends `2026-10-31`.
pub fn push_date(out: &mut String, ticks: i64) {
    let (year, month, day) = civil(ticks);
    push_digits(out, year, 4);
    out.push('-');
    push_digits(out, month, 2);
    out.push('-');
    push_digits(out, day, 2);
}

/// `2026-10-31T23:59:59.9999999Z`.
pub fn iso(ticks: i64) -> String {
    let mut out = String::with_capacity(28);
    push_iso(&mut out, ticks);
    out
}

/// `2026-10-31`.
pub fn date(ticks: i64) -> String {
    let mut out = String::with_capacity(10);
    push_date(&mut out, ticks);
    out
}

/// `11/20/2026, 8:02:11.481 AM`, as the Logs page exports it.
pub fn american(ticks: i64) -> String {
    let (year, month, day) = civil(ticks);
    let (hour, minute, second, fraction) = clock(ticks);
    let half = if hour < 12 { "AM" } else { "PM" };
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{month}/{day}/{year}, {twelve}:{minute:02}:{second:02}.{:03} {half}", fraction / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(midnight(1, 1, 1), 0);
        assert_eq!(midnight(1970, 1, 1), UNIX_DAYS * DAY);
        for day in 0..800_000 {
            let (y, m, d) = civil(day * DAY);
            assert_eq!(midnight(y, m, d), day * DAY);
        }
        // 2026-11-01 is a Sunday.
        assert_eq!(weekday(midnight(2026, 11, 1)), 6);
    }

    #[test]
    fn texts_hold_every_digit() {
        let time = midnight(2026, 11, 20) + 8 * HOUR + 2 * MINUTE + 11 * SECOND + 4_800_000;
        assert_eq!(iso(time), "2026-11-20T08:02:11.4800000Z");
        assert_eq!(american(time), "11/20/2026, 8:02:11.480 AM");
        let mut trimmed = String::new();
        push_iso_trimmed(&mut trimmed, time);
        push_iso_trimmed(&mut trimmed, midnight(2026, 1, 1));
        assert_eq!(trimmed, "2026-11-20T08:02:11.48Z2026-01-01T00:00:00Z");
    }
}
