//! Rounding down to a multiple: what `bin`, `floor` and `bin_at` share. A size of zero gives null, NaN for reals.

use crate::call::{Argument, Call, EvaluateError, Evaluated};
use crate::decimal;
use crate::function::{ArgumentInfo, Overload};
use crate::lanes::{self, Lane};
use crate::overload::widest;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Float64Array, Int64Array};
use arrow::datatypes::{Float64Type, Int64Type, i256};
use std::sync::Arc;

/// The types of value and size; `None` refuses them.
pub fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [value, size] = arguments else {
        return None;
    };
    let (types, returns) = match (value.ty, size.ty) {
        (Type::DateTime, Type::TimeSpan | Type::DateTime) => (vec![value.ty, size.ty], Type::DateTime),
        (Type::TimeSpan, Type::TimeSpan) => (vec![value.ty, size.ty], Type::TimeSpan),
        _ => {
            let wide = number_type(&[value.ty, size.ty])?;
            (vec![wide, wide], wide)
        }
    };
    Some(Overload { arguments: types, returns })
}

/// The types of value, size and fixed point; `None` refuses them.
pub fn overload_at(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [value, size, fixed] = arguments else {
        return None;
    };
    let given = [value.ty, size.ty, fixed.ty];
    let (types, returns) = match given {
        [Type::DateTime, Type::TimeSpan, Type::DateTime] => (given, Type::DateTime),
        [Type::TimeSpan, Type::TimeSpan, Type::TimeSpan] => (given, Type::TimeSpan),
        _ => {
            let wide = number_type(&given)?;
            ([wide; 3], wide)
        }
    };
    Some(Overload { arguments: types.to_vec(), returns })
}

/// The type in which numbers are rounded: bool counts as a number, what a dynamic holds as a real.
fn number_type(given: &[Type]) -> Option<Type> {
    if !given.iter().all(|ty| ty.is_number() || matches!(ty, Type::Bool | Type::Dynamic)) {
        return None;
    }
    let wide = widest(given);
    Some(if given.contains(&Type::Dynamic) && wide == Type::Long { Type::Real } else { wide })
}

/// The greatest multiple of the size that is not above the value; a fixed point shifts the multiples.
pub fn evaluate(call: &Call) -> Evaluated {
    let (value, size) = (&call[0], &call[1]);
    match value.ty {
        Type::Real => Ok(Arc::new(reals(call, value, size))),
        Type::Decimal => call.values(|row| {
            let found = match (value.value(row), size.value(row), call.get(2).map(|fixed| fixed.value(row))) {
                (Value::Decimal(value), Value::Decimal(size), None) => decimal_bin(value, size),
                (Value::Decimal(value), Value::Decimal(size), Some(Value::Decimal(fixed))) => value
                    .checked_sub(fixed)
                    .and_then(|value| decimal_bin(value, size))
                    .and_then(|value| value.checked_add(fixed)),
                _ => None,
            };
            found.map_or(Value::Null(Type::Decimal), Value::Decimal)
        }),
        Type::Long | Type::DateTime | Type::TimeSpan => Ok(Arc::new(longs(call, value, size))),
        Type::Bool | Type::Int | Type::String | Type::Guid | Type::Dynamic => {
            Err(EvaluateError(format!("{} is not rounded", value.ty)))
        }
    }
}

fn reals(call: &Call, value: &Argument, size: &Argument) -> Float64Array {
    let (values, sizes) = (Lane::of::<Float64Type>(value), Lane::of::<Float64Type>(size));
    let results = match call.get(2).map(Lane::of::<Float64Type>) {
        None => lanes::zip(call.rows, values, sizes, |value, size| (value / size).floor() * size),
        Some(fixed) => (0..call.rows)
            .map(|row| {
                let (size, fixed) = (sizes.at(row), fixed.at(row));
                ((values.at(row) - fixed) / size).floor() * size + fixed
            })
            .collect(),
    };
    Float64Array::new(results.into(), lanes::all_valid(call.arguments, call.rows))
}

