//! Periods of the calendar by name: adding them, counting their borders, reading them as parts of a datetime, and the
//! first and last instants of days, weeks, months and years.

use crate::calendar::{
    self, TICKS_PER_HOUR, TICKS_PER_MINUTE, add_months, date, day_of_week, in_range, start_of_day,
    start_of_month,
};
use crate::call::{Argument, Call, EvaluateError, Evaluated};
use crate::format::{TICKS_PER_DAY, TICKS_PER_SECOND, date_parts};

/// A period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// `year`
    Year,
    /// `quarter`
    Quarter,
    /// `month`
    Month,
    /// `week`, from Sunday on
    Week,
    /// `week_of_year`, only as a part
    WeekOfYear,
    /// `day`
    Day,
    /// `dayofyear`, only as a part
    DayOfYear,
    /// `hour`
    Hour,
    /// `minute`
    Minute,
    /// `second`
    Second,
    /// `millisecond`
    Millisecond,
    /// `microsecond`
    Microsecond,
    /// `nanosecond`
    Nanosecond,
}

/// The period a constant argument names; names are read in any case.
pub fn constant_period(argument: &Argument) -> Result<Period, EvaluateError> {
    let Some(name) = argument.constant_value().map(|value| value.text()) else {
        return Err(EvaluateError("the name of a period must be a constant".to_owned()));
    };
    Ok(match name.to_ascii_lowercase().as_str() {
        "year" => Period::Year,
        "quarter" => Period::Quarter,
        "month" => Period::Month,
        "week" => Period::Week,
        "week_of_year" | "weekofyear" => Period::WeekOfYear,
        "day" => Period::Day,
        "dayofyear" => Period::DayOfYear,
        "hour" => Period::Hour,
        "minute" => Period::Minute,
        "second" => Period::Second,
        "millisecond" => Period::Millisecond,
        "microsecond" => Period::Microsecond,
        "nanosecond" => Period::Nanosecond,
        _ => return Err(EvaluateError(format!("'{name}' is no period"))),
    })
}

impl Period {
    /// Ticks of a period that always has the same length; a nanosecond is less than one.
    fn ticks(self) -> Option<i64> {
        match self {
            Period::Week => Some(7 * TICKS_PER_DAY),
            Period::Day => Some(TICKS_PER_DAY),
            Period::Hour => Some(TICKS_PER_HOUR),
            Period::Minute => Some(TICKS_PER_MINUTE),
            Period::Second => Some(TICKS_PER_SECOND),
            Period::Millisecond => Some(TICKS_PER_SECOND / 1000),
            Period::Microsecond => Some(10),
            Period::Year
            | Period::Quarter
            | Period::Month
            | Period::WeekOfYear
            | Period::DayOfYear
            | Period::Nanosecond => None,
        }
    }

    /// The datetime so many periods later; `None` out of range.
    pub fn add(self, ticks: i64, amount: i64) -> Option<i64> {
        match self {
            Period::Year => add_months(ticks, amount.checked_mul(12)?),
            Period::Quarter => add_months(ticks, amount.checked_mul(3)?),
            Period::Month => add_months(ticks, amount),
            Period::Nanosecond => ticks.checked_add(amount / 100).and_then(in_range),
            Period::Week
            | Period::WeekOfYear
            | Period::Day
            | Period::DayOfYear
            | Period::Hour
            | Period::Minute
            | Period::Second
            | Period::Millisecond
            | Period::Microsecond => ticks.checked_add(amount.checked_mul(self.ticks()?)?).and_then(in_range),
        }
    }

    /// How many borders of the period lie before a datetime.
    pub fn count(self, ticks: i64) -> i64 {
        let (year, month, _) = calendar::year_month_day(ticks);
        match self {
            Period::Year => year,
            Period::Quarter => year * 4 + (month - 1) / 3,
            Period::Month => year * 12 + month,
            // 0001-01-01 was a Monday.
            Period::Week | Period::WeekOfYear => (ticks.div_euclid(TICKS_PER_DAY) + 1).div_euclid(7),
            Period::Nanosecond => ticks.wrapping_mul(100),
            Period::Day
            | Period::DayOfYear
            | Period::Hour
            | Period::Minute
            | Period::Second
            | Period::Millisecond
            | Period::Microsecond => ticks.div_euclid(self.ticks().unwrap_or(TICKS_PER_DAY)),
        }
    }

