//! The discrete Fourier transform of series of any length, and what follows from it.

use std::f64::consts::PI;

/// A complex series: real and imaginary parts, equally long.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Complex {
    /// Real parts.
    pub real: Vec<f64>,
    /// Imaginary parts.
    pub imaginary: Vec<f64>,
}

impl Complex {
    /// A series of that length, all zero.
    fn zero(length: usize) -> Complex {
        Complex { real: vec![0.0; length], imaginary: vec![0.0; length] }
    }

    fn at(&self, index: usize) -> (f64, f64) {
        (self.real[index], self.imaginary[index])
    }

    fn set(&mut self, index: usize, (real, imaginary): (f64, f64)) {
        self.real[index] = real;
        self.imaginary[index] = imaginary;
    }
}

fn product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// The transform: element k is the sum of x(n) e^(-2πi kn/N), not scaled.
pub fn transform(series: &Complex) -> Complex {
    if series.real.len().is_power_of_two() {
        let mut result = series.clone();
        halving(&mut result);
        return result;
    }
    chirp(series)
}

/// The inverse transform, scaled by 1/N.
pub fn inverse(series: &Complex) -> Complex {
    // The inverse is the transform with the parts swapped, before and after.
    let swapped = Complex { real: series.imaginary.clone(), imaginary: series.real.clone() };
    let count = series.real.len() as f64;
    let result = transform(&swapped);
    let scale = |values: Vec<f64>| values.into_iter().map(|value| value / count).collect();
    Complex { real: scale(result.imaginary), imaginary: scale(result.real) }
}

/// The transform of a length that is a power of two, in place (Cooley and Tukey).
fn halving(series: &mut Complex) {
    let count = series.real.len();
    let mut reversed = 0;
    for index in 1..count {
        let mut bit = count >> 1;
        while reversed & bit != 0 {
            reversed ^= bit;
            bit >>= 1;
        }
        reversed |= bit;
        if index < reversed {
            series.real.swap(index, reversed);
            series.imaginary.swap(index, reversed);
        }
    }
    let mut width = 2;
    while width <= count {
        let half = width / 2;
        for place in 0..half {
            let angle = -2.0 * PI * place as f64 / width as f64;
            let turn = (angle.cos(), angle.sin());
            for start in (place..count).step_by(width) {
                let (even, odd) = (series.at(start), product(series.at(start + half), turn));
                series.set(start, (even.0 + odd.0, even.1 + odd.1));
                series.set(start + half, (even.0 - odd.0, even.1 - odd.1));
            }
        }
        width *= 2;
    }
}

/// The transform of any length as a convolution with a chirp (Bluestein).
fn chirp(series: &Complex) -> Complex {
    let count = series.real.len();
    if count == 0 {
        return Complex::default();
    }
    let turn = |index: usize| {
        // The square modulo 2N keeps the angle small and so exact.
        let square = (index as u128 * index as u128 % (2 * count as u128)) as f64;
        let angle = -PI * square / count as f64;
        (angle.cos(), angle.sin())
    };
    let padded = (2 * count - 1).next_power_of_two();
    let (mut a, mut b) = (Complex::zero(padded), Complex::zero(padded));
    for index in 0..count {
        let turn = turn(index);
        a.set(index, product(series.at(index), turn));
        b.set(index, (turn.0, -turn.1));
        b.set((padded - index) % padded, (turn.0, -turn.1));
    }
    halving(&mut a);
    halving(&mut b);
    for index in 0..padded {
        let together = product(a.at(index), b.at(index));
        a.set(index, together);
    }
    let folded = inverse(&a);
    let mut result = Complex::zero(count);
    for index in 0..count {
        result.set(index, product(folded.at(index), turn(index)));
    }
    result
}

/// How much of the variation each frequency carries: element f belongs to f waves over the whole length, up to N/2.
pub fn spectrum(values: &[f64]) -> Vec<f64> {
    let waves = transform(&Complex { real: values.to_vec(), imaginary: vec![0.0; values.len()] });
    let power =
        waves.real.iter().zip(&waves.imaginary).map(|(real, imaginary)| real * real + imaginary * imaginary);
    power.take(values.len() / 2 + 1).collect()
}

/// The sums of products of the series with itself, moved by 0, 1, 2, … elements.
pub fn self_products(values: &[f64]) -> Vec<f64> {
    let padded = (2 * values.len()).next_power_of_two();
    let mut series = Complex::zero(padded);
    series.real[..values.len()].copy_from_slice(values);
    halving(&mut series);
    for index in 0..padded {
        let (real, imaginary) = series.at(index);
        series.set(index, (real * real + imaginary * imaginary, 0.0));
    }
    let mut products = inverse(&series).real;
    products.truncate(values.len());
    products
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &[f64], b: &[f64]) {
        assert_eq!(a.len(), b.len());
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9), "{a:?} {b:?}");
    }

    #[test]
    fn lengths_of_all_kinds() {
        for length in 0..40usize {
            let real: Vec<f64> = (0..length).map(|n| ((n * n * 7) % 13) as f64).collect();
            let imaginary: Vec<f64> = (0..length).map(|n| ((n * 5) % 11) as f64 - 4.0).collect();
            let series = Complex { real, imaginary };
            let result = transform(&series);
            for k in 0..length {
                let (mut real, mut imaginary) = (0.0, 0.0);
                for n in 0..length {
                    let angle = -2.0 * PI * (k * n) as f64 / length as f64;
                    let (a, b) = product(series.at(n), (angle.cos(), angle.sin()));
                    real += a;
                    imaginary += b;
                }
                near(&[real, imaginary], &[result.real[k], result.imaginary[k]]);
            }
            let back = inverse(&result);
            near(&back.real, &series.real);
            near(&back.imaginary, &series.imaginary);
        }
    }

    #[test]
    fn products() {
        near(&self_products(&[1.0, 2.0, 3.0]), &[14.0, 8.0, 3.0]);
        near(&spectrum(&[1.0, -1.0, 1.0, -1.0]), &[0.0, 0.0, 16.0]);
    }
}
