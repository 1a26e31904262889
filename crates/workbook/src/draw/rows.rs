//! The rows of an answer by their number, over all of its batches. In: an answer. Out: values, made only where they
//! are asked for.

use calypso_library::{Answer, Type, Value};
use calypso_view::text::value_text;

/// The columns of one row by name.
pub trait RowText {
    /// The value of a column; none where there is no such column.
    fn value(&self, column: &str) -> Option<Value>;
    /// Names and texts of all columns.
    fn all(&self) -> Vec<(String, String)>;

    /// The text of a column; none where there is no such column.
    fn text(&self, column: &str) -> Option<String> {
        self.value(column).map(|value| value_text(&value))
    }
}

/// The rows of an answer.
pub struct Rows<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// Batch and row within it of each row.
    places: Vec<(usize, usize)>,
}

impl<'a> Rows<'a> {
    /// All rows, in the answer's order.
    pub fn of(answer: &'a Answer) -> Rows<'a> {
        let batches = answer.batches.iter().enumerate();
        let places = batches.flat_map(|(at, batch)| (0..batch.num_rows()).map(move |row| (at, row)));
        Rows { answer, places: places.collect() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The place of the column of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.answer.columns.iter().position(|column| column.name == name)
    }

    /// The type of the column at that place.
    pub fn ty(&self, column: usize) -> Type {
        self.answer.columns[column].ty
    }

    /// The value of a row in the column at that place.
    pub fn value(&self, column: usize, row: usize) -> Value {
        let (batch, at) = self.places[row];
        Value::from_array(self.ty(column), self.answer.batches[batch].column(column), at)
    }

    /// One row, its columns by name.
    pub fn row(&'a self, row: usize) -> OneRow<'a> {
        OneRow { rows: self, row }
    }
}

/// One row of an answer.
pub struct OneRow<'a> {
    rows: &'a Rows<'a>,
    row: usize,
}

impl RowText for OneRow<'_> {
    fn value(&self, column: &str) -> Option<Value> {
        Some(self.rows.value(self.rows.column(column)?, self.row))
    }

    fn all(&self) -> Vec<(String, String)> {
        let columns = self.rows.answer.columns.iter().enumerate();
        columns.map(|(at, one)| (one.name.clone(), value_text(&self.rows.value(at, self.row)))).collect()
    }
}
