//! Time zones by their IANA names: UTC to local time and back.

use crate::calendar::{UNIX_EPOCH, in_range};
use crate::call::{Call, Evaluated};
use crate::format::TICKS_PER_SECOND;
use chrono::{DateTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

/// The names of all zones.
pub fn names() -> Vec<&'static str> {
    TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
}

/// A datetime per row, moved by a zone; null for an unknown zone.
pub fn evaluate(call: &Call, moved: fn(i64, Tz) -> Option<i64>) -> Evaluated {
    let constant = call[1].constant.then(|| call[1].raw(0).parse::<Tz>().ok());
    call.longs(|row| {
        let zone = match constant {
            Some(zone) => zone,
            None => call[1].raw(row).parse().ok(),
        };
        moved(call[0].long(row)?, zone?)
    })
}

/// The local time at a UTC datetime.
pub fn to_local(ticks: i64, zone: Tz) -> Option<i64> {
    in_range(ticks + offset(ticks, zone)?)
}

/// The UTC datetime at a local time. A time that comes twice is the earlier one; one that is skipped is taken by the
/// offset that gives the earlier instant.
pub fn to_utc(ticks: i64, zone: Tz) -> Option<i64> {
    let day = 24 * 3600 * TICKS_PER_SECOND;
    // Around a change of the offset, the two offsets of the days beside it are the candidates.
    let (before, after) = (offset(ticks - day, zone)?, offset(ticks + day, zone)?);
    let greater = before.max(after);
    let earlier = ticks - greater;
    let fits = |candidate: i64, given: i64| offset(candidate, zone) == Some(given);
    if before == after || fits(earlier, greater) {
        return in_range(earlier);
    }
    let lesser = before.min(after);
    in_range(if fits(ticks - lesser, lesser) { ticks - lesser } else { earlier })
}

/// Ticks that local time is ahead of UTC at an instant.
fn offset(ticks: i64, zone: Tz) -> Option<i64> {
    let seconds = (ticks - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
    let utc: NaiveDateTime = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some(i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::datetime_short;
    use crate::literals::datetime;

    #[test]
    fn changes_of_the_offset() {
        let zone: Tz = "US/Pacific".parse().expect("a zone");
        let utc = |text: &str| to_utc(datetime(text).expect(text), zone).map(datetime_short);
        assert_eq!(utc("2022-03-13 01:59").as_deref(), Some("2022-03-13T09:59:00Z"));
        assert_eq!(utc("2022-03-13 02:30").as_deref(), Some("2022-03-13T09:30:00Z"));
        assert_eq!(utc("2022-03-13 03:00").as_deref(), Some("2022-03-13T10:00:00Z"));
        assert_eq!(utc("2022-11-06 01:30").as_deref(), Some("2022-11-06T08:30:00Z"));
        assert_eq!(utc("2022-11-06 12:00").as_deref(), Some("2022-11-06T20:00:00Z"));
        assert_eq!(utc("2022-11-06 02:00").as_deref(), Some("2022-11-06T10:00:00Z"));
        assert_eq!(to_local(0, zone), None);
        assert!(to_utc(0, zone).is_some());
        assert_eq!(to_utc(crate::format::MAX_DATETIME, zone), None);
    }
}