    /// The part of a datetime; what is less than a second counts from its start.
    pub fn part(self, ticks: i64) -> i64 {
        let parts = date_parts(ticks);
        let fraction = i64::from(parts.fraction);
        match self {
            Period::Year => i64::from(parts.year),
            Period::Quarter => (i64::from(parts.month) - 1) / 3 + 1,
            Period::Month => i64::from(parts.month),
            Period::Week | Period::WeekOfYear => calendar::iso_week(ticks),
            Period::Day => i64::from(parts.day),
            Period::DayOfYear => calendar::day_of_year(ticks),
            Period::Hour => i64::from(parts.hour),
            Period::Minute => i64::from(parts.minute),
            Period::Second => i64::from(parts.second),
            Period::Millisecond => fraction / 10_000,
            Period::Microsecond => fraction / 10,
            Period::Nanosecond => fraction * 100,
        }
    }

    /// The first instant of the period that holds a datetime, or of one so many periods away.
    pub fn start(self, ticks: i64, offset: i64) -> Option<i64> {
        match self {
            Period::Year => {
                let year = i64::from(date_parts(ticks).year).checked_add(offset)?;
                date(year, 1, 1)
            }
            Period::Month => start_of_month(ticks, offset),
            Period::Week => {
                let sunday = start_of_day(ticks) - day_of_week(ticks) * TICKS_PER_DAY;
                sunday.checked_add(offset.checked_mul(7 * TICKS_PER_DAY)?).and_then(in_range)
            }
            _ => start_of_day(ticks).checked_add(offset.checked_mul(TICKS_PER_DAY)?).and_then(in_range),
        }
    }

    /// The last instant; the start of the next period need not be a datetime itself.
    fn end(self, ticks: i64, offset: i64) -> Option<i64> {
        let start = self.start(ticks, offset)?;
        let length = match self {
            Period::Year => 365 + i64::from(calendar::is_leap(i64::from(date_parts(start).year))),
            Period::Month => {
                let (year, month, _) = calendar::year_month_day(start);
                calendar::days_in_month(year, month)
            }
            Period::Week => 7,
            _ => 1,
        };
        in_range(start + length * TICKS_PER_DAY - 1)
    }
}

/// The first instants for `startofday` and its kin: a datetime, and an offset where given.
pub fn evaluate_start(call: &Call, period: Period) -> Evaluated {
    call.longs(|row| period.start(call[0].long(row)?, offset(call, row)?))
}

/// The last instants for `endofday` and its kin.
pub fn evaluate_end(call: &Call, period: Period) -> Evaluated {
    call.longs(|row| period.end(call[0].long(row)?, offset(call, row)?))
}

fn offset(call: &Call, row: usize) -> Option<i64> {
    call.get(1).map_or(Some(0), |offset| offset.long(row))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Long, Null};

    #[test]
    fn starts_and_ends() {
        let first = |name: &str, date: &str| answer(name, &[dt(date)]);
        assert_eq!(first("startofweek", "2017-01-01 10:10"), "2017-01-01T00:00:00.0000000Z");
        assert_eq!(first("endofweek", "2017-01-01 10:10"), "2017-01-07T23:59:59.9999999Z");
        assert_eq!(first("startofweek", "0001-01-01"), "null");
        assert_eq!(first("endofyear", "9999-06-01"), "9999-12-31T23:59:59.9999999Z");
        assert_eq!(first("endofmonth", "2020-02-01"), "2020-02-29T23:59:59.9999999Z");
        assert_eq!(answer("startofmonth", &[dt("2020-01-31"), Long(-1)]), "2019-12-01T00:00:00.0000000Z");
        assert_eq!(answer("startofyear", &[dt("2020-01-31"), Long(i64::MAX)]), "null");
        assert_eq!(answer("endofday", &[dt("2020-01-31"), Long(i64::MIN)]), "null");
        assert_eq!(answer("startofday", &[Null(Type::DateTime)]), "null");
    }
}
