//! Lines and other polynomials of least squares through series.

/// A straight line through values at 0, 1, 2, …, and how well it fits. Variances divide by one less than the count.
#[derive(Clone, Debug)]
pub struct Line {
    /// The share of the variance that the line explains, from 0 to 1.
    pub rsquare: f64,
    /// What the line rises by from one element to the next.
    pub slope: f64,
    /// The variance of the values.
    pub variance: f64,
    /// The variance of what is left of them.
    pub rvariance: f64,
    /// The value of the line at 0.
    pub start: f64,
}

impl Line {
    /// The line through values; nothing for fewer than two.
    pub fn through(values: &[f64]) -> Option<Line> {
        let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
        Line::through_points(&points)
    }

    /// The line through points; nothing for fewer than two.
    pub fn through_points(points: &[(f64, f64)]) -> Option<Line> {
        if points.len() < 2 {
            return None;
        }
        let count = points.len() as f64;
        let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
        let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
        let slope = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>()
            / points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum::<f64>();
        let start = mean_y - slope * mean_x;
        let all: f64 = points.iter().map(|(_, y)| (y - mean_y).powi(2)).sum();
        let left: f64 = points.iter().map(|(x, y)| (y - start - slope * x).powi(2)).sum();
        Some(Line {
            rsquare: if all == 0.0 { 1.0 } else { 1.0 - left / all },
            slope,
            variance: all / (count - 1.0),
            rvariance: left / (count - 1.0),
            start,
        })
    }

    /// The values of the line at 0, 1, 2, ….
    pub fn values(&self, count: usize) -> Vec<f64> {
        (0..count).map(|x| self.start + self.slope * x as f64).collect()
    }
}

/// Two lines, one through the values before a place and one through those from there on.
#[derive(Clone, Debug)]
pub struct Bend {
    /// The first place of the second line.
    pub place: usize,
    /// The line through what comes before.
    pub left: Line,
    /// The line through the rest; its 0 is the place.
    pub right: Line,
}

/// The two lines that together fit best; nothing for fewer than four values, since a line needs two.
pub fn bend(values: &[f64]) -> Option<Bend> {
    let before = errors(values.iter().copied());
    let mut after = errors(values.iter().rev().copied());
    after.reverse();
    let total = |place: &usize| before[place - 1] + after[*place];
    let places = 2..=values.len().checked_sub(2)?;
    let place = places.min_by(|a, b| total(a).total_cmp(&total(b)))?;
    let (left, right) = values.split_at(place);
    Some(Bend { place, left: Line::through(left)?, right: Line::through(right)? })
}

/// The sum of squared errors of the line through the first values, for each number of them.
fn errors(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut count, mut mean_x, mut mean_y) = (0.0, 0.0, 0.0);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    let step = |y: f64| {
        // The means and sums of products are carried along (Welford).
        let x: f64 = count;
        count += 1.0;
        let (dx, dy) = (x - mean_x, y - mean_y);
        mean_x += dx / count;
        mean_y += dy / count;
        xx += dx * (x - mean_x);
        xy += dx * (y - mean_y);
        yy += dy * (y - mean_y);
        if xx > 0.0 { (yy - xy * xy / xx).max(0.0) } else { 0.0 }
    };
    values.map(step).collect()
}

/// The coefficients of the polynomial of least squares, the constant first; nothing when the points do not determine
/// one. By Householder reflections, which lose less than the normal equations.
pub fn polynomial(xs: &[f64], ys: &[f64], degree: usize) -> Option<Vec<f64>> {
    let (rows, width) = (xs.len(), degree + 1);
    if rows < width {
        return None;
    }
    let mut matrix: Vec<Vec<f64>> =
        (0..width).map(|power| xs.iter().map(|x| x.powi(power as i32)).collect()).collect();
    let mut right = ys.to_vec();
    let mut diagonal = Vec::with_capacity(width);
    for column in 0..width {
        let mut mirror = matrix[column].clone();
        mirror[..column].fill(0.0);
        let length = mirror.iter().map(|v| v * v).sum::<f64>().sqrt();
        let whole = matrix[column].iter().map(|v| v * v).sum::<f64>().sqrt();
        if length.is_nan() || length <= 1e-14 * whole {
            return None;
        }
        let length = if mirror[column] > 0.0 { -length } else { length };
        mirror[column] -= length;
        diagonal.push(length);
        let square = mirror.iter().map(|v| v * v).sum::<f64>();
        let reflect = |target: &mut [f64]| {
            let share = 2.0 * mirror.iter().zip(target.iter()).map(|(m, t)| m * t).sum::<f64>() / square;
            target.iter_mut().zip(&mirror).for_each(|(t, m)| *t -= share * m);
        };
        matrix[column + 1..].iter_mut().for_each(|later| reflect(later));
        reflect(&mut right);
    }
    let mut coefficients = vec![0.0; width];
    for row in (0..width).rev() {
        let known: f64 = (row + 1..width).map(|column| matrix[column][row] * coefficients[column]).sum();
        coefficients[row] = (right[row] - known) / diagonal[row];
    }
    Some(coefficients)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bend_is_found() {
        let bent = bend(&[1.0, 2.0, 3.0, 10.0, 8.0, 6.0]).expect("enough values");
        assert_eq!((bent.place, bent.left.slope.round(), bent.right.slope.round()), (3, 1.0, -2.0));
        assert!(bend(&[1.0, 2.0, 3.0]).is_none());
        assert!(bend(&[]).is_none());
    }

    #[test]
    fn a_polynomial_is_found() {
        let xs: Vec<f64> = (0..20).map(|x| f64::from(x) / 4.0).collect();
        let ys: Vec<f64> = xs.iter().map(|x| 2.0 * x.powi(3) - x + 5.0).collect();
        let found = polynomial(&xs, &ys, 3).expect("enough points");
        for (a, b) in found.iter().zip([5.0, -1.0, 0.0, 2.0]) {
            assert!((a - b).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(polynomial(&[1.0, 1.0], &[1.0, 2.0], 1), None);
        assert_eq!(polynomial(&[1.0], &[1.0], 1), None);
    }
}
