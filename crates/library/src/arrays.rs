//! Elements of dynamic arrays: reading them, when two are the same, and their order.

use crate::call::{Argument, Call};
use crate::function::{ArgumentInfo, Overload};
use crate::types::Type;
use crate::value::Json;
use std::borrow::Cow;
use std::cmp::Ordering;

/// The elements of an array; nothing for null and for what is no array.
pub fn elements(argument: &Argument, row: usize) -> Option<Vec<Json>> {
    match argument.json(row) {
        Some(Json::Array(elements)) => Some(elements),
        _ => None,
    }
}

/// The arrays of an argument row by row; the array of a constant is read once.
pub struct Arrays<'a> {
    argument: &'a Argument,
    fixed: Option<Option<Vec<Json>>>,
}

impl<'a> Arrays<'a> {
    /// Prepares an argument.
    pub fn new(argument: &'a Argument) -> Arrays<'a> {
        let fixed = argument.constant.then(|| elements(argument, 0));
        Arrays { argument, fixed }
    }

    /// The elements at a row; nothing for null and for what is no array.
    pub fn at(&self, row: usize) -> Option<Cow<'_, [Json]>> {
        match &self.fixed {
            Some(fixed) => fixed.as_deref().map(Cow::Borrowed),
            None => elements(self.argument, row).map(Cow::Owned),
        }
    }
}

/// Whether two elements are the same: numbers by value, all else as written.
pub fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => number_order(a, b) == Ordering::Equal,
        _ => a == b,
    }
}

/// A text that is equal for the elements that are the same, for sets.
pub fn key(element: &Json) -> String {
    match element {
        Json::Number(number) => match number.as_f64() {
            Some(real) if number.is_f64() && real.fract() == 0.0 && real.abs() < 9e15 => {
                (real as i64).to_string()
            }
            _ => number.to_string(),
        },
        Json::Null | Json::Bool(_) | Json::String(_) | Json::Array(_) | Json::Object(_) => {
            element.to_string()
        }
    }
}

/// The order of elements: numbers, then texts, then all else (kept as it stands).
pub fn order(a: &Json, b: &Json) -> Ordering {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => number_order(a, b),
        (Json::String(a), Json::String(b)) => a.cmp(b),
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The place of an element's kind in the order.
fn rank(element: &Json) -> u8 {
    match element {
        Json::Number(_) => 0,
        Json::String(_) => 1,
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => 2,
    }
}

/// Integers compare exactly, anything else as reals.
fn number_order(a: &serde_json::Number, b: &serde_json::Number) -> Ordering {
    match (a.as_i64(), b.as_i64()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().unwrap_or(f64::NAN).total_cmp(&b.as_f64().unwrap_or(f64::NAN)),
    }
}

/// A sorted array, nulls at the end asked for.
pub fn sorted(elements: Vec<Json>, descending: bool, nulls_last: bool) -> Vec<Json> {
    let (mut nulls, mut rest): (Vec<Json>, Vec<Json>) = elements.into_iter().partition(Json::is_null);
    if descending {
        rest.sort_by(|a, b| order(b, a));
    } else {
        rest.sort_by(order);
    }
    if nulls_last {
        rest.append(&mut nulls);
        return rest;
    }
    nulls.append(&mut rest);
    nulls
}

/// The arrays of a call that sorts by its first one, the others following; an array of another length gives null. A last
/// bool says whether nulls come last. With one array the result is that array, else an array of all.
pub fn sorted_together(call: &Call, row: usize, descending: bool) -> Option<Json> {
    let arguments = call.arguments;
    let last = arguments.last().filter(|last| arguments.len() > 1 && last.ty == Type::Bool);
    let nulls_last = last.and_then(|last| last.bool(row)).unwrap_or(true);
    let count = arguments.len() - usize::from(last.is_some());
    let Some(first) = elements(&arguments[0], row) else {
        return (count > 1).then(|| Json::Array(vec![Json::Null; count]));
    };
    if count == 1 {
        return Some(Json::Array(sorted(first, descending, nulls_last)));
    }
    let mut places: Vec<usize> = (0..first.len()).collect();
    places.sort_by(|a, b| {
        let (a, b) = (&first[*a], &first[*b]);
        match (a.is_null(), b.is_null()) {
            (false, false) if descending => order(b, a),
            (false, false) => order(a, b),
            (a, b) if nulls_last => a.cmp(&b),
            (a, b) => b.cmp(&a),
        }
    });
    let follow = |argument: &Argument| match elements(argument, row) {
        Some(array) if array.len() == places.len() => {
            Json::Array(places.iter().map(|place| array[*place].clone()).collect())
        }
        Some(_) | None => Json::Null,
    };
    Some(Json::Array(arguments[..count].iter().map(follow).collect()))
}

/// The types of a call that sorts arrays together: dynamic ones, then perhaps a bool.
pub fn sorting_overload(infos: &[ArgumentInfo]) -> Option<Overload> {
    if infos.is_empty() {
        return None;
    }
    let mut arguments = vec![Type::Dynamic; infos.len()];
    if infos.len() > 1 && infos.last()?.ty == Type::Bool {
        *arguments.last_mut()? = Type::Bool;
    }
    let all = infos.iter().zip(&arguments).all(|(info, ty)| info.ty == *ty);
    all.then_some(Overload { arguments, returns: Type::Dynamic })
}

/// The place an index names: negative ones count from the end. It may lie outside of the array.
pub fn place(index: i64, length: usize) -> i64 {
    if index < 0 { index.saturating_add(length as i64) } else { index }
}

/// The array moved to the left (to the right for a negative number), its free places filled.
pub fn shifted(array: &Argument, count: i64, fill: Option<&Argument>, row: usize) -> Option<Json> {
    let elements = elements(array, row)?;
    let fill = fill.and_then(|fill| fill.json(row)).unwrap_or(Json::Null);
    let at = |index: usize| {
        let from = usize::try_from(count.checked_add(index as i64)?).ok()?;
        elements.get(from).cloned()
    };
    Some((0..elements.len()).map(|index| at(index).unwrap_or_else(|| fill.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_by_value() {
        assert!(same(&json!(1), &json!(1.0)));
        assert!(!same(&json!(1), &json!("1")));
        assert_eq!(key(&json!(1.0)), key(&json!(1)));
        assert_eq!(
            order(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992_i64)),
            Ordering::Greater
        );
        assert_eq!(
            sorted(vec![json!("a"), json!(2), json!(null), json!(1.5)], false, true),
            [json!(1.5), json!(2), json!("a"), json!(null)]
        );
    }
}
