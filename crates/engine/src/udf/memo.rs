//! Evaluates a call once per distinct text. Texts of one batch that were read from one place (a Parquet dictionary
//! page, an earlier result of this) share their 16-byte views, and short texts are their views: so views are compared,
//! never texts. The results share views in turn.

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::take;
use calypso_library::call::Argument;
use datafusion::error::Result;
use rustc_hash::FxHashMap;

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
    Some(once_per_value(arguments, place, &distinct, evaluate))
}

fn once_per_value(
    arguments: &[Argument],
    place: usize,
    distinct: &Distinct,
    evaluate: impl FnOnce(&[Argument], usize) -> Result<ArrayRef>,
) -> Result<ArrayRef> {
    let firsts = UInt32Array::from(distinct.firsts.clone());
    let mut few = arguments.to_vec();
    few[place].array = take(&arguments[place].array, &firsts, None)?;
    let results = evaluate(&few, firsts.len())?;
    Ok(take(&results, &UInt32Array::from(distinct.values.clone()), None)?)
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
    if rows < FEWEST_ROWS || mostly_distinct(&texts.views()[..rows.min(SAMPLE)]) {
        return None;
    }
    let most = rows / ROWS_PER_VALUE;
    let mut known: FxHashMap<(u128, bool), u32> = FxHashMap::default();
    let mut distinct = Distinct { firsts: Vec::new(), values: Vec::with_capacity(rows) };
    let mut last: Option<((u128, bool), u32)> = None;
    for (row, view) in texts.views().iter().enumerate() {
        let key = if texts.is_null(row) { (0, true) } else { (*view, false) };
        let value = match last {
            Some((same, value)) if same == key => value,
            _ => {
                let next = distinct.firsts.len() as u32;
                let value = *known.entry(key).or_insert(next);
                if value == next {
                    if distinct.firsts.len() == most {
                        return None;
                    }
                    distinct.firsts.push(row as u32);
                }
                last = Some((key, value));
                value
            }
        };
        distinct.values.push(value);
    }
    Some(distinct)
}

fn mostly_distinct(views: &[u128]) -> bool {
    let mut seen: rustc_hash::FxHashSet<u128> = rustc_hash::FxHashSet::default();
    seen.extend(views);
    seen.len() * ROWS_PER_VALUE > views.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{Int64Array, StringViewArray};
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
}
