//! `+ - * / %` over the types of KQL: which types meet, and the kernels. Whole numbers wrap at 64 bits; dividing one by
//! zero is null; a remainder is never negative; null with anything is null.

use crate::calendar::in_range;
use crate::call::{Argument, Call, EvaluateError, Evaluated};
use crate::decimal;
use crate::function::{ArgumentInfo, Overload};
use crate::json::{self, Held, held};
use crate::lanes::{self, Lane};
use crate::overload::widest;
use crate::types::Type;
use crate::value::{Json, Value};
use arrow::array::{Float64Array, Int64Array};
use arrow::datatypes::{Float64Type, Int64Type, i256};
use std::sync::Arc;

/// One of the five operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

/// The types two operands are converted to and the type of the result; `None` refuses them.
pub fn overload(operator: Operator, arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [left, right] = arguments else {
        return None;
    };
    let (left, right, returns) = types(operator, left.ty, right.ty)?;
    Some(Overload { arguments: vec![left, right], returns })
}

fn types(operator: Operator, left: Type, right: Type) -> Option<(Type, Type, Type)> {
    use Operator::{Add, Divide, Modulo, Multiply, Subtract};
    use Type::{DateTime, Dynamic, Real, TimeSpan};
    if left.is_number() && right.is_number() {
        let wide = widest(&[left, right]);
        return Some((wide, wide, wide));
    }
    Some(match (left, right) {
        (Dynamic, Dynamic) => (Dynamic, Dynamic, Dynamic),
        (Dynamic, number) | (number, Dynamic) if number.is_number() => {
            let wide = widest(&[number]);
            (wide, wide, wide)
        }
        (TimeSpan | Dynamic, TimeSpan) | (TimeSpan, Dynamic) if matches!(operator, Add | Subtract) => {
            (TimeSpan, TimeSpan, TimeSpan)
        }
        (DateTime, TimeSpan) if matches!(operator, Add | Subtract) => (DateTime, TimeSpan, DateTime),
        (DateTime, Dynamic) if operator == Add => (DateTime, TimeSpan, DateTime),
        (TimeSpan | Dynamic, DateTime) if operator == Add => (TimeSpan, DateTime, DateTime),
        (DateTime | Dynamic, DateTime) | (DateTime, Dynamic) if operator == Subtract => {
            (DateTime, DateTime, TimeSpan)
        }
        (TimeSpan, number) if number.is_number() && matches!(operator, Multiply | Divide) => {
            (TimeSpan, factor(number), TimeSpan)
        }
        (number, TimeSpan) if number.is_number() && operator == Multiply => {
            (factor(number), TimeSpan, TimeSpan)
        }
        (TimeSpan | DateTime, TimeSpan) if operator == Divide => (left, TimeSpan, Real),
        (TimeSpan | DateTime, TimeSpan) if operator == Modulo => (left, TimeSpan, TimeSpan),
        _ => return None,
    })
}

/// The type of a number that scales a timespan.
fn factor(number: Type) -> Type {
    if number.is_integer() { Type::Long } else { Type::Real }
}

/// One result per row.
pub fn evaluate(call: &Call, operator: Operator) -> Evaluated {
    let [left, right] = call.arguments else {
        return Err(EvaluateError("an arithmetic operator takes two operands".to_owned()));
    };
    let ticks = |ty: Type| matches!(ty, Type::Long | Type::DateTime | Type::TimeSpan);
    match (left.ty, right.ty) {
        (Type::Real, Type::Real) => Ok(reals(call, operator)),
        (Type::Decimal, Type::Decimal) => decimals(call, operator),
        (Type::Dynamic, Type::Dynamic) => call.dynamics(|row| of_held(operator, left, right, row)),
        (Type::TimeSpan, Type::Real) => Ok(scaled(call, left, right, operator == Operator::Divide)),
        (Type::Real, Type::TimeSpan) => Ok(scaled(call, right, left, false)),
        (a, b) if ticks(a) && ticks(b) && call.returns == Type::Real => {
            let (a, b) = (Lane::of::<Int64Type>(left), Lane::of::<Int64Type>(right));
            let values = lanes::zip(call.rows, a, b, |a, b| a as f64 / b as f64);
            Ok(Arc::new(Float64Array::new(values.into(), lanes::all_valid(call.arguments, call.rows))))
        }
        (a, b) if ticks(a) && ticks(b) => Ok(longs(call, operator)),
        _ => Err(EvaluateError(format!("no arithmetic between {} and {}", left.ty, right.ty))),
    }
}

