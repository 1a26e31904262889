//! Decimal numbers: 256-bit integers scaled by 10^34.

use crate::format::decimal_text;
use crate::types::{DECIMAL_PRECISION, DECIMAL_SCALE};
use arrow::datatypes::i256;

/// 10^34: the integer that stands for 1.
pub fn one() -> i256 {
    i256::from_i128(10_i128.pow(u32::from(DECIMAL_SCALE.unsigned_abs())))
}

/// The decimal of an integer.
pub fn from_long(value: i64) -> i256 {
    i256::from_i128(i128::from(value)).wrapping_mul(one())
}

/// The decimal of a real by its shortest text; `None` for NaN, the infinities and what does not fit.
pub fn from_real(value: f64) -> Option<i256> {
    if value.is_finite() { parse(&format!("{value}")) } else { None }
}

/// The whole part, toward zero; `None` when it does not fit.
pub fn to_long(value: i256) -> Option<i64> {
    value.checked_div(one())?.to_i128().and_then(|whole| i64::try_from(whole).ok())
}

/// The product; digits past the 34th after the point are cut; `None` when the whole part does not fit.
pub fn multiply(a: i256, b: i256) -> Option<i256> {
    // a * b / 10^34 without an intermediate of 512 bits: the whole part of b, then its digits in two halves.
    let (whole, rest) = (b.checked_div(one())?, b.checked_rem(one())?);
    let half = i256::from_i128(10_i128.pow(17));
    let (upper, lower) = (rest.checked_div(half)?, rest.checked_rem(half)?);
    let product = a.checked_mul(whole)?;
    // a * upper / 10^17, the remainder carried into the lower half: a * lower / 10^34.
    let of_upper = a.checked_mul(upper)?;
    let carried = of_upper.checked_rem(half)?.checked_mul(half)?.checked_add(a.checked_mul(lower)?)?;
    let fraction = of_upper.checked_div(half)?.checked_add(carried.checked_div(one())?)?;
    in_precision(product.checked_add(fraction)?)
}

/// The quotient, 34 digits after the point; `None` for a division by zero or when it does not fit.
pub fn divide(a: i256, b: i256) -> Option<i256> {
    let mut quotient = a.checked_div(b)?;
    let mut rest = a.checked_rem(b)?;
    let ten = i256::from_i128(10);
    for _ in 0..DECIMAL_SCALE {
        rest = rest.checked_mul(ten)?;
        quotient = quotient.checked_mul(ten)?.checked_add(rest.checked_div(b)?)?;
        rest = rest.checked_rem(b)?;
    }
    in_precision(quotient)
}

/// The value when it has no more digits than are held.
fn in_precision(value: i256) -> Option<i256> {
    let digits = value.wrapping_abs().to_string().len();
    (digits <= usize::from(DECIMAL_PRECISION)).then_some(value)
}

/// The nearest real.
pub fn to_real(value: i256) -> f64 {
    decimal_text(value).parse().unwrap_or(f64::NAN)
}

/// The decimal of `[+-]digits[.digits][e[+-]digits]`; digits past the 34th after the point are cut.
pub fn parse(text: &str) -> Option<i256> {
    let text = text.trim();
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + fraction.len() == 0 || exponent.abs() > 100 {
        return None;
    }
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if !all.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Digits kept: those left of the point after moving it by the exponent and the scale.
    let wanted = whole.len() as i64 + i64::from(exponent) + i64::from(DECIMAL_SCALE);
    let mut value = i256::ZERO;
    let ten = i256::from_i128(10);
    for place in 0..wanted.max(0) {
        let digit = all.get(place as usize).map_or(0, |byte| byte - b'0');
        value = value.checked_mul(ten)?.checked_add(i256::from_i128(i128::from(digit)))?;
    }
    if value.to_string().len() > usize::from(DECIMAL_PRECISION) {
        return None;
    }
    Some(if negative { value.wrapping_neg() } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for source in ["0", "3.5", "-0.25", "123456789.000000001", "1e5", "1e-5", "-7"] {
            let value = parse(source).expect(source);
            assert_eq!(parse(&decimal_text(value)), Some(value), "{source}");
        }
        assert_eq!(decimal_text(parse("1e5").expect("1e5")), "100000");
        assert_eq!(decimal_text(from_long(-12)), "-12");
        assert_eq!(parse("x"), None);
        assert_eq!(parse(""), None);
    }
}
