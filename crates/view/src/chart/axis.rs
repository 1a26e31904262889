//! Round marks for axes: numbers in steps of 1, 2 or 5 times a power of ten, instants in steps people use.

use calypso_library::format::{TICKS_PER_DAY, TICKS_PER_SECOND, date_parts};

/// Marks from at or below `low` to at or above `high`, about `wanted` of them, at least two. Both ends are finite.
pub fn number_marks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) = if high > low { (low, high) } else { (low.min(0.0), low.max(0.0)) };
    let (low, high) = if high > low { (low, high) } else { (0.0, 1.0) };
    let rough = (high - low) / wanted.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(power * 10.0);
    if !step.is_finite() || step <= 0.0 {
        return vec![low, high];
    }
    let (first, last) = ((low / step).floor(), (high / step - 1e-9).ceil());
    let count = (last - first).clamp(1.0, 1000.0) as usize;
    (0..=count).map(|n| (first + n as f64) * step).collect()
}

/// Steps between instants, in seconds, from a second to two years.
const TIME_STEPS: [i64; 24] = [
    1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600,
    604_800, 1_209_600, 2_592_000, 7_776_000, 15_552_000, 31_536_000, 63_072_000,
];

/// Instants within `low..=high` (ticks), at most about `wanted`, each with a text no longer than sixteen cells.
pub fn time_marks(low: i64, high: i64, wanted: usize) -> Vec<(i64, String)> {
    let (places, step) = time_places(low, high, wanted);
    places.into_iter().map(|place| (place, time_label(place, step))).collect()
}

/// Round instants within `low..=high` (ticks), at most about `wanted` and at least one, and the step between them.
pub fn time_places(low: i64, high: i64, wanted: usize) -> (Vec<i64>, i64) {
    if high <= low {
        return (vec![low], TICKS_PER_SECOND);
    }
    let wanted = wanted.max(1) as i64;
    let rough = high.saturating_sub(low) / wanted;
    let step = TIME_STEPS.iter().map(|s| s * TICKS_PER_SECOND).find(|step| *step >= rough);
    let step = step.unwrap_or_else(|| rough.max(TICKS_PER_DAY) / TICKS_PER_DAY * TICKS_PER_DAY);
    let first = low.div_euclid(step) * step + if low.rem_euclid(step) == 0 { 0 } else { step };
    let places = (0..=wanted).map(|n| first.saturating_add(n.saturating_mul(step)));
    let places: Vec<i64> = places.take_while(|place| *place <= high).collect();
    if places.is_empty() { (vec![low], TICKS_PER_SECOND) } else { (places, step) }
}

/// The text of an instant with the month's name, as fine as the step (ticks) asks: `2026`, `Oct 2026`, `Oct 31`,
/// `06:00`; a midnight among hours is the day.
pub fn calendar_label(ticks: i64, step: i64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let p = date_parts(ticks);
    let month = MONTHS.get((p.month as usize).saturating_sub(1)).copied().unwrap_or_default();
    let midnight = (p.hour, p.minute, p.second) == (0, 0, 0);
    let minutes = step % (60 * TICKS_PER_SECOND) == 0;
    if step >= 365 * TICKS_PER_DAY {
        format!("{:04}", p.year)
    } else if step >= 28 * TICKS_PER_DAY {
        format!("{month} {:04}", p.year)
    } else if step >= TICKS_PER_DAY || (midnight && minutes) {
        format!("{month} {}", p.day)
    } else if minutes {
        format!("{:02}:{:02}", p.hour, p.minute)
    } else {
        format!("{:02}:{:02}:{:02}", p.hour, p.minute, p.second)
    }
}

/// The text of an instant, as fine as the step (ticks) between it and its neighbours asks.
pub fn time_step_label(ticks: i64, step: i64) -> String {
    if step < 60 * TICKS_PER_SECOND || step % (60 * TICKS_PER_SECOND) == 0 {
        time_label(ticks, step)
    } else {
        time_label(ticks, TICKS_PER_SECOND)
    }
}

fn time_label(ticks: i64, step: i64) -> String {
    let p = date_parts(ticks);
    let midnight = (p.hour, p.minute, p.second) == (0, 0, 0);
    if step >= 365 * TICKS_PER_DAY {
        format!("{:04}", p.year)
    } else if step >= 28 * TICKS_PER_DAY {
        format!("{:04}-{:02}", p.year, p.month)
    } else if step >= TICKS_PER_DAY || (midnight && step >= 60 * TICKS_PER_SECOND) {
        format!("{:02}-{:02}", p.month, p.day)
    } else if step >= 60 * TICKS_PER_SECOND {
        format!("{:02}:{:02}", p.hour, p.minute)
    } else {
        format!("{:02}:{:02}:{:02}", p.hour, p.minute, p.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round_and_cover() {
        assert_eq!(number_marks(0.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(number_marks(0.0, 1.0, 2), [0.0, 0.5, 1.0]);
        assert_eq!(number_marks(0.0, 0.0, 4).first(), Some(&0.0));
        assert_eq!(number_marks(-3.0, 7.0, 2), [-5.0, 0.0, 5.0, 10.0]);
        assert!(number_marks(f64::MIN, f64::MAX, 4).len() >= 2);
    }

    #[test]
    fn instants() {
        let day = 637_134_336_000_000_000;
        let labels = |low, high, wanted| -> Vec<String> {
            time_marks(low, high, wanted).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels(day, day + 4 * TICKS_PER_DAY, 4), ["01-01", "01-02", "01-03", "01-04", "01-05"]);
        assert_eq!(labels(day, day + TICKS_PER_DAY, 4), ["01-01", "06:00", "12:00", "18:00", "01-02"]);
        assert_eq!(labels(day, day, 4), ["00:00:00"]);
        let hour = TICKS_PER_DAY / 24;
        let names = [day + 9 * hour, day, day + 31 * TICKS_PER_DAY];
        assert_eq!(names.map(|at| calendar_label(at, hour)), ["09:00", "Jan 1", "Feb 1"]);
        assert_eq!(calendar_label(day, 30 * TICKS_PER_DAY), "Jan 2020");
        assert_eq!(calendar_label(day + 5, hour + 7), "00:00:00");
        assert!(!labels(0, i64::MAX, 4).is_empty());
    }
}
