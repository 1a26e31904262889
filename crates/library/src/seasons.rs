//! Periods of series: how well a series repeats itself, which periods stand out, and what repeats.
//!
//! The detection follows Vlachos, Yu and Castelli, "On Periodicity Detection and Structural Periodic Similarity" (2005):
//! frequencies that stand out of the spectrum say where to look, peaks of the correlation with itself say which period
//! it is and how strong. Kusto says what a period may be (at least four elements, at most half of the series) and what
//! the scores look like, not how they are computed.

use crate::fourier::{self_products, spectrum};
use crate::outliers::{TUKEY, percentile};

/// The fewest elements of a period, as documented for Kusto.
const SHORTEST: usize = 4;

/// How a series varies about its mean, as it is and without its outliers: a single one can hide a period, and clear
/// peaks can be one.
pub struct Rhythm {
    views: [View; 2],
}

impl Rhythm {
    /// Examines a series. What is missing counts as the mean.
    pub fn new(values: &[Option<f64>]) -> Rhythm {
        Rhythm { views: [View::new(values), View::new(&within_fences(values))] }
    }

    /// How well a period fits, from 0 to 1; 0 where it is too short or too long, or no better than chance.
    pub fn score(&self, period: usize) -> f64 {
        self.views.iter().map(|view| view.score(period)).fold(0.0, f64::max)
    }

    /// The periods that stand out with their scores, the best first.
    pub fn periods(&self, shortest: f64, longest: f64) -> Vec<(usize, f64)> {
        let mut found: Vec<(usize, f64)> = Vec::new();
        for period in self.views.iter().flat_map(View::periods) {
            let wanted = (shortest..=longest).contains(&(period as f64));
            let score = self.score(period);
            if wanted && score > 0.0 && found.iter().all(|(held, _)| *held != period) {
                found.push((period, score));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }
}

/// A series with its outliers moved to Tukey's fences.
fn within_fences(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (percentile(&sorted, TUKEY.from), percentile(&sorted, TUKEY.to)) else {
        return values.to_vec();
    };
    let reach = 1.5 * (high - low);
    values.iter().map(|value| value.map(|value| value.max(low - reach).min(high + reach))).collect()
}

/// A series about its mean.
struct View {
    /// The correlation of the series with itself, moved by 0, 1, 2, … elements.
    correlation: Vec<f64>,
    /// What each number of waves over the whole length carries.
    spectrum: Vec<f64>,
}

impl View {
    fn new(values: &[Option<f64>]) -> View {
        let present = values.iter().flatten();
        let mean = present.clone().sum::<f64>() / present.count().max(1) as f64;
        let centred: Vec<f64> = values.iter().map(|value| value.map_or(0.0, |value| value - mean)).collect();
        let products = self_products(&centred);
        let whole = products.first().copied().unwrap_or(0.0);
        // A constant series is left with rounding errors only.
        let flat = whole <= 1e-20 * mean * mean * values.len() as f64;
        let part = |product: f64| if flat { 0.0 } else { product / whole };
        View {
            correlation: products.into_iter().map(part).collect(),
            spectrum: if flat { Vec::new() } else { spectrum(&centred) },
        }
    }

    fn score(&self, period: usize) -> f64 {
        let count = self.correlation.len();
        if period < SHORTEST || period > count / 2 {
            return 0.0;
        }
        // The geometric mean of the correlation over the whole length and over the overlap: the latter alone prefers
        // long periods, of which little is seen, the former short ones.
        let (all, overlap) = (count as f64, (count - period) as f64);
        let score = self.correlation[period] * (all / overlap).sqrt();
        // The bound within which 95% of the correlations of noise lie.
        if score > 1.96 / all.sqrt() { score.min(1.0) } else { 0.0 }
    }

    /// The periods to look at.
    fn periods(&self) -> Vec<usize> {
        self.loud_frequencies().into_iter().filter_map(|waves| self.peak_near(waves)).collect()
    }

    /// Numbers of waves that carry more than their neighbours and more than the mean.
    fn loud_frequencies(&self) -> Vec<usize> {
        let power = |waves: usize| self.spectrum.get(waves).copied().unwrap_or(0.0);
        let count = self.spectrum.len().saturating_sub(1);
        let mean = self.spectrum.iter().skip(1).sum::<f64>() / count.max(1) as f64;
        let loud = |waves: &usize| {
            let here = power(*waves);
            here > mean && here >= power(*waves + 1) && (*waves == 1 || here >= power(*waves - 1))
        };
        (1..=count).filter(loud).collect()
    }

    /// The highest peak of the correlation among the periods that so many waves may mean: those between the middles of
    /// the neighbouring frequencies, and one more at each end. The correlation is looked at up to half of the length,
    /// so that half itself can be no peak.
    fn peak_near(&self, waves: usize) -> Option<usize> {
        let count = self.correlation.len() as f64;
        let middle = |a: usize, b: usize| (count / a as f64 + count / b as f64) / 2.0;
        let first = (middle(waves + 1, waves) - 1.0).max(SHORTEST as f64).ceil() as usize;
        let last = if waves == 1 { count } else { middle(waves, waves - 1) + 1.0 };
        let last = (last.floor() as usize).min((self.correlation.len() / 2).saturating_sub(1));
        let correlation = |period: usize| self.correlation.get(period).copied().unwrap_or(f64::MIN);
        let peak = |period: &usize| {
            let here = correlation(*period);
            here >= correlation(*period - 1) && here >= correlation(*period + 1)
        };
        (first..=last).filter(peak).max_by(|a, b| correlation(*a).total_cmp(&correlation(*b)).then(b.cmp(a)))
    }
}

/// The period with the best score, when that is not below a threshold.
pub fn best_period(values: &[Option<f64>], threshold: f64) -> Option<usize> {
    let found = Rhythm::new(values).periods(0.0, values.len() as f64);
    found.first().filter(|(_, score)| *score >= threshold).map(|(period, _)| *period)
}

/// What repeats: for each place of a period the median of the values there, over the first elements so many of which
/// are looked at.
pub fn seasonal(values: &[Option<f64>], period: usize, learned: usize) -> Vec<f64> {
    let learned = &values[..learned.min(values.len())];
    let phase =
        |phase: usize| median(learned.iter().skip(phase).step_by(period).flatten().copied().collect());
    let phases: Vec<f64> = (0..period.min(values.len())).map(phase).collect();
    (0..values.len()).map(|index| phases[index % period]).collect()
}

/// The middle value, or the mean of both in the middle; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(values: impl Iterator<Item = f64>) -> Vec<usize> {
        let values: Vec<Option<f64>> = values.map(Some).collect();
        Rhythm::new(&values).periods(0.0, 1e9).into_iter().map(|found| found.0).collect()
    }

    #[test]
    fn clear_cases() {
        let tides = (0..200).map(|n| f64::from(n % 7));
        assert_eq!(periods(tides).first(), Some(&7));
        assert!(periods((0..200).map(|_| 5.3)).is_empty());
        assert!(periods((0..50).map(f64::from)).is_empty());
        assert!(periods([1.0, 2.0].into_iter()).is_empty());
        assert!(periods(std::iter::empty()).is_empty());
        let week = |hour: i32| f64::from(hour % 24) + if hour / 24 % 7 > 4 { 30.0 } else { 0.0 };
        assert_eq!(periods((0..24 * 7 * 5).map(week))[..2], [168, 24]);
    }
}
