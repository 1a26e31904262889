//! What the row of a group shows of the rows below it. In: an aggregation, a column and the rows. Out: one value.

use super::number::measure;
use super::rows::Rows;
use super::sort::value_order;
use crate::model::Aggregation;
use calypso_library::Value;
use calypso_view::text::value_text;
use std::collections::HashSet;

/// The value of a column for those rows; null where there is none to show.
pub fn aggregate(aggregation: Aggregation, rows: &Rows, column: usize, members: &[usize]) -> Value {
    let absent = || Value::absent(rows.ty(column));
    let values = || members.iter().map(|row| rows.value(column, *row));
    let known = || values().filter(|value| !value.is_null() && *value != Value::String(String::new()));
    let numbers = || values().filter_map(|value| measure(&value));
    match aggregation {
        Aggregation::None => absent(),
        Aggregation::Count => Value::Long(members.len() as i64),
        Aggregation::Unique => {
            Value::Long(values().map(|value| value_text(&value)).collect::<HashSet<String>>().len() as i64)
        }
        Aggregation::Sum => match known().try_fold(0i64, whole_sum) {
            Some(sum) => Value::Long(sum),
            None => real(numbers().reduce(|sum, number| sum + number)).unwrap_or_else(absent),
        },
        Aggregation::Average => {
            let count = numbers().count().max(1) as f64;
            real(numbers().reduce(|sum, number| sum + number).map(|sum| sum / count)).unwrap_or_else(absent)
        }
        Aggregation::Min => known().min_by(value_order).unwrap_or_else(absent),
        Aggregation::Max => known().max_by(value_order).unwrap_or_else(absent),
        // A group has no row of its own: what all of its rows have is its value.
        Aggregation::Inherit => {
            let first = values().next().unwrap_or_else(absent);
            if values().all(|value| value == first) { first } else { absent() }
        }
    }
}

fn real(number: Option<f64>) -> Option<Value> {
    number.map(Value::Real)
}

/// The sum of whole numbers; none where one is not whole or the sum is too large.
fn whole_sum(sum: i64, value: Value) -> Option<i64> {
    match value {
        Value::Int(number) => sum.checked_add(i64::from(number)),
        Value::Long(number) => sum.checked_add(number),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{answer, s};
    use calypso_library::Type;

    #[test]
    fn every_aggregation() {
        let long = Value::Long;
        let answer = answer(
            &[("N", Type::Long), ("T", Type::String), ("Same", Type::String)],
            &[
                vec![long(5), s("b"), s("x")],
                vec![Value::Null(Type::Long), s(""), s("x")],
                vec![long(-2), s("a"), s("x")],
                vec![long(i64::MAX), s("10"), s("x")],
            ],
        );
        let rows = Rows::of(&answer);
        let of = |aggregation, column| aggregate(aggregation, &rows, column, &[0, 1, 2]);
        assert_eq!(of(Aggregation::Sum, 0), long(3));
        assert_eq!(of(Aggregation::Count, 0), long(3));
        assert_eq!(of(Aggregation::Unique, 1), long(3));
        assert_eq!(of(Aggregation::Min, 0), long(-2));
        assert_eq!(of(Aggregation::Max, 0), long(5));
        assert_eq!(of(Aggregation::Min, 1), s("a"));
        assert_eq!(of(Aggregation::Average, 0), Value::Real(1.5));
        assert_eq!(of(Aggregation::Inherit, 0), Value::Null(Type::Long));
        assert_eq!(of(Aggregation::Inherit, 2), s("x"));
        assert_eq!(of(Aggregation::None, 2), s(""));
        assert_eq!(of(Aggregation::Average, 2), s(""));
        assert_eq!(aggregate(Aggregation::Sum, &rows, 0, &[0, 3]), Value::Real(i64::MAX as f64 + 5.0));
        assert_eq!(aggregate(Aggregation::Max, &rows, 0, &[]), Value::Null(Type::Long));
    }
}
