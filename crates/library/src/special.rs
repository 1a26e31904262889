//! Special functions of mathematics: gamma, the error function, the beta distribution.

use std::f64::consts::PI;

/// Coefficients of Lanczos' approximation with g = 7, good to about 15 digits.
const LANCZOS: [f64; 9] = [
    0.999_999_999_999_809_9,
    676.520_368_121_885_1,
    -1_259.139_216_722_402_8,
    771.323_428_777_653_1,
    -176.615_029_162_140_6,
    12.507_343_278_686_905,
    -0.138_571_095_265_720_12,
    9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
];

/// The gamma function; exact factorials for whole numbers.
pub fn gamma(x: f64) -> f64 {
    if x.fract() == 0.0 && (1.0..=171.0).contains(&x) {
        return (2..x as u32).map(f64::from).product();
    }
    if x < 0.5 {
        return PI / ((PI * x).sin() * gamma(1.0 - x));
    }
    let (sum, t) = lanczos(x - 1.0);
    (2.0 * PI).sqrt() * t.powf(x - 0.5) * (-t).exp() * sum
}

/// The natural logarithm of the absolute value of the gamma function.
pub fn log_gamma(x: f64) -> f64 {
    if x.fract() == 0.0 && (1.0..=171.0).contains(&x) {
        return gamma(x).ln();
    }
    if x < 0.5 {
        return (PI / (PI * x).sin().abs()).ln() - log_gamma(1.0 - x);
    }
    let (sum, t) = lanczos(x - 1.0);
    0.5 * (2.0 * PI).ln() + (x - 0.5) * t.ln() - t + sum.ln()
}

/// The sum of the approximation and its shifted argument.
fn lanczos(x: f64) -> (f64, f64) {
    let terms = LANCZOS.iter().enumerate().skip(1);
    (terms.fold(LANCZOS[0], |sum, (index, term)| sum + term / (x + index as f64)), x + 7.5)
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() > 2.0 {
        return x.signum() * (1.0 - erfc_tail(x.abs()));
    }
    // The series 2/sqrt(pi) * sum of (-1)^n x^(2n+1) / (n! (2n+1)), in the form without alternating signs.
    let (mut term, mut sum, mut n) = (x, x, 0.0);
    while term.abs() > 1e-17 * sum.abs() {
        n += 1.0;
        term *= 2.0 * x * x / (2.0 * n + 1.0);
        sum += term;
    }
    2.0 / PI.sqrt() * (-x * x).exp() * sum
}

/// One less the error function, exact where it is small.
pub fn erfc(x: f64) -> f64 {
    if x > 2.0 { erfc_tail(x) } else { 1.0 - erf(x) }
}

/// The complementary error function above 2, by its continued fraction.
fn erfc_tail(x: f64) -> f64 {
    if x > 27.0 {
        return 0.0;
    }
    let fraction = (1..=120).rev().fold(x, |below, n| x + f64::from(n) / 2.0 / below);
    (-x * x).exp() / PI.sqrt() / fraction
}

/// Whether the shapes of a beta distribution are such.
fn shapes(alpha: f64, beta: f64) -> bool {
    alpha > 0.0 && beta > 0.0 && alpha.is_finite() && beta.is_finite()
}

/// The density of the beta distribution; nothing for shapes that are none, 0 outside of 0 to 1.
pub fn beta_pdf(x: f64, alpha: f64, beta: f64) -> Option<f64> {
    if !shapes(alpha, beta) {
        return None;
    }
    if !(0.0..=1.0).contains(&x) {
        return Some(0.0);
    }
    Some(x.powf(alpha - 1.0) * (1.0 - x).powf(beta - 1.0) / log_beta(alpha, beta).exp())
}

/// The cumulative beta distribution; 1 for shapes that are none, as the emulator answers (its documentation says NaN).
pub fn beta_cdf(x: f64, alpha: f64, beta: f64) -> Option<f64> {
    if !shapes(alpha, beta) {
        return Some(1.0);
    }
    Some(if x == 0.0 || x == 1.0 {
        x
    } else if (0.0..1.0).contains(&x) {
        regularized_beta(x, alpha, beta)
    } else {
        f64::NAN
    })
}

/// The point at which the cumulative beta distribution reaches a probability, by halving.
pub fn beta_inv(probability: f64, alpha: f64, beta: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&probability) {
        return None;
    }
    if !shapes(alpha, beta) {
        return Some(f64::NAN);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if beta_cdf(middle, alpha, beta)? < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// The logarithm of the beta function.
fn log_beta(a: f64, b: f64) -> f64 {
    log_gamma(a) + log_gamma(b) - log_gamma(a + b)
}

/// The regularized incomplete beta function between 0 and 1.
fn regularized_beta(x: f64, a: f64, b: f64) -> f64 {
    let front = (a * x.ln() + b * (1.0 - x).ln() - log_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function, by Lentz' method.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..=300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        result *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs().max(1e-300)
    }

    #[test]
    fn known_values() {
        assert!(near(gamma(0.5), PI.sqrt()), "{}", gamma(0.5));
        assert!(near(gamma(4.5), 11.631_728_396_567_448), "{}", gamma(4.5));
        assert!(near(gamma(-0.5), -2.0 * PI.sqrt()), "{}", gamma(-0.5));
        assert_eq!(gamma(11.0), 3_628_800.0);
        assert!(near(log_gamma(200.5), 860.582_203_509_782_4), "{}", log_gamma(200.5));
        assert!(near(erf(0.5), 0.520_499_877_813_046_5), "{}", erf(0.5));
        assert!(near(erf(-1.0), -0.842_700_792_949_714_9), "{}", erf(-1.0));
        assert!(near(erfc(3.0), 2.209_049_699_858_544e-5), "{}", erfc(3.0));
        assert!(near(erf(2.5), 0.999_593_047_982_555), "{}", erf(2.5));
    }

    #[test]
    fn beta_distribution() {
        // For shapes (2, 1) the distribution is x squared, its density 2x.
        assert!(near(beta_cdf(0.3, 2.0, 1.0).expect("shapes"), 0.09));
        assert!(near(beta_pdf(0.3, 2.0, 1.0).expect("shapes"), 0.6));
        assert!(near(beta_inv(0.09, 2.0, 1.0).expect("shapes"), 0.3));
        assert!(near(beta_cdf(0.9, 10.0, 20.0).expect("shapes"), 0.999_999_999_999_964));
        assert_eq!(beta_cdf(0.5, 0.0, 1.0), Some(1.0));
        assert_eq!(beta_inv(1.5, 1.0, 1.0), None);
    }
}