/// Longs, and ticks of datetimes and timespans.
fn longs(call: &Call, operator: Operator) -> arrow::array::ArrayRef {
    let (a, b) = (Lane::of::<Int64Type>(&call[0]), Lane::of::<Int64Type>(&call[1]));
    let valid = lanes::all_valid(call.arguments, call.rows);
    let values = match operator {
        Operator::Add => lanes::zip(call.rows, a, b, i64::wrapping_add),
        Operator::Subtract => lanes::zip(call.rows, a, b, i64::wrapping_sub),
        Operator::Multiply => lanes::zip(call.rows, a, b, i64::wrapping_mul),
        Operator::Divide => lanes::zip(call.rows, a, b, |a, b| if b == 0 { 0 } else { a.wrapping_div(b) }),
        Operator::Modulo => lanes::zip(call.rows, a, b, modulo),
    };
    let result = Int64Array::new(values.into(), valid);
    let by_zero = matches!(operator, Operator::Divide | Operator::Modulo);
    if by_zero && b.constant().is_none_or(|b| b == 0) {
        let kept = (0..call.rows).map(|row| (b.at(row) != 0).then_some(()).and(at(&result, row)));
        return Arc::new(kept.collect::<Int64Array>());
    }
    if call.returns == Type::DateTime && result.values().iter().any(|ticks| in_range(*ticks).is_none()) {
        let kept = (0..call.rows).map(|row| at(&result, row).and_then(in_range));
        return Arc::new(kept.collect::<Int64Array>());
    }
    Arc::new(result)
}

fn at(array: &Int64Array, row: usize) -> Option<i64> {
    use arrow::array::Array;
    array.is_valid(row).then(|| array.value(row))
}

/// The remainder in `[0, |b|)`; 0 where `b` is 0.
pub fn modulo(a: i64, b: i64) -> i64 {
    if b == 0 { 0 } else { a.wrapping_rem_euclid(b) }
}

fn reals(call: &Call, operator: Operator) -> arrow::array::ArrayRef {
    let (a, b) = (Lane::of::<Float64Type>(&call[0]), Lane::of::<Float64Type>(&call[1]));
    let values = match operator {
        Operator::Add => lanes::zip(call.rows, a, b, |a, b| a + b),
        Operator::Subtract => lanes::zip(call.rows, a, b, |a, b| a - b),
        Operator::Multiply => lanes::zip(call.rows, a, b, |a, b| a * b),
        Operator::Divide => lanes::zip(call.rows, a, b, |a, b| a / b),
        Operator::Modulo => lanes::zip(call.rows, a, b, f64::rem_euclid),
    };
    Arc::new(Float64Array::new(values.into(), lanes::all_valid(call.arguments, call.rows)))
}

/// A timespan times or divided by a real; what is no number of ticks is null.
fn scaled(call: &Call, span: &Argument, factor: &Argument, divide: bool) -> arrow::array::ArrayRef {
    let (spans, factors) = (Lane::of::<Int64Type>(span), Lane::of::<Float64Type>(factor));
    let valid = lanes::all_valid(call.arguments, call.rows);
    let results = (0..call.rows).map(|row| {
        let factor = factors.at(row);
        let ticks = spans.at(row) as f64;
        let result = if divide { ticks / factor } else { ticks * factor };
        let known = valid.as_ref().is_none_or(|valid| valid.is_valid(row));
        (known && result.is_finite()).then_some(result as i64)
    });
    Arc::new(results.collect::<Int64Array>())
}

fn decimals(call: &Call, operator: Operator) -> Evaluated {
    call.values(|row| match (call[0].value(row), call[1].value(row)) {
        (Value::Decimal(a), Value::Decimal(b)) => {
            decimal_result(operator, a, b).map_or(Value::Null(Type::Decimal), Value::Decimal)
        }
        _ => Value::Null(Type::Decimal),
    })
}

/// Decimals; a division by zero or a result with too many digits is null.
fn decimal_result(operator: Operator, a: i256, b: i256) -> Option<i256> {
    match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => decimal::multiply(a, b),
        Operator::Divide => decimal::divide(a, b),
        Operator::Modulo => {
            let rest = a.checked_rem(b)?;
            if rest < i256::ZERO { rest.checked_add(b.wrapping_abs()) } else { Some(rest) }
        }
    }
}

