//! Texts of numbers and bools. A literal refuses more than a conversion: `long( 7x)` is an error, `tolong(' 7 ')` is 7.

/// A long literal: decimal digits with a sign, or hexadecimal ones without; those wrap at 64 bits.
pub fn long(text: &str) -> Option<i64> {
    match hexadecimal(text) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|value| value as i64),
        None => text.parse().ok(),
    }
}

/// An int literal: as a long one, wrapping at 32 bits.
pub fn int(text: &str) -> Option<i32> {
    match hexadecimal(text) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(|value| value as i32),
        None => text.parse().ok(),
    }
}

/// A real literal: digits with a point and an exponent where wanted, `nan`, `+inf`, `-inf`.
pub fn real(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// What `tolong` reads: a long literal, blanks around it left out.
pub fn to_long(text: &str) -> Option<i64> {
    long(text.trim())
}

/// What `toint` reads; out of range is no int.
pub fn to_int(text: &str) -> Option<i32> {
    int(text.trim())
}

/// What `toreal` reads.
pub fn to_real(text: &str) -> Option<f64> {
    real(text.trim())
}

/// What `tobool` reads: `true` and `false` in any case, integers by non-zero.
pub fn to_bool(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") {
        return Some(true);
    }
    if text.eq_ignore_ascii_case("false") {
        return Some(false);
    }
    to_long(text).map(|value| value != 0)
}

/// The digits after `0x`; `None` when there is no `0x` or what follows is not all hexadecimal digits.
fn hexadecimal(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_wraps() {
        assert_eq!(long("0xFF"), Some(255));
        assert_eq!(long("0x8000000000000000"), Some(i64::MIN));
        assert_eq!(long("0xFFFFFFFFFFFFFFFF"), Some(-1));
        assert_eq!(int("0xFFFFFFFF"), Some(-1));
        assert_eq!(long("0x1FFFFFFFFFFFFFFFF"), None);
        assert_eq!(int("0x1FFFFFFFF"), None);
    }

    #[test]
    fn integers() {
        assert_eq!(int("010"), Some(10));
        assert_eq!(int("-2147483648"), Some(i32::MIN));
        assert_eq!(long("-9223372036854775808"), Some(i64::MIN));
        for text in ["2147483648", "-0x10", "+0x10", "1.0", "1_0", "", "0x", " 1"] {
            assert_eq!(int(text), None, "{text}");
        }
        assert_eq!(long("9223372036854775808"), None);
    }

    #[test]
    fn conversions() {
        for (text, as_long, as_real) in [
            ("5.7", None, Some(5.7)),
            ("1e3", None, Some(1000.0)),
            ("5.", None, Some(5.0)),
            (" 7 ", Some(7), Some(7.0)),
            ("+4", Some(4), Some(4.0)),
            ("0x10", Some(16), None),
            ("1,000", None, None),
            ("", None, None),
            ("9999999999", Some(9_999_999_999), Some(9_999_999_999.0)),
        ] {
            assert_eq!(to_long(text), as_long, "{text}");
            assert_eq!(to_real(text), as_real, "{text}");
        }
        assert_eq!(to_int("9999999999"), None);
    }

    #[test]
    fn bools() {
        for text in [" TRUE ", "2", "0002", "-1"] {
            assert_eq!(to_bool(text), Some(true), "{text}");
        }
        assert_eq!(to_bool("0"), Some(false));
        for text in ["1.5", "0.0", "yes", "t", "", "99999999999999999999"] {
            assert_eq!(to_bool(text), None, "{text}");
        }
    }
}
