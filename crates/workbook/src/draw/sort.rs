//! The order of rows by the values of columns. In: rows and the wish. Out: the numbers of the rows in that order; rows
//! that are equal stay as they were. Texts are told apart without regard to case first.

use super::columns::meant;
use super::number::measure;
use super::rows::Rows;
use crate::model::Sort;
use calypso_library::value_order::{compare, compare_reals};
use calypso_library::{Type, Value};
use std::cmp::Ordering;

/// The rows in order.
pub fn sorted(rows: &Rows, wish: &[Sort]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.count()).collect();
    let keys: Vec<(Keys, bool)> =
        wish.iter().filter_map(|one| Some((keys(rows, meant(rows, &one.column)?), one.descending))).collect();
    if keys.is_empty() {
        return order;
    }
    order.sort_by(|a, b| {
        let mut orders = keys.iter().map(|(keys, descending)| {
            let order = keys.compare(*a, *b);
            if *descending { order.reverse() } else { order }
        });
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    order
}

/// The values of a column in a form that is quickly compared.
enum Keys {
    /// Null before all.
    Numbers(Vec<Option<f64>>),
    Texts(Vec<(String, String)>),
    Values(Vec<Value>),
}

impl Keys {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        match self {
            Keys::Numbers(keys) => match (keys[a], keys[b]) {
                (Some(a), Some(b)) => compare_reals(a, b),
                (a, b) => a.is_some().cmp(&b.is_some()),
            },
            Keys::Texts(keys) => keys[a].cmp(&keys[b]),
            Keys::Values(keys) => compare(&keys[a], &keys[b]),
        }
    }
}

fn keys(rows: &Rows, column: usize) -> Keys {
    let values = (0..rows.count()).map(|row| rows.value(column, row));
    let texts = |text: String| (text.to_lowercase(), text);
    match rows.ty(column) {
        Type::Int | Type::Real => Keys::Numbers(values.map(|value| measure(&value)).collect()),
        Type::String | Type::Guid => Keys::Texts(values.map(|value| texts(value.text())).collect()),
        Type::Dynamic => {
            let values: Vec<Value> = values.collect();
            let numbers = values.iter().all(|value| value.is_null() || measure(value).is_some());
            match numbers {
                true => Keys::Numbers(values.iter().map(measure).collect()),
                false => Keys::Texts(values.iter().map(|value| texts(value.text())).collect()),
            }
        }
        Type::Bool | Type::Long | Type::Decimal | Type::DateTime | Type::TimeSpan => {
            Keys::Values(values.collect())
        }
    }
}

/// Two values in the order of a column.
pub fn value_order(a: &Value, b: &Value) -> Ordering {
    match (measure(a), measure(b)) {
        (Some(a), Some(b)) => compare_reals(a, b),
        _ if a.ty() == Type::String => {
            let (a, b) = (a.text(), b.text());
            a.to_lowercase().cmp(&b.to_lowercase()).then_with(|| a.cmp(&b))
        }
        _ => compare(a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{answer, s};
    use serde_json::json;

    fn by(column: &str, descending: bool) -> Sort {
        Sort { column: column.into(), descending }
    }

    #[test]
    fn several_columns_of_every_kind() {
        let real = Value::Real;
        let answer = answer(
            &[("Text", Type::String), ("Real", Type::Real), ("Any", Type::Dynamic)],
            &[
                vec![s("b"), real(2.0), Value::Dynamic(json!(10))],
                vec![s("A"), real(f64::NAN), Value::Dynamic(json!("9"))],
                vec![s("a"), Value::Null(Type::Real), Value::Null(Type::Dynamic)],
                vec![s("B"), real(f64::NEG_INFINITY), Value::Dynamic(json!(-1))],
                vec![s("b"), real(-3.0), Value::Dynamic(json!(2))],
            ],
        );
        let rows = Rows::of(&answer);
        assert_eq!(sorted(&rows, &[]), [0, 1, 2, 3, 4]);
        assert_eq!(sorted(&rows, &[by("no", true)]), [0, 1, 2, 3, 4]);
        assert_eq!(sorted(&rows, &[by("Text", false)]), [1, 2, 3, 0, 4]);
        assert_eq!(sorted(&rows, &[by("$gen_bar_Text_0", false), by("Real", false)]), [1, 2, 3, 4, 0]);
        assert_eq!(sorted(&rows, &[by("Real", false)]), [2, 1, 3, 4, 0]);
        assert_eq!(sorted(&rows, &[by("Real", true)]), [0, 4, 3, 1, 2]);
        assert_eq!(sorted(&rows, &[by("Any", false)]), [2, 3, 4, 1, 0]);
    }
}
