//! Columns as they come from outside, brought into the form in which the engine holds their types: times become ticks,
//! text becomes views, strings lose their nulls.

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type, TimeUnit};
use calypso_library::Type;
use std::sync::Arc;

/// Ticks from 0001-01-01 to 1970-01-01.
pub(crate) const UNIX_TICKS: i64 = 621_355_968_000_000_000;

/// The array as the engine holds that type. What already has that form is not copied.
pub(crate) fn held_as(ty: Type, array: &ArrayRef) -> Result<ArrayRef, String> {
    let wanted = ty.arrow();
    if array.data_type() == &wanted {
        return Ok(if ty == Type::String { without_nulls(array) } else { Arc::clone(array) });
    }
    let array = match (ty, array.data_type()) {
        (Type::DateTime, DataType::Timestamp(unit, _)) => ticks(array, *unit, UNIX_TICKS)?,
        (Type::DateTime, DataType::Date32) => {
            let seconds = cast_to(array, &DataType::Timestamp(TimeUnit::Second, None))?;
            ticks(&seconds, TimeUnit::Second, UNIX_TICKS)?
        }
        (Type::TimeSpan, DataType::Duration(unit)) => ticks(array, *unit, 0)?,
        (Type::DateTime | Type::TimeSpan, DataType::Int64) => Arc::clone(array),
        (Type::DateTime | Type::TimeSpan, other) => return Err(format!("{other} is no {ty}")),
        (
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::String
            | Type::Guid
            | Type::Dynamic,
            _,
        ) => cast_to(array, &wanted)?,
    };
    Ok(if ty == Type::String { without_nulls(&array) } else { array })
}

fn cast_to(array: &ArrayRef, wanted: &DataType) -> Result<ArrayRef, String> {
    cast(array, wanted).map_err(|error| error.to_string())
}

/// Counts of a unit as ticks, from another origin; what does not fit is null.
fn ticks(array: &ArrayRef, unit: TimeUnit, origin: i64) -> Result<ArrayRef, String> {
    let counts = cast_to(array, &DataType::Int64)?;
    let counts = counts.as_primitive::<Int64Type>();
    let in_ticks = |count: i64| match unit {
        TimeUnit::Second => count.checked_mul(10_000_000),
        TimeUnit::Millisecond => count.checked_mul(10_000),
        TimeUnit::Microsecond => count.checked_mul(10),
        TimeUnit::Nanosecond => Some(count.div_euclid(100)),
    };
    let ticks = counts.iter().map(|count| in_ticks(count?)?.checked_add(origin));
    Ok(Arc::new(ticks.collect::<Int64Array>()))
}

/// The least and greatest count of a unit whose ticks since 1970 lie between two ticks since the year 1, both
/// included; `None` when they cannot be told.
pub(crate) fn counts_between(unit: TimeUnit, low: i64, high: i64) -> (Option<i64>, Option<i64>) {
    let low = low.checked_sub(UNIX_TICKS);
    let high = high.checked_sub(UNIX_TICKS);
    let per = match unit {
        TimeUnit::Second => 10_000_000,
        TimeUnit::Millisecond => 10_000,
        TimeUnit::Microsecond => 10,
        TimeUnit::Nanosecond => {
            let last = |ticks: i64| ticks.checked_mul(100)?.checked_add(99);
            return (low.and_then(|ticks| ticks.checked_mul(100)), high.and_then(last));
        }
    };
    (low.map(|ticks| ticks.div_euclid(per)), high.map(|ticks| ticks.div_euclid(per)))
}

/// Strings with every null replaced by the empty string.
pub(crate) fn without_nulls(array: &ArrayRef) -> ArrayRef {
    if array.null_count() == 0 {
        return Arc::clone(array);
    }
    let mut builder = StringViewBuilder::with_capacity(array.len());
    for value in array.as_string_view() {
        builder.append_value(value.unwrap_or(""));
    }
    Arc::new(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{TimestampMicrosecondArray, TimestampNanosecondArray};

    #[test]
    fn times_become_ticks() {
        let micro: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![Some(-1), Some(1), None]));
        let ticks = held_as(Type::DateTime, &micro).expect("ticks");
        let expected = Int64Array::from(vec![Some(UNIX_TICKS - 10), Some(UNIX_TICKS + 10), None]);
        assert_eq!(ticks.as_ref(), &expected);
        let nano: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![-1, 199]));
        let ticks = held_as(Type::DateTime, &nano).expect("ticks");
        assert_eq!(ticks.as_ref(), &Int64Array::from(vec![UNIX_TICKS - 1, UNIX_TICKS + 1]));
    }

    #[test]
    fn bounds_keep_every_row_between() {
        for (unit, count, ticks) in [
            (TimeUnit::Microsecond, -3, UNIX_TICKS - 30),
            (TimeUnit::Nanosecond, 199, UNIX_TICKS + 1),
            (TimeUnit::Second, 2, UNIX_TICKS + 20_000_000),
        ] {
            let (low, high) = counts_between(unit, ticks, ticks);
            assert!(low.is_some_and(|low| low <= count) && high.is_some_and(|high| high >= count));
        }
        assert_eq!(counts_between(TimeUnit::Nanosecond, 0, i64::MAX), (None, None));
    }
}
