//! `round`: a number with so many digits after the point; a negative count rounds before it. Halves go away from zero.

use crate::call::{Call, Evaluated};
use crate::decimal;
use crate::function::*;
use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// The function.
pub const FUNCTION: Function = Function {
    name: "round",
    summary: "Rounds a number to so many digits after the point, none when not said.",
    overload: Some(overload),
    examples: &[
        example("print round(2.15, 1)", "2.2"),
        example("print round(-50.55, -2)", "-100.0"),
        example("print round(21.5)", "22.0"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

/// The number keeps its type; what a dynamic holds counts as a real.
fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let (number, digits) = match arguments {
        [number] => (number, None),
        [number, digits] => (number, Some(digits)),
        _ => return None,
    };
    let returns = match number.ty {
        Type::Int | Type::Long | Type::Real | Type::Decimal => number.ty,
        Type::Dynamic => Type::Real,
        Type::Bool => Type::Long,
        Type::String | Type::DateTime | Type::TimeSpan | Type::Guid => return None,
    };
    if digits.is_some_and(|digits| !digits.ty.is_integer() && digits.ty != Type::Dynamic) {
        return None;
    }
    let mut types = vec![returns];
    types.extend(digits.map(|_| Type::Long));
    Some(Overload { arguments: types, returns })
}

fn evaluate(call: &Call) -> Evaluated {
    let number = &call[0];
    let digits = |row: usize| match call.get(1) {
        Some(digits) => digits.long(row),
        None => Some(0),
    };
    match number.ty {
        Type::Real => call.reals(|row| Some(real(number.real(row)?, digits(row)?))),
        Type::Decimal => call.values(|row| {
            let found = match (number.value(row), digits(row)) {
                (Value::Decimal(value), Some(digits)) => of_decimal(value, digits),
                _ => None,
            };
            found.map_or(Value::Null(Type::Decimal), Value::Decimal)
        }),
        Type::Int => call.ints(|row| i32::try_from(whole(number.long(row)?, digits(row)?)).ok()),
        _ => call.longs(|row| Some(whole(number.long(row)?, digits(row)?))),
    }
}

fn real(value: f64, digits: i64) -> f64 {
    let scale = 10_f64.powi(digits.unsigned_abs().min(400) as i32);
    let result = if digits >= 0 { (value * scale).round() / scale } else { (value / scale).round() * scale };
    // Beyond the digits a real has there is nothing to round.
    if result.is_finite() || digits < 0 { result } else { value }
}

fn whole(value: i64, digits: i64) -> i64 {
    if digits >= 0 {
        return value;
    }
    let Some(unit) = u32::try_from(digits.unsigned_abs()).ok().and_then(|n| 10_i64.checked_pow(n)) else {
        return 0;
    };
    let rest = value % unit;
    let down = value - rest;
    if rest.abs() >= unit - rest.abs() { down.wrapping_add(unit * rest.signum()) } else { down }
}

fn of_decimal(value: i256, digits: i64) -> Option<i256> {
    if digits >= 34 {
        return Some(value);
    }
    let places = u8::try_from((34 - digits).min(75)).ok()?;
    let unit = i256::from_i128(10).checked_pow(u32::from(places))?;
    let half = unit.checked_div(i256::from_i128(2))?;
    let half = if value < i256::ZERO { half.wrapping_neg() } else { half };
    let rounded = value.checked_add(half)?;
    rounded.checked_sub(rounded.checked_rem(unit)?).filter(|value| decimal::to_real(*value).is_finite())
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value::{Int, Long, Real};

    #[test]
    fn digits() {
        for (value, digits, wanted) in [
            (Real(21.5), -1, "20.0"),
            (Real(1.005), 2, "1.0"),
            (Real(2.5), 0, "3.0"),
            (Real(-2.5), 0, "-3.0"),
            (Real(1e300), 300, "1e300"),
            (Real(f64::NAN), 1, "NaN"),
            (Long(155), -1, "160"),
            (Long(-155), -1, "-160"),
            (Long(155), 3, "155"),
            (Long(155), -30, "0"),
            (Int(15), -1, "20"),
            (dec("2.15"), 1, "2.2"),
            (dec("-2.15"), 1, "-2.2"),
            (dec("155"), -1, "160"),
        ] {
            assert_eq!(answer("round", &[value.clone(), Long(digits)]), wanted, "{value:?} {digits}");
        }
        assert_eq!(answer("round", &[Long(7)]), "7");
    }
}
