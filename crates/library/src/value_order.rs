//! The order of values of one type, as sorting and extremes see it: null first, then NaN, then the values; strings by
//! their bytes, which is the order of code points.

use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use std::cmp::Ordering;

/// Reals in order; NaN before all others, equal to itself, and -0.0 equal to 0.0.
pub fn compare_reals(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
}

/// Two values of one type in order; dynamics by their text, values of different types by type.
pub fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Null(_), Value::Null(_)) => Ordering::Equal,
        (Value::Null(_), _) => Ordering::Less,
        (_, Value::Null(_)) => Ordering::Greater,
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Long(a), Value::Long(b)) => a.cmp(b),
        (Value::Real(a), Value::Real(b)) => compare_reals(*a, *b),
        (Value::Decimal(a), Value::Decimal(b)) => a.cmp(b),
        (Value::String(a), Value::String(b)) | (Value::Guid(a), Value::Guid(b)) => a.cmp(b),
        (Value::DateTime(a), Value::DateTime(b)) | (Value::TimeSpan(a), Value::TimeSpan(b)) => a.cmp(b),
        (Value::Dynamic(a), Value::Dynamic(b)) => a.to_string().cmp(&b.to_string()),
        _ => a.ty().cmp(&b.ty()),
    }
}

/// The value of an argument's row against another value of the same type, without copying text.
pub fn compare_row(argument: &Argument, row: usize, other: &Value) -> Ordering {
    match (argument.ty, other) {
        (Type::String, Value::String(other)) => argument.raw(row).cmp(other.as_str()),
        (Type::Long, Value::Long(other))
        | (Type::DateTime, Value::DateTime(other))
        | (Type::TimeSpan, Value::TimeSpan(other)) => argument.long(row).cmp(&Some(*other)),
        _ => compare(&argument.value(row), other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_then_nan_then_values() {
        let mut values = [
            Value::Real(1.0),
            Value::Real(f64::NEG_INFINITY),
            Value::Null(Type::Real),
            Value::Real(f64::NAN),
        ];
        values.sort_by(compare);
        assert_eq!(values[0], Value::Null(Type::Real));
        assert!(matches!(values[1], Value::Real(v) if v.is_nan()));
        assert_eq!(values[2..], [Value::Real(f64::NEG_INFINITY), Value::Real(1.0)]);
    }

    #[test]
    fn rows_compare_as_values_do() {
        let values = [Value::Null(Type::Long), Value::Long(-1), Value::Long(4)];
        let argument = Argument::rows(Type::Long, Value::to_array(Type::Long, values.clone()));
        for (row, value) in values.iter().enumerate() {
            for other in &values {
                assert_eq!(compare_row(&argument, row, other), compare(value, other));
            }
        }
    }
}
