//! Evaluates a call once per distinct text. Texts of one batch that were read from one place (a Parquet dictionary
//! page, an earlier result of this) share their 16-byte views, and short texts are their views: so views are compared,
//! never texts. The results share views in turn.

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray, UInt32Array};
use arrow::compute::take;
use calypso_library::call::Argument;
use datafusion::error::Result;

/// Fewer rows are evaluated as they are.
const FEWEST_ROWS: usize = 64;
/// So many rows are looked at before all are.
const SAMPLE: usize = 512;
/// Worth it when at most one row in so many is new.
const ROWS_PER_VALUE: usize = 4;

/// Evaluates once per distinct text when exactly one argument varies, is text, and repeats; else `None`.
pub(super) fn evaluate(
    arguments: &[Argument],
    evaluate: impl FnOnce(&[Argument], usize) -> Result<ArrayRef>,
) -> Option<Result<ArrayRef>> {
    let mut varying = arguments.iter().enumerate().filter(|(_, argument)| !argument.constant);
    let (place, text) = varying.next()?;
    if varying.next().is_some() {
        return None;
    }
    let distinct = distinct(&text.array)?;
    Some(once_per_value(arguments, place, distinct, evaluate))
}

fn once_per_value(
    arguments: &[Argument],
    place: usize,
    distinct: Distinct,
    evaluate: impl FnOnce(&[Argument], usize) -> Result<ArrayRef>,
) -> Result<ArrayRef> {
    let firsts = UInt32Array::from(distinct.firsts);
    let mut few = arguments.to_vec();
    few[place].array = take(&arguments[place].array, &firsts, None)?;
    let results = evaluate(&few, firsts.len())?;
    Ok(take(&results, &UInt32Array::from(distinct.values), None)?)
}

/// The distinct values of an array.
pub(crate) struct Distinct {
    /// The first row of each value.
    pub firsts: Vec<u32>,
    /// Which value each row has.
    pub values: Vec<u32>,
}

/// The distinct views of a text array; `None` when they hardly repeat.
pub(crate) fn distinct(array: &ArrayRef) -> Option<Distinct> {
    let texts = array.as_string_view_opt()?;
    let rows = texts.len();
    if rows < FEWEST_ROWS {
        return None;
    }
    let sample = rows.min(SAMPLE);
    if rows > sample && numbered(&texts.slice(0, sample)).firsts.len() * ROWS_PER_VALUE > sample {
        return None;
    }
    let distinct = numbered(texts);
    (distinct.firsts.len() * ROWS_PER_VALUE <= rows).then_some(distinct)
}

/// The distinct views of texts, however many.
pub(crate) fn numbered(texts: &StringViewArray) -> Distinct {
    let mut numbers = Numbers::new();
    let mut null = None;
    let mut distinct = Distinct { firsts: Vec::new(), values: Vec::with_capacity(texts.len()) };
    for (row, view) in texts.views().iter().enumerate() {
        let next = distinct.firsts.len() as u32;
        let value = if texts.is_null(row) { *null.get_or_insert(next) } else { numbers.of(*view, next) };
        if value == next {
            distinct.firsts.push(row as u32);
        }
        distinct.values.push(value);
    }
    distinct
}

/// Numbers of views: a table of twice as many slots as it may hold, found by hash and then one after another.
struct Numbers {
    /// A view and its number, or `FREE`.
    slots: Vec<(u128, u32)>,
    held: usize,
    /// The view met last, since runs are frequent.
    last: Option<(u128, u32)>,
}

/// Slots to begin with; a power of two.
const SLOTS: usize = 256;
/// The number of a slot that holds none.
const FREE: u32 = u32::MAX;

impl Numbers {
    fn new() -> Numbers {
        Numbers { slots: vec![(0, FREE); SLOTS], held: 0, last: None }
    }

    /// The number of a view; `next` when it is new.
    fn of(&mut self, view: u128, next: u32) -> u32 {
        if let Some((last, number)) = self.last
            && last == view
        {
            return number;
        }
        let number = self.find(view, next);
        self.last = Some((view, number));
        number
    }

    fn find(&mut self, view: u128, next: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = hash(view) & mask;
        while self.slots[at].1 != FREE {
            if self.slots[at].0 == view {
                return self.slots[at].1;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = (view, next);
        self.held += 1;
        if self.held * 2 > self.slots.len() {
            self.grow();
        }
        next
    }

    fn grow(&mut self) {
        let slots = vec![(0, FREE); self.slots.len() * 2];
        let mask = slots.len() - 1;
        let held = std::mem::replace(&mut self.slots, slots).into_iter().filter(|slot| slot.1 != FREE);
        for (view, number) in held {
            let mut at = hash(view) & mask;
            while self.slots[at].1 != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = (view, number);
        }
    }
}

/// Views differ in the prefix of their text or in where it stands.
fn hash(view: u128) -> usize {
    let folded = view as u64 ^ ((view >> 64) as u64).rotate_left(32);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Int64Array;
    use calypso_library::Type;
    use std::sync::Arc;

    fn lengths(texts: StringViewArray) -> Option<(ArrayRef, usize)> {
        let mut evaluated = 0;
        let argument = Argument::rows(Type::String, Arc::new(texts));
        let result = evaluate(&[argument], |few, rows| {
            evaluated = rows;
            let lengths = (0..rows).map(|row| few[0].raw(row).len() as i64);
            Ok(Arc::new(Int64Array::from_iter_values(lengths)))
        });
        result.map(|array| (array.expect("lengths"), evaluated))
    }

    #[test]
    fn repeated_texts_are_evaluated_once() {
        let texts = (0..1000).map(|row| ["a", "bb", "ccc"][row % 3]);
        let (array, evaluated) = lengths(StringViewArray::from_iter_values(texts)).expect("repeats");
        assert_eq!(evaluated, 3);
        let expected = (0..1000).map(|row| (row % 3) as i64 + 1);
        assert_eq!(array.as_ref(), &Int64Array::from_iter_values(expected));
    }

    #[test]
    fn null_is_a_value_of_its_own() {
        let texts = (0..128).map(|row| (row % 2 == 0).then_some("")).collect::<StringViewArray>();
        assert_eq!(lengths(texts).expect("repeats").1, 2);
    }

    #[test]
    fn distinct_texts_are_left_alone() {
        let texts = StringViewArray::from_iter_values((0..1000).map(|row| row.to_string()));
        assert!(lengths(texts).is_none());
    }

    #[test]
    fn numbers_are_those_of_the_texts() {
        for (rows, kinds) in [(64, 8), (2000, 400), (8192, 3), (8192, 500), (100, 26)] {
            // Equal texts at one place of memory, as a dictionary gives them; one of them is null.
            let held = (0..kinds).map(|kind| (kind != 1).then(|| format!("{kind:>20}")));
            let held = held.collect::<StringViewArray>();
            let kind = |row: usize| row * row % kinds;
            let places = (0..rows).map(|row| kind(row) as u32);
            let shared = take(&held, &UInt32Array::from_iter_values(places), None).expect("rows");
            let few = distinct(&shared).expect("texts repeat");
            assert_eq!(few.values.len(), rows);
            for (row, value) in few.values.iter().enumerate() {
                assert_eq!(kind(few.firsts[*value as usize] as usize), kind(row), "{rows} {kinds}");
            }
            let kinds = (0..rows).map(kind).collect::<std::collections::HashSet<_>>();
            assert_eq!(few.firsts.len(), kinds.len());
        }
    }
}
