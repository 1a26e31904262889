//! Values that are put in order, with or without weights: how they are read from rows, kept as bytes, and picked by rank.

use super::gathered::{Gathered, Held};
use super::percentile::nearest_rank;
use super::rows::{all_longs, each, each_long, each_real, long_value};
use crate::call::Argument;
use crate::json;
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use arrow::array::{BinaryArray, BinaryBuilder, BooleanArray};
use arrow::buffer::{Buffer, OffsetBuffer};

/// From so many picks on, sorting costs less than each by itself.
const SORT_FROM: usize = 8;

/// What is kept of a row.
pub trait Ranked: Clone + Default + Held + Bytes + Send + 'static {
    /// What is picked: the value without its weight.
    type Plain: Clone;

    /// Adds what rows hold.
    fn gather(
        into: &mut Gathered<Self>,
        groups: &[usize],
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    );

    /// Gives the value at each percentile (with its place; in ascending order) of at least one value, which lose their order.
    fn pick(values: &mut [Self], wanted: &[(usize, f64)], found: impl FnMut(usize, Self::Plain));

    /// A value of that type.
    fn value(plain: Self::Plain, ty: Type) -> Value;

    /// The values between one end and the next as bytes.
    fn save(values: Vec<Self>, ends: &[usize]) -> BinaryArray {
        let (mut builder, mut bytes, mut start) = (BinaryBuilder::new(), Vec::new(), 0);
        for end in ends {
            bytes.clear();
            values[start..*end].iter().for_each(|value| value.write(&mut bytes));
            builder.append_value(&bytes);
            start = *end;
        }
        builder.finish()
    }

    /// Appends saved values; bytes of anything else give any values.
    fn load(mut bytes: &[u8], into: &mut Vec<Self>) {
        while let Some(value) = Self::read(&mut bytes) {
            into.push(value);
        }
    }
}

/// A value in order: integers, ticks, bools and reals as integers; texts.
pub trait Plain: Ord + Clone + Default + Held + Bytes + Send + 'static {
    /// That of a row, if any.
    fn of(argument: &Argument, row: usize) -> Option<Self>;
    /// A value of that type.
    fn value(self, ty: Type) -> Value;
}

/// Reals as integers in the same order, NaN before all others.
fn key(real: f64) -> i64 {
    if real.is_nan() { i64::MIN } else { flipped(real.to_bits() as i64) }
}

fn real(key: i64) -> f64 {
    if key == i64::MIN { f64::NAN } else { f64::from_bits(flipped(key) as u64) }
}

