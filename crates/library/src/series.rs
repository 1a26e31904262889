//! Series: dynamic arrays of numbers, computed with element by element. A series of whole numbers stays one where the
//! operation allows; what is no number is null.

use crate::arrays::elements;
use crate::call::{Argument, Call};
use crate::json::from_real;
use crate::value::Json;

/// The number an element holds; the texts `NaN`, `Infinity` and `-Infinity` are how JSON holds those reals.
pub fn number(element: &Json) -> Option<f64> {
    match element {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// The numbers of an array; nothing when one element is no number.
pub fn all_numbers(argument: &Argument, row: usize) -> Option<Vec<f64>> {
    elements(argument, row)?.iter().map(number).collect()
}

/// Whether an array holds whole numbers only; nulls do not count.
pub fn is_whole(elements: &[Json]) -> bool {
    elements.iter().all(|element| element.is_i64() || element.is_null())
}

/// Whether an element is missing: null, or equal to the number that stands for what is missing.
pub fn is_missing(element: &Json, missing: Option<f64>) -> bool {
    match missing {
        None => element.is_null(),
        Some(missing) => number(element).is_some_and(|value| value == missing),
    }
}

/// One side of an operation on series: an array, or a number that stands for every element.
pub enum Operand {
    /// The elements.
    Series(Vec<Json>),
    /// The number.
    Number(Json),
}

/// The operand an argument holds; nothing for null and for what is neither.
pub fn operand(argument: &Argument, row: usize) -> Option<Operand> {
    match argument.json(row)? {
        Json::Array(elements) => Some(Operand::Series(elements)),
        number @ Json::Number(_) => Some(Operand::Number(number)),
        _ => None,
    }
}

impl Operand {
    /// The length of the result: that of the longer series.
    pub fn longest(a: &Operand, b: &Operand) -> Option<usize> {
        match (a, b) {
            (Operand::Series(a), Operand::Series(b)) => Some(a.len().max(b.len())),
            (Operand::Series(one), Operand::Number(_)) | (Operand::Number(_), Operand::Series(one)) => {
                Some(one.len())
            }
            (Operand::Number(_), Operand::Number(_)) => None,
        }
    }

    fn element(&self, index: usize) -> Option<&Json> {
        match self {
            Operand::Series(elements) => elements.get(index),
            Operand::Number(number) => Some(number),
        }
    }

    /// The number at a place.
    pub fn at(&self, index: usize) -> Option<f64> {
        number(self.element(index)?)
    }

    fn whole_at(&self, index: usize) -> Option<i64> {
        self.element(index)?.as_i64()
    }

    fn is_whole(&self) -> bool {
        match self {
            Operand::Series(elements) => is_whole(elements),
            Operand::Number(number) => number.is_i64(),
        }
    }
}

/// Computes element by element; with an operation for whole numbers a series of them stays one.
pub fn each(
    argument: &Argument,
    row: usize,
    whole: Option<fn(i64) -> i64>,
    real: fn(f64) -> Option<f64>,
) -> Option<Json> {
    let elements = elements(argument, row)?;
    let whole = whole.filter(|_| is_whole(&elements));
    let compute = |element: &Json| match whole {
        Some(whole) => element.as_i64().map(|value| Json::from(whole(value))),
        None => number(element).and_then(real).map(from_real),
    };
    Some(elements.iter().map(|element| compute(element).unwrap_or(Json::Null)).collect())
}

/// Computes with the elements of the first two arguments side by side; where one lacks, the result is null.
pub fn pairs(
    call: &Call,
    row: usize,
    whole: Option<fn(i64, i64) -> i64>,
    real: fn(f64, f64) -> f64,
) -> Option<Json> {
    let (a, b) = (operand(&call[0], row)?, operand(&call[1], row)?);
    let whole = whole.filter(|_| a.is_whole() && b.is_whole());
    let compute = |index: usize| match whole {
        Some(whole) => Some(Json::from(whole(a.whole_at(index)?, b.whole_at(index)?))),
        None => Some(from_real(real(a.at(index)?, b.at(index)?))),
    };
    Some((0..Operand::longest(&a, &b)?).map(|index| compute(index).unwrap_or(Json::Null)).collect())
}

/// Compares the elements of the first two arguments side by side; where one lacks, the result is null.
pub fn compared(call: &Call, row: usize, test: fn(&f64, &f64) -> bool) -> Option<Json> {
    let (a, b) = (operand(&call[0], row)?, operand(&call[1], row)?);
    let compare = |index: usize| Some(Json::from(test(&a.at(index)?, &b.at(index)?)));
    Some((0..Operand::longest(&a, &b)?).map(|index| compare(index).unwrap_or(Json::Null)).collect())
}

#[cfg(test)]
mod tests {
    use crate::functions::find;
    use crate::trial::{d, l, text};

    #[test]
    fn odd_elements_and_lengths() {
        let add = find("series_add").expect("a function");
        assert_eq!(text(add, &[d("[1,null,\"x\"]"), d("[1,2,3,4]")]), "[2.0,null,null,null]");
        assert_eq!(text(add, &[d("[1,null]"), l(1)]), "[2,null]");
        assert_eq!(text(add, &[d("{}"), l(1)]), "");
        let divide = find("series_divide").expect("a function");
        assert_eq!(text(divide, &[d("[1,0]"), l(0)]), r#"["Infinity","NaN"]"#);
        let nan = find("series_abs").expect("a function");
        assert_eq!(text(nan, &[d(r#"["NaN",-1]"#)]), r#"["NaN",1.0]"#);
    }
}
