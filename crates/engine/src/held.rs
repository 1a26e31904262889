//! Columns as they come from outside, brought into the form in which the engine holds their types: times become ticks,
//! text becomes views, strings lose their nulls.

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int8Type, Int64Type, TimeUnit};
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

/// Microseconds and the seventh digits of their ticks as ticks; a digit that is absent is 0, what may not fit is null.
pub(crate) fn held_with_digits(microseconds: &ArrayRef, digits: &ArrayRef) -> Result<ArrayRef, String> {
    let whole = cast_to(microseconds, &DataType::Int64)?;
    let digits = cast_to(digits, &DataType::Int8)?;
    let (whole, digits) = (whole.as_primitive::<Int64Type>(), digits.as_primitive::<Int8Type>());
    if whole.len() != digits.len() {
        return Err("times and their last digits are not as many".to_owned());
    }
    let fits = FITS.0..=FITS.1;
    let ticks = |count: i64, digit: i8| count * 10 + UNIX_TICKS + i64::from(digit);
    let all_fit = whole.null_count() == 0
        && digits.null_count() == 0
        && whole.values().iter().all(|count| fits.contains(count));
    if all_fit {
        let ticks = whole.values().iter().zip(digits.values()).map(|(count, digit)| ticks(*count, *digit));
        return Ok(Arc::new(Int64Array::from_iter_values(ticks)));
    }
    let ticks = whole.iter().zip(digits).map(|(count, digit)| {
        let count = count.filter(|count| fits.contains(count))?;
        Some(ticks(count, digit.unwrap_or(0)))
    });
    Ok(Arc::new(ticks.collect::<Int64Array>()))
}

/// Microseconds since 1970 whose ticks fit, whatever their seventh digit. Some more would fit below, of years before
/// -27000.
pub(crate) const FITS: (i64, i64) = (i64::MIN / 10 + 128, (i64::MAX - UNIX_TICKS - 127) / 10);

/// Counts of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Counts {
    /// The least, included.
    pub low: i64,
    /// The greatest, included.
    pub high: i64,
    /// Whether these are the ticks asked for and no others.
    pub exact: bool,
    /// The counts that have ticks at all.
    pub fits: (i64, i64),
}

/// The counts of a unit since an origin that stand for ticks between two, both included. `digits`: a count stands for
/// ten ticks, of which a digit elsewhere tells one.
pub(crate) fn counts_within(unit: TimeUnit, origin: i64, low: i64, high: i64, digits: bool) -> Counts {
    let (least, most) = (i128::from(low) - i128::from(origin), i128::from(high) - i128::from(origin));
    let per = match unit {
        TimeUnit::Second => 10_000_000,
        TimeUnit::Millisecond => 10_000,
        TimeUnit::Microsecond => 10,
        TimeUnit::Nanosecond => {
            let fits = (i64::MIN, i64::MAX);
            return counts(least * 100, most * 100 + 99, true, fits);
        }
    };
    let (fits, low, high, exact) = if digits {
        let exact = (low == i64::MIN || least.rem_euclid(per) == 0)
            && (high == i64::MAX || most.rem_euclid(per) == per - 1);
        (FITS, least.div_euclid(per), most.div_euclid(per), exact)
    } else {
        let fits = (i64::MIN as i128 / per, (i128::from(i64::MAX) - i128::from(origin)).div_euclid(per));
        let up = |ticks: i128| -(-ticks).div_euclid(per);
        ((clamped(fits.0), clamped(fits.1)), up(least), most.div_euclid(per), true)
    };
    counts(low.max(fits.0.into()), high.min(fits.1.into()), exact, fits)
}

/// The counts between two; none, where all of these are beyond what can be counted.
fn counts(low: i128, high: i128, exact: bool, fits: (i64, i64)) -> Counts {
    if low > high || low > i64::MAX.into() || high < i64::MIN.into() {
        return Counts { low: i64::MAX, high: i64::MIN, exact, fits };
    }
    Counts { low: clamped(low), high: clamped(high), exact, fits }
}