/// Of negative ones all bits but the sign turned over: greater bits of a negative real are a lesser real.
fn flipped(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// Whether values of the type are kept as the keys of reals.
fn is_real(ty: Type) -> bool {
    matches!(ty, Type::Real | Type::Decimal)
}

impl Plain for i64 {
    fn of(argument: &Argument, row: usize) -> Option<i64> {
        if is_real(argument.ty) { argument.real(row).map(key) } else { argument.long(row) }
    }

    fn value(self, ty: Type) -> Value {
        if is_real(ty) { Value::Real(real(self)) } else { long_value(ty, self) }
    }
}

impl Plain for String {
    fn of(argument: &Argument, row: usize) -> Option<String> {
        (!argument.is_null(row)).then(|| argument.raw(row).to_owned())
    }

    fn value(self, ty: Type) -> Value {
        match ty {
            Type::Guid => Value::Guid(self),
            Type::Dynamic => json::parse(&self).map_or(Value::Null(ty), Value::dynamic),
            Type::String
            | Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::DateTime
            | Type::TimeSpan => Value::String(self),
        }
    }
}

impl Ranked for i64 {
    type Plain = i64;

    fn gather(
        into: &mut Gathered<i64>,
        groups: &[usize],
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        let argument = &arguments[0];
        if is_real(argument.ty) {
            each_real(groups, argument, keep, |group, value| into.push(group, key(value)));
        } else if let Some(values) = all_longs(argument, keep) {
            into.extend(groups, values);
        } else {
            each_long(groups, argument, keep, |group, value| into.push(group, value));
        }
    }

    fn pick(values: &mut [i64], wanted: &[(usize, f64)], found: impl FnMut(usize, i64)) {
        pick(values, wanted, found);
    }

    fn value(plain: i64, ty: Type) -> Value {
        plain.value(ty)
    }

    /// The numbers as they are in memory.
    fn save(values: Vec<i64>, ends: &[usize]) -> BinaryArray {
        let width = size_of::<i64>();
        let starts = std::iter::once(&0).chain(ends);
        let lengths = starts.zip(ends).map(|(start, end)| (end - start) * width);
        BinaryArray::new(OffsetBuffer::from_lengths(lengths), Buffer::from_vec(values), None)
    }

    fn load(bytes: &[u8], into: &mut Vec<i64>) {
        let (numbers, _) = bytes.as_chunks();
        into.extend(numbers.iter().map(|number| i64::from_ne_bytes(*number)));
    }
}

impl Ranked for String {
    type Plain = String;

    fn gather(
        into: &mut Gathered<String>,
        groups: &[usize],
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        each(groups, keep, |group, row| {
            if let Some(value) = String::of(&arguments[0], row) {
                into.push(group, value);
            }
        });
    }

    fn pick(values: &mut [String], wanted: &[(usize, f64)], found: impl FnMut(usize, String)) {
        pick(values, wanted, found);
    }

    fn value(plain: String, ty: Type) -> Value {
        plain.value(ty)
    }
}

/// A value with its weight, which is above 0; a row with another weight is left out.
impl<P: Plain> Ranked for (P, i64) {
    type Plain = P;

    fn gather(
        into: &mut Gathered<(P, i64)>,
        groups: &[usize],
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        each(groups, keep, |group, row| {
            let weight = arguments[1].long(row).filter(|weight| *weight > 0);
            if let Some((value, weight)) = P::of(&arguments[0], row).zip(weight) {
                into.push(group, (value, weight));
            }
        });
    }

    fn pick(values: &mut [(P, i64)], wanted: &[(usize, f64)], mut found: impl FnMut(usize, P)) {
        values.sort_unstable();
        let mut sum = 0i64;
        let ends = values.iter().map(|(_, weight)| {
            sum = sum.saturating_add(*weight);
            sum
        });
        let ends: Vec<i64> = ends.collect();
        for (slot, percent) in wanted {
            let rank = nearest_rank(*percent, sum as f64) as i64;
            let place = ends.partition_point(|end| *end < rank).min(values.len() - 1);
            found(*slot, values[place].0.clone());
        }
    }

    fn value(plain: P, ty: Type) -> Value {
        plain.value(ty)
    }
}

/// The least value such that so many percent of all are not above it, for each percentile.
fn pick<T: Ord + Clone>(values: &mut [T], wanted: &[(usize, f64)], mut found: impl FnMut(usize, T)) {
    let sorted = wanted.len() >= SORT_FROM;
    if sorted {
        values.sort_unstable();
    }
    // What stands before the last pick is not above it, so that the next is found behind.
    let mut from = 0;
    for (slot, percent) in wanted {
        let place = (nearest_rank(*percent, values.len() as f64) as usize - 1).min(values.len() - 1);
        if !sorted {
            values[from..].select_nth_unstable(place - from);
            from = place;
        }
        found(*slot, values[place].clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value_order::compare_reals;
    use proptest::prelude::*;

    const STRANGE: [f64; 6] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, f64::MIN_POSITIVE];

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![any::<f64>(), (0..STRANGE.len()).prop_map(|at| STRANGE[at])]
    }

    proptest! {
        /// Reals have the order of their keys, and come back from them.
        #[test]
        fn keys_of_reals(a in number(), b in number()) {
            let zeros = a == 0.0 && b == 0.0;
            let order = if zeros { a.total_cmp(&b) } else { compare_reals(a, b) };
            prop_assert_eq!(key(a).cmp(&key(b)), order);
            prop_assert!(real(key(a)).to_bits() == a.to_bits() || a.is_nan() && real(key(a)).is_nan());
        }
    }
}