fn longs(call: &Call, value: &Argument, size: &Argument) -> Int64Array {
    let (values, sizes) = (Lane::of::<Int64Type>(value), Lane::of::<Int64Type>(size));
    let fixed = call.get(2).map(Lane::of::<Int64Type>);
    let valid = lanes::all_valid(call.arguments, call.rows);
    match (sizes.constant(), fixed) {
        (Some(size), None) if size != 0 => {
            Int64Array::new(lanes::zip(call.rows, values, sizes, long_bin).into(), valid)
        }
        _ => (0..call.rows)
            .map(|row| {
                let size = sizes.at(row);
                if size == 0 || valid.as_ref().is_some_and(|valid| valid.is_null(row)) {
                    return None;
                }
                let fixed = fixed.map_or(0, |fixed| fixed.at(row));
                Some(long_bin(values.at(row).wrapping_sub(fixed), size).wrapping_add(fixed))
            })
            .collect(),
    }
}

/// The multiple below; wraps at the ends of the range as the measured engine does. The size is not zero.
pub fn long_bin(value: i64, size: i64) -> i64 {
    if value >= 0 && size > 0 {
        return value - value % size;
    }
    let toward = if value != 0 && (value < 0) != (size < 0) { size.wrapping_sub(size.signum()) } else { 0 };
    value.wrapping_sub(toward).wrapping_div(size).wrapping_mul(size)
}

fn decimal_bin(value: i256, size: i256) -> Option<i256> {
    let rest = value.checked_rem(size)?;
    let uneven = rest != i256::ZERO && (rest < i256::ZERO) != (size < i256::ZERO);
    value.checked_sub(if uneven { rest.checked_add(size)? } else { rest })
}

/// The least whole decimal that is not below the value.
pub fn decimal_ceiling(value: i256) -> Option<i256> {
    let floor = decimal_bin(value, decimal::one())?;
    if floor == value { Some(value) } else { floor.checked_add(decimal::one()) }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{self, Bool, Int, Long, Null, Real};

    fn check(value: Value, size: Value, wanted: &str) {
        assert_eq!(answer("bin", &[value.clone(), size.clone()]), wanted, "bin({value:?}, {size:?})");
    }

    #[test]
    fn whole_numbers() {
        check(Long(7), Long(5), "5");
        check(Long(-7), Long(5), "-10");
        check(Long(7), Long(-5), "10");
        check(Long(-7), Long(-5), "-5");
        check(Long(7), Long(0), "null");
        check(Long(0), Long(-5), "0");
        check(Long(9_007_199_254_740_993), Long(1), "9007199254740993");
        check(Long(-9_223_372_036_854_775_806), Long(4), "9223372036854775804");
        check(Long(i64::MIN), Long(-1), "-9223372036854775808");
        check(Null(Type::Long), Long(5), "null");
        check(Bool(true), Long(5), "0");
        assert_eq!(answer_type("bin", &[Type::Int, Type::Int]), Some(Type::Long));
        assert_eq!(answer("floor", &[Real(7.9)]), "refused");
        check(Int(7), Int(5), "5");
    }

    #[test]
    fn reals_and_decimals() {
        check(Real(7.5), Long(0), "NaN");
        check(Real(-1.5), Long(1), "-2.0");
        check(Long(7), Real(2.5), "5.0");
        check(Real(0.3), Real(0.1), "0.2");
        check(Real(f64::INFINITY), Real(1.0), "inf");
        check(Real(1.0), Real(f64::INFINITY), "NaN");
        check(dec("-1.5"), Long(1), "-2");
        check(dec("7.5"), dec("2.5"), "7.5");
        check(dec("1"), Long(0), "null");
    }

    #[test]
    fn times() {
        check(dt("1970-05-11 13:45:07"), ts("1d"), "1970-05-11T00:00:00.0000000Z");
        check(dt("2007-01-10"), ts("7d"), "2007-01-08T00:00:00.0000000Z");
        check(ts("16d"), ts("7d"), "14.00:00:00");
        check(dt("2020-01-01"), ts("0s"), "null");
        check(dt("2020-01-01"), Long(5), "refused");
        let at = |value, size, fixed| answer("bin_at", &[value, size, fixed]);
        assert_eq!(at(Real(6.5), Real(2.5), Long(7)), "4.5");
        assert_eq!(at(ts("1h"), ts("1d"), ts("12h")), "-12:00:00");
        let noon = dt("1970-01-01 12:00");
        assert_eq!(at(dt("2017-05-15 10:20"), ts("1d"), noon), "2017-05-14T12:00:00.0000000Z");
        assert_eq!(at(Long(6), Long(0), Long(1)), "null");
    }
}