fn clamped(count: i128) -> i64 {
    i64::try_from(count).unwrap_or(if count < 0 { i64::MIN } else { i64::MAX })
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

    const COUNTS: [i64; 15] = [
        i64::MIN,
        i64::MIN / 10,
        FITS.0 - 1,
        FITS.0,
        -62_135_596_800_000_001,
        -11_644_473_600_000_000,
        -3,
        -1,
        0,
        1,
        199,
        253_402_300_799_999_999,
        FITS.1,
        FITS.1 + 1,
        i64::MAX,
    ];

    #[test]
    fn counts_within_are_those_whose_ticks_are_between() {
        let limits = [i64::MIN, UNIX_TICKS - 31, UNIX_TICKS - 30, UNIX_TICKS, UNIX_TICKS + 1, UNIX_TICKS + 9];
        let limits = limits.into_iter().chain([UNIX_TICKS + 20_000_000, 3_155_378_975_999_999_999, i64::MAX]);
        let limits: Vec<i64> = limits.collect();
        let units = [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
        for (unit, origin) in units.into_iter().flat_map(|unit| [(unit, 0), (unit, UNIX_TICKS)]) {
            let counts: ArrayRef = Arc::new(Int64Array::from(COUNTS.to_vec()));
            let ticks = ticks(&counts, unit, origin).expect("ticks");
            let ticks = ticks.as_primitive::<Int64Type>();
            for (low, high) in limits.iter().flat_map(|low| limits.iter().map(move |high| (*low, *high))) {
                let within = counts_within(unit, origin, low, high, false);
                assert!(within.exact);
                for (count, ticks) in COUNTS.into_iter().zip(ticks) {
                    let wanted = ticks.is_some_and(|ticks| low <= ticks && ticks <= high);
                    assert_eq!(
                        (within.low..=within.high).contains(&count),
                        wanted,
                        "{unit:?} {count} {low} {high}"
                    );
                }
            }
        }
    }

    #[test]
    fn counts_with_digits_hold_every_tick_between() {
        let limits: Vec<i64> =
            (-21..21).map(|ticks| UNIX_TICKS + ticks).chain([i64::MIN, i64::MAX]).collect();
        let mut exact = 0;
        for (low, high) in limits.iter().flat_map(|low| limits.iter().map(move |high| (*low, *high))) {
            let within = counts_within(TimeUnit::Microsecond, UNIX_TICKS, low, high, true);
            exact += usize::from(within.exact);
            for (count, digit) in
                COUNTS.into_iter().flat_map(|count| (0..10).map(move |digit| (count, digit)))
            {
                let count_array: ArrayRef = Arc::new(Int64Array::from(vec![count]));
                let digits: ArrayRef = Arc::new(arrow::array::Int8Array::from(vec![digit]));
                let held = held_with_digits(&count_array, &digits).expect("ticks");
                let held = held.as_primitive::<Int64Type>().iter().next().flatten();
                let wanted = held.is_some_and(|ticks| low <= ticks && ticks <= high);
                let kept = (within.low..=within.high).contains(&count);
                assert!(kept || !wanted, "{count} {digit} {low} {high}");
                assert!(!within.exact || kept == wanted, "{count} {digit} {low} {high}");
            }
        }
        assert!(exact > 20);
    }

    #[test]
    fn digits_complete_microseconds() {
        let micro: ArrayRef =
            Arc::new(TimestampMicrosecondArray::from(vec![Some(-1), Some(1), None, Some(2)]));
        let digits: ArrayRef = Arc::new(arrow::array::Int8Array::from(vec![Some(9), Some(0), Some(3), None]));
        let ticks = held_with_digits(&micro, &digits).expect("ticks");
        let expected =
            Int64Array::from(vec![Some(UNIX_TICKS - 1), Some(UNIX_TICKS + 10), None, Some(UNIX_TICKS + 20)]);
        assert_eq!(ticks.as_ref(), &expected);
        let far: ArrayRef = Arc::new(Int64Array::from(vec![i64::MAX]));
        let digits: ArrayRef = Arc::new(arrow::array::Int8Array::from(vec![1]));
        assert_eq!(held_with_digits(&far, &digits).expect("null").null_count(), 1);
    }
}
