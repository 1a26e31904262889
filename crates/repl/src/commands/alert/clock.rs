//! The clock that a watch goes by: the machine's, one that stands still, or one that was set and runs, perhaps faster.

use crate::data;
use calypso_alerts::Timespan;
use std::time::{Duration, Instant};

/// The longest wait: a machine's clock that is set forward, or a folder that is back, is noticed within it.
const LONGEST: Duration = Duration::from_secs(5);

/// The fastest that a clock runs: an hour in less than four milliseconds.
pub const FASTEST: f64 = 1_000_000.0;

/// A clock; its times are ticks.
pub struct Clock {
    pace: Pace,
    /// Where it began.
    begun: i64,
    /// It goes no further.
    until: i64,
}

enum Pace {
    Machine,
    Still,
    /// So many times as fast as the machine's, since then.
    Set {
        since: Instant,
        speed: f64,
    },
}

impl Clock {
    /// The machine's, until a time.
    pub fn machine(until: i64) -> Clock {
        Clock { pace: Pace::Machine, begun: data::clock(), until }
    }

    /// One that stands still.
    pub fn still(at: i64) -> Clock {
        Clock { pace: Pace::Still, begun: at, until: i64::MAX }
    }

    /// One that runs from an instant to another.
    pub fn set(from: i64, speed: f64, until: i64) -> Clock {
        Clock { pace: Pace::Set { since: Instant::now(), speed }, begun: from, until }
    }

    /// The time at which it began.
    pub fn begun(&self) -> i64 {
        self.begun
    }

    /// The time now.
    pub fn now(&self) -> i64 {
        let now = match self.pace {
            Pace::Machine => data::clock(),
            Pace::Still => self.begun,
            Pace::Set { since, speed } => advanced(self.begun, since.elapsed(), speed),
        };
        now.min(self.until)
    }

    /// Whether it goes no further than that time.
    pub fn ends_at(&self, now: i64) -> bool {
        match self.pace {
            Pace::Still => true,
            Pace::Machine | Pace::Set { .. } => now >= self.until,
        }
    }

    /// How long to wait at a time for the next multiple of one of these lengths, or for the end.
    pub fn wait(&self, now: i64, lengths: impl Iterator<Item = Timespan>) -> Duration {
        let next = lengths.map(|every| every.ticks().max(1)).map(|every| every - now.rem_euclid(every)).min();
        let ticks = next.unwrap_or(i64::MAX).min(self.until.saturating_sub(now)).max(1);
        let wait = Duration::from_nanos(u64::try_from(ticks).unwrap_or(0).saturating_mul(100));
        match self.pace {
            Pace::Machine | Pace::Still => wait.min(LONGEST),
            Pace::Set { speed, .. } => {
                Duration::try_from_secs_f64(wait.as_secs_f64() / speed).unwrap_or(LONGEST).min(LONGEST)
            }
        }
    }
}

/// The time of a clock that began at `from`, after so long on the machine's.
fn advanced(from: i64, elapsed: Duration, speed: f64) -> i64 {
    // Beyond all times it stands.
    let ticks = elapsed.as_secs_f64() * 10_000_000.0 * speed;
    from.saturating_add(ticks as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_runs_as_fast_as_it_is_told() {
        let hour = Timespan::hours(1).ticks();
        assert_eq!(advanced(7, Duration::ZERO, 3600.0), 7);
        assert_eq!(advanced(7, Duration::from_secs(2), 3600.0), 7 + 2 * hour);
        assert_eq!(advanced(0, Duration::from_secs(2), 0.5), 10_000_000);
        assert_eq!(advanced(7, Duration::MAX, FASTEST), i64::MAX);
    }

    #[test]
    fn it_waits_for_the_next_evaluation_or_the_end() {
        let hour = Timespan::hours(1).ticks();
        let lengths = || [Timespan::hours(1), Timespan::minutes(15)].into_iter();
        let clock = Clock::set(0, 3600.0, 3 * hour);
        assert_eq!(clock.wait(hour, lengths()), Duration::from_millis(250));
        assert_eq!(clock.wait(hour, std::iter::once(Timespan::hours(1))), Duration::from_secs(1));
        assert_eq!(clock.wait(hour, std::iter::once(Timespan::days(1))), Duration::from_secs(2));
        assert_eq!(clock.wait(hour, std::iter::empty()), Duration::from_secs(2));
        // A slow clock, and the machine's, are looked at again before it is time.
        assert_eq!(Clock::set(0, 1.0, i64::MAX).wait(0, lengths()), LONGEST);
        assert_eq!(Clock::machine(i64::MAX).wait(0, lengths()), LONGEST);
        assert!(clock.ends_at(3 * hour) && !clock.ends_at(3 * hour - 1));
        let still = Clock::still(5);
        assert!(still.ends_at(5) && still.now() == 5 && still.begun() == 5);
    }
}
