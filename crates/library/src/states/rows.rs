//! Walking the rows of an update: which take part, and their values by type.

use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};

/// Calls `f(group, row)` for each row that takes part.
pub fn each(groups: &[usize], keep: Option<&BooleanArray>, mut f: impl FnMut(usize, usize)) {
    match keep {
        None => groups.iter().enumerate().for_each(|(row, group)| f(*group, row)),
        Some(keep) => {
            for (row, group) in groups.iter().enumerate() {
                if keep.is_valid(row) && keep.value(row) {
                    f(*group, row);
                }
            }
        }
    }
}

/// Calls `f(group, value)` for each row that takes part and holds an integer, tick or bool.
pub fn each_long(
    groups: &[usize],
    argument: &Argument,
    keep: Option<&BooleanArray>,
    mut f: impl FnMut(usize, i64),
) {
    let step = usize::from(!argument.constant);
    match argument.ty {
        Type::Int => {
            let values = argument.array.as_primitive::<Int32Type>();
            each(groups, keep, |group, row| {
                if values.is_valid(row * step) {
                    f(group, i64::from(values.value(row * step)));
                }
            });
        }
        Type::Long | Type::DateTime | Type::TimeSpan => {
            let values = argument.array.as_primitive::<Int64Type>();
            each(groups, keep, |group, row| {
                if values.is_valid(row * step) {
                    f(group, values.value(row * step));
                }
            });
        }
        Type::Bool | Type::Real | Type::Decimal | Type::String | Type::Guid | Type::Dynamic => {
            each(groups, keep, |group, row| {
                if let Some(value) = argument.long(row) {
                    f(group, value);
                }
            });
        }
    }
}

/// Calls `f(group, value)` for each row that takes part and holds a number, as a real.
pub fn each_real(
    groups: &[usize],
    argument: &Argument,
    keep: Option<&BooleanArray>,
    mut f: impl FnMut(usize, f64),
) {
    if argument.ty == Type::Real {
        let step = usize::from(!argument.constant);
        let values = argument.array.as_primitive::<Float64Type>();
        each(groups, keep, |group, row| {
            if values.is_valid(row * step) {
                f(group, values.value(row * step));
            }
        });
    } else if argument.ty.is_integer() {
        each_long(groups, argument, keep, |group, value| f(group, value as f64));
    } else {
        each(groups, keep, |group, row| {
            if let Some(value) = argument.real(row) {
                f(group, value);
            }
        });
    }
}

/// The value of an integer type, datetime, timespan or bool from its integer.
pub fn long_value(ty: Type, value: i64) -> Value {
    match ty {
        Type::Bool => Value::Bool(value != 0),
        Type::Int => Value::Int(value as i32),
        Type::DateTime => Value::DateTime(value),
        Type::TimeSpan => Value::TimeSpan(value),
        Type::Real => Value::Real(value as f64),
        Type::Long | Type::Decimal | Type::String | Type::Guid | Type::Dynamic => Value::Long(value),
    }
}
