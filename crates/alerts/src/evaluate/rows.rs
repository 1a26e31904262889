//! Rows of answers by the names of their columns.

use super::Labels;
use crate::ask::Refused;
use crate::rule::Dimension;
use calypso_library::{Answer, Type, Value};

/// The column whose times say in which window a row is.
pub(super) const TIME_COLUMN: &str = "TimeGenerated";

/// Where a column stands.
pub(crate) fn place(answer: &Answer, name: &str) -> Option<usize> {
    answer.columns.iter().position(|column| column.name == name)
}

/// Where a column stands that the rule needs.
pub(crate) fn needed(answer: &Answer, name: &str) -> Result<usize, Refused> {
    place(answer, name).ok_or_else(|| {
        let names: Vec<&str> = answer.columns.iter().map(|column| column.name.as_str()).collect();
        Refused(format!("the query gives no column `{name}`; it gives {}", names.join(", ")))
    })
}

/// Where the column of times stands, if there is one.
pub(crate) fn time_place(answer: &Answer) -> Option<usize> {
    place(answer, TIME_COLUMN).filter(|at| answer.columns[*at].ty == Type::DateTime)
}

/// Every row, as a function of the place of a column.
pub(crate) fn each(answer: &Answer, mut see: impl FnMut(&dyn Fn(usize) -> Value)) {
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            see(&|column| match (answer.columns.get(column), batch.columns().get(column)) {
                (Some(told), Some(array)) => Value::from_array(told.ty, array.as_ref(), row),
                _ => Value::Null(Type::Dynamic),
            });
        }
    }
}

/// A number, where the value is one.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(f64::from(*number)),
        Value::Long(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Value::Decimal(_) | Value::Dynamic(_) => value.text().parse().ok(),
        Value::TimeSpan(_) | Value::DateTime(_) | Value::String(_) | Value::Guid(_) | Value::Null(_) => None,
    }
}

/// An instant, ticks.
pub(crate) fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::DateTime(ticks) => Some(*ticks),
        _ => None,
    }
}

/// The columns that tell series apart.
pub(crate) struct Keys<'a> {
    columns: Vec<(&'a Dimension, usize)>,
}

impl<'a> Keys<'a> {
    /// Those of a rule in an answer.
    pub fn new(answer: &Answer, dimensions: &'a [Dimension]) -> Result<Keys<'a>, Refused> {
        let columns = dimensions.iter().map(|one| Ok((one, needed(answer, &one.column)?)));
        Ok(Keys { columns: columns.collect::<Result<_, _>>()? })
    }

    /// The series of a row; `None` when a dimension leaves it out.
    pub fn of(&self, row: &dyn Fn(usize) -> Value) -> Option<Labels> {
        let labels = self.columns.iter().map(|(dimension, at)| {
            let text = row(*at).text();
            dimension.values.admits(&text).then(|| (dimension.column.clone(), text))
        });
        labels.collect::<Option<_>>().map(Labels)
    }
}
