//! How far the elements of a series lie outside of what is usual, by Tukey's fences.

/// Which part of the values is usual.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Usual {
    /// The percentile where it begins.
    pub from: f64,
    /// The percentile where it ends.
    pub to: f64,
}

/// Tukey's own choice, the middle half.
pub const TUKEY: Usual = Usual { from: 25.0, to: 75.0 };

/// The wider choice that is Kusto's default, documented with `series_outliers`.
pub const WIDE: Usual = Usual { from: 10.0, to: 90.0 };

/// The kinds of the test by their names in queries.
pub fn kind(name: &str) -> Option<Usual> {
    match name.to_ascii_lowercase().as_str() {
        "ctukey" => Some(WIDE),
        "tukey" => Some(TUKEY),
        _ => None,
    }
}

/// For each value the distance from what is usual, in breadths of that: positive above, negative below, 0 within and for
/// what is missing. What is usual is learned from the first elements, so many of them.
pub fn scores(values: &[Option<f64>], usual: Usual, learned: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().take(learned).flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (percentile(&sorted, usual.from), percentile(&sorted, usual.to)) else {
        return vec![0.0; values.len()];
    };
    // Differences that are rounding errors do not count: a series that fits exactly would else be full of outliers.
    let largest = sorted.iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
    let error = largest * 1e-12;
    let score = |value: f64| {
        let beyond = if value > high { value - high } else { (value - low).min(0.0) };
        if beyond.abs() <= error { 0.0 } else { beyond / (high - low) }
    };
    values.iter().map(|value| value.map_or(0.0, score)).collect()
}

/// The value at a percentile of sorted values, between neighbours by proportion.
pub fn percentile(sorted: &[f64], percent: f64) -> Option<f64> {
    let place = percent / 100.0 * sorted.len().checked_sub(1)? as f64;
    let (before, share) = (sorted[place.floor() as usize], place.fract());
    Some(before + share * (sorted[place.ceil() as usize] - before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences() {
        let values: Vec<Option<f64>> = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0].map(Some).to_vec();
        assert_eq!(scores(&values, TUKEY, 5), [-0.5, 0.0, 0.0, 0.0, 0.5, 2.5]);
        assert_eq!(scores(&[None, Some(3.0)], WIDE, 2), [0.0, 0.0]);
        assert_eq!(scores(&[], WIDE, 0), [0.0; 0]);
        assert_eq!(scores(&[Some(0.1 + 0.2), Some(0.3), Some(0.3)], WIDE, 3), [0.0, 0.0, 0.0]);
    }
}
