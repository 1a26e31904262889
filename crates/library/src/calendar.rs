//! The calendar behind datetimes: ticks from dates, months added, weeks counted. The proleptic Gregorian calendar,
//! UTC. In: dates or ticks. Out: ticks, `None` outside 0001-01-01 to 9999-12-31.

use crate::format::{DateParts, MAX_DATETIME, TICKS_PER_DAY, TICKS_PER_SECOND, date_parts};

/// Ticks in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks in an hour.
pub const TICKS_PER_HOUR: i64 = 3600 * TICKS_PER_SECOND;
/// 1970-01-01 as ticks.
pub const UNIX_EPOCH: i64 = 719_162 * TICKS_PER_DAY;

/// The ticks when they are a datetime.
pub fn in_range(ticks: i64) -> Option<i64> {
    (0..=MAX_DATETIME).contains(&ticks).then_some(ticks)
}

/// Whether February has 29 days.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month 1 to 12; 0 for other months.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        _ => 0,
    }
}

/// Ticks at the start of a day; `None` for dates that do not exist.
pub fn date(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let before = year - 1;
    let mut days = before * 365 + before / 4 - before / 100 + before / 400;
    for m in 1..month {
        days += days_in_month(year, m);
    }
    Some((days + day - 1) * TICKS_PER_DAY)
}

/// Ticks of a time of day; `None` when a part is out of its range.
pub fn time(hour: i64, minute: i64, second: i64, fraction: i64) -> Option<i64> {
    if !((0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second)) {
        return None;
    }
    Some(hour * TICKS_PER_HOUR + minute * TICKS_PER_MINUTE + second * TICKS_PER_SECOND + fraction)
}

/// The first instant of the day.
pub fn start_of_day(ticks: i64) -> i64 {
    ticks - ticks.rem_euclid(TICKS_PER_DAY)
}

/// The first instant of the month that lies `offset` months away.
pub fn start_of_month(ticks: i64, offset: i64) -> Option<i64> {
    let parts = date_parts(ticks);
    let months = (i64::from(parts.year) * 12 + i64::from(parts.month) - 1).checked_add(offset)?;
    date(months.div_euclid(12), months.rem_euclid(12) + 1, 1)
}

/// The same day and time so many months later; the day is held to the end of the month.
pub fn add_months(ticks: i64, months: i64) -> Option<i64> {
    let parts = date_parts(ticks);
    let first = start_of_month(ticks, months)?;
    let landed = date_parts(first);
    let last = days_in_month(i64::from(landed.year), i64::from(landed.month));
    let day = i64::from(parts.day).min(last);
    in_range(first + (day - 1) * TICKS_PER_DAY + ticks.rem_euclid(TICKS_PER_DAY))
}

/// Day of the week, Sunday 0 to Saturday 6.
pub fn day_of_week(ticks: i64) -> i64 {
    (ticks.div_euclid(TICKS_PER_DAY) + 1).rem_euclid(7)
}

/// Day of the year, from 1.
pub fn day_of_year(ticks: i64) -> i64 {
    let year = i64::from(date_parts(ticks).year);
    let start = date(year, 1, 1).unwrap_or(0);
    (ticks - start).div_euclid(TICKS_PER_DAY) + 1
}

/// The week of the ISO year, 1 to 53: weeks start on Monday, week 1 holds the first Thursday.
pub fn iso_week(ticks: i64) -> i64 {
    // The week belongs to the year of its Thursday.
    let monday_based = (day_of_week(ticks) + 6).rem_euclid(7);
    let thursday = ticks.div_euclid(TICKS_PER_DAY) + 3 - monday_based;
    (day_of_year((thursday * TICKS_PER_DAY).max(0)) - 1) / 7 + 1
}

/// The week by the older rule: weeks start on Sunday, week 1 holds the first Wednesday.
pub fn sunday_week(ticks: i64) -> i64 {
    let wednesday = ticks.div_euclid(TICKS_PER_DAY) + 3 - day_of_week(ticks);
    (day_of_year((wednesday * TICKS_PER_DAY).max(0)) - 1) / 7 + 1
}

/// The parts of a datetime as long numbers: year, month, day.
pub fn year_month_day(ticks: i64) -> (i64, i64, i64) {
    let DateParts { year, month, day, .. } = date_parts(ticks);
    (i64::from(year), i64::from(month), i64::from(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_their_parts_agree() {
        for days in (0..=MAX_DATETIME / TICKS_PER_DAY).step_by(13) {
            let ticks = days * TICKS_PER_DAY;
            let (year, month, day) = year_month_day(ticks);
            assert_eq!(date(year, month, day), Some(ticks));
        }
        assert_eq!(date(2023, 2, 29), None);
        assert_eq!(date(1970, 1, 1), Some(UNIX_EPOCH));
    }

    #[test]
    fn weeks() {
        for (y, m, d, week) in
            [(2000, 1, 1, 52), (2020, 12, 31, 53), (1970, 1, 1, 1), (2021, 1, 4, 1), (1, 1, 1, 1)]
        {
            assert_eq!(iso_week(date(y, m, d).expect("a date")), week, "{y}-{m}-{d}");
        }
        assert_eq!(day_of_week(date(2017, 1, 1).expect("a date")), 0);
    }

    #[test]
    fn months_are_held_to_their_end() {
        let january = date(2024, 1, 31).expect("a date");
        assert_eq!(add_months(january, 1), date(2024, 2, 29));
        assert_eq!(add_months(january, -11), date(2023, 2, 28));
        assert_eq!(add_months(january, i64::MAX), None);
    }
}
