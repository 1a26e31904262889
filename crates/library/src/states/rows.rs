//! Walking the rows of an update: which take part, and their values by type.

use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::datatypes::{ArrowPrimitiveType, Decimal256Type, Float64Type, Int32Type, Int64Type, i256};

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

/// The values of all rows, where they are held as longs, all take part and none is null.
pub fn all_longs<'a>(argument: &'a Argument, keep: Option<&BooleanArray>) -> Option<&'a [i64]> {
    let held = matches!(argument.ty, Type::Long | Type::DateTime | Type::TimeSpan);
    let all = keep.is_none() && !argument.constant && argument.array.null_count() == 0;
    (held && all).then(|| argument.array.as_primitive::<Int64Type>().values().as_ref())
}

/// Calls `f(group, value)` for each row that takes part and whose value, held as that Arrow type, is not null.
fn each_held<A: ArrowPrimitiveType>(
    groups: &[usize],
    argument: &Argument,
    keep: Option<&BooleanArray>,
    mut f: impl FnMut(usize, A::Native),
) {
    let values = argument.array.as_primitive::<A>();
    if argument.constant {
        if values.is_valid(0) {
            each(groups, keep, |group, _| f(group, values.value(0)));
        }
    } else if keep.is_none() && values.null_count() == 0 {
        groups.iter().zip(values.values()).for_each(|(group, value)| f(*group, *value));
    } else {
        each(groups, keep, |group, row| {
            if values.is_valid(row) {
                f(group, values.value(row));
            }
        });
    }
}

/// Calls `f(group, value)` for each row that takes part and holds an integer, tick or bool.
pub fn each_long(
    groups: &[usize],
    argument: &Argument,
    keep: Option<&BooleanArray>,
    mut f: impl FnMut(usize, i64),
) {
    match argument.ty {
        Type::Int => {
            each_held::<Int32Type>(groups, argument, keep, |group, value| f(group, i64::from(value)));
        }
        Type::Long | Type::DateTime | Type::TimeSpan => {
            each_held::<Int64Type>(groups, argument, keep, f);
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
        each_held::<Float64Type>(groups, argument, keep, f);
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

/// Calls `f(group, value)` for each row that takes part and holds a decimal.
pub fn each_decimal(
    groups: &[usize],
    argument: &Argument,
    keep: Option<&BooleanArray>,
    f: impl FnMut(usize, i256),
) {
    if argument.ty == Type::Decimal {
        each_held::<Decimal256Type>(groups, argument, keep, f);
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
