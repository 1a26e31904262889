//! Whole columns at a time: two arguments side by side, constants unrolled outside of the loop, null maps joined, and
//! texts looked at once per distinct value. In: arguments. Out: values and null maps for result arrays.

use crate::call::Argument;
use crate::types::Type;
use arrow::array::{Array, ArrowPrimitiveType, AsArray, StringViewArray};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::ArrowNativeType;
use rustc_hash::FxHashMap;

/// The numbers of an argument: one per row, or a single one that stands for every row.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a, T> {
    values: &'a [T],
    constant: bool,
}

impl<'a, T: ArrowNativeType> Lane<'a, T> {
    /// The numbers of an argument held as that Arrow type; those of null rows mean nothing.
    pub fn of<A: ArrowPrimitiveType<Native = T>>(argument: &'a Argument) -> Lane<'a, T> {
        let values: &[T] = argument.array.as_primitive::<A>().values();
        Lane { values, constant: argument.constant }
    }
}

impl<T: Copy> Lane<'_, T> {
    /// The number of a row.
    pub fn at(&self, row: usize) -> T {
        self.values[if self.constant { 0 } else { row }]
    }

    /// The number that stands for every row.
    pub fn constant(&self) -> Option<T> {
        if self.constant { self.values.first().copied() } else { None }
    }
}

/// One value per row from two lanes.
pub fn zip<A: Copy, B: Copy, R>(rows: usize, a: Lane<A>, b: Lane<B>, f: impl Fn(A, B) -> R) -> Vec<R> {
    match (a.constant(), b.constant()) {
        (Some(a), Some(b)) => (0..rows).map(|_| f(a, b)).collect(),
        (Some(a), None) => b.values.iter().take(rows).map(|b| f(a, *b)).collect(),
        (None, Some(b)) => a.values.iter().take(rows).map(|a| f(*a, b)).collect(),
        (None, None) => a.values.iter().zip(b.values).take(rows).map(|(a, b)| f(*a, *b)).collect(),
    }
}

/// One bit per row from two lanes.
pub fn zip_bits<A: Copy, B: Copy>(
    rows: usize,
    a: Lane<A>,
    b: Lane<B>,
    f: impl Fn(A, B) -> bool,
) -> BooleanBuffer {
    match (a.constant(), b.constant()) {
        (Some(a), Some(b)) => BooleanBuffer::collect_bool(rows, |_| f(a, b)),
        (Some(a), None) => BooleanBuffer::collect_bool(rows, |row| f(a, b.values[row])),
        (None, Some(b)) => BooleanBuffer::collect_bool(rows, |row| f(a.values[row], b)),
        (None, None) => BooleanBuffer::collect_bool(rows, |row| f(a.values[row], b.values[row])),
    }
}

/// Which rows of an argument hold a value; `None` when all do. A string always does.
pub fn nulls(argument: &Argument, rows: usize) -> Option<NullBuffer> {
    if argument.ty == Type::String || argument.array.null_count() == 0 {
        return None;
    }
    if argument.constant { Some(NullBuffer::new_null(rows)) } else { argument.array.nulls().cloned() }
}

/// Which rows hold a value in every argument.
pub fn all_valid(arguments: &[Argument], rows: usize) -> Option<NullBuffer> {
    arguments
        .iter()
        .fold(None, |known, argument| NullBuffer::union(known.as_ref(), nulls(argument, rows).as_ref()))
}

/// How many rows are looked at before a store of seen texts is kept or given up.
const TRIAL: usize = 512;

/// Calls `each` with the result of `f` for every row in order; `f` is called once per distinct text while texts repeat. Equal
/// views are the same text; the same text at two places of memory may count as two.
pub fn once_per_text<R: Clone>(
    views: &[u128],
    mut f: impl FnMut(usize) -> R,
    mut each: impl FnMut(usize, R),
) {
    let mut seen: FxHashMap<u128, R> = FxHashMap::default();
    let mut rows = views.iter().enumerate();
    for (row, view) in rows.by_ref().take(TRIAL) {
        each(row, seen.entry(*view).or_insert_with(|| f(row)).clone());
    }
    let keep = seen.len() <= TRIAL / 2;
    for (row, view) in rows {
        if !keep {
            each(row, f(row));
            continue;
        }
        match seen.get(view) {
            Some(known) => each(row, known.clone()),
            None => {
                let result = f(row);
                if seen.len() < 4 * TRIAL {
                    seen.insert(*view, result.clone());
                }
                each(row, result);
            }
        }
    }
}

/// One bit per row of a text column without nulls.
pub fn text_bits(texts: &StringViewArray, test: impl Fn(&str) -> bool) -> BooleanBuffer {
    let mut bits = Vec::with_capacity(texts.len());
    once_per_text(texts.views(), |row| test(texts.value(row)), |_, bit| bits.push(bit));
    BooleanBuffer::from(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_texts_are_looked_at_once() {
        let texts =
            StringViewArray::from_iter_values((0..5000).map(|i| format!("a text of some length {}", i % 7)));
        let calls = std::cell::Cell::new(0);
        let bits = text_bits(&texts, |text| {
            calls.set(calls.get() + 1);
            text.ends_with('3')
        });
        assert_eq!(bits.count_set_bits(), (0..5000).filter(|i| i % 7 == 3).count());
        assert!(calls.get() <= 5000);
        let unique =
            StringViewArray::from_iter_values((0..5000).map(|i| format!("a text of some length {i}")));
        assert_eq!(text_bits(&unique, |text| text.ends_with("99")).count_set_bits(), 50);
    }
}