/// Two dynamics that hold numbers: whole numbers give a whole number.
fn of_held(operator: Operator, left: &Argument, right: &Argument, row: usize) -> Option<Json> {
    let real = |value: &Held| match value {
        Held::Long(value) => Some(*value as f64),
        Held::Real(value) => Some(*value),
        Held::Null | Held::Bool(_) | Held::String(_) | Held::Array | Held::Bag => None,
    };
    let (a, b) = (held(left.raw(row)), held(right.raw(row)));
    if let (Held::Long(a), Held::Long(b)) = (&a, &b) {
        return match operator {
            Operator::Add => Some(a.wrapping_add(*b)),
            Operator::Subtract => Some(a.wrapping_sub(*b)),
            Operator::Multiply => Some(a.wrapping_mul(*b)),
            Operator::Divide => (*b != 0).then(|| a.wrapping_div(*b)),
            Operator::Modulo => (*b != 0).then(|| modulo(*a, *b)),
        }
        .map(Json::from);
    }
    let (a, b) = (real(&a)?, real(&b)?);
    Some(json::from_real(match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        Operator::Modulo => a.rem_euclid(b),
    }))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{Int, Long, Null, Real};

    #[test]
    fn whole_numbers() {
        for (left, operator, right, wanted) in [
            (Int(2_147_483_647), "+", Int(1), "2147483648"),
            (Long(-7), "/", Long(2), "-3"),
            (Long(7), "/", Long(0), "null"),
            (Long(i64::MIN), "/", Long(-1), "-9223372036854775808"),
            (Long(-14), "%", Long(12), "10"),
            (Long(14), "%", Long(-12), "2"),
            (Long(5), "%", Long(0), "null"),
            (Null(Type::Long), "+", Long(1), "null"),
            (Long(1), "/", Real(2.0), "0.5"),
            (Real(1.0), "/", Long(0), "inf"),
            (Real(0.0), "/", Real(0.0), "NaN"),
            (Long(i64::MAX), "+", Long(1), "-9223372036854775808"),
        ] {
            assert_eq!(
                answer(operator, &[left.clone(), right.clone()]),
                wanted,
                "{left:?} {operator} {right:?}"
            );
        }
    }

    #[test]
    fn decimals() {
        for (left, operator, right, wanted) in [
            (dec("7"), "/", dec("2"), "3.5"),
            (dec("1"), "/", dec("0"), "null"),
            (dec("1.5"), "*", Long(3), "4.5"),
            (dec("123456789.5"), "*", dec("1000000000000000"), "123456789500000000000000"),
            (dec("-7"), "%", dec("4"), "1"),
            (dec("0.1"), "+", Real(0.2), "0.3"),
        ] {
            assert_eq!(
                answer(operator, &[left.clone(), right.clone()]),
                wanted,
                "{left:?} {operator} {right:?}"
            );
        }
    }

    #[test]
    fn times() {
        for (left, operator, right, wanted) in [
            (dt("2020-01-02"), "-", dt("2020-01-01"), "1.00:00:00"),
            (dt("2020-01-02"), "-", ts("1d"), "2020-01-01T00:00:00.0000000Z"),
            (ts("1d"), "+", dt("2020-01-01"), "2020-01-02T00:00:00.0000000Z"),
            (dt("9999-12-31"), "+", ts("1d"), "null"),
            (dt("2020-01-02"), "+", dt("2020-01-01"), "refused"),
            (ts("1d"), "/", ts("5h"), "4.8"),
            (ts("1h"), "/", Real(2.0), "00:30:00"),
            (ts("1h"), "/", Long(0), "null"),
            (Real(1.5), "*", ts("1h"), "01:30:00"),
            (ts("1h"), "*", Long(2), "02:00:00"),
            (ts("90m"), "%", ts("1h"), "00:30:00"),
            (s("a"), "+", s("b"), "refused"),
            (dynamic("1"), "+", Long(1), "2"),
            (dynamic("1"), "+", dynamic("1.5"), "2.5"),
            (dynamic("\"x\""), "+", Long(1), "null"),
        ] {
            assert_eq!(
                answer(operator, &[left.clone(), right.clone()]),
                wanted,
                "{left:?} {operator} {right:?}"
            );
        }
    }
}
