//! Rows become the columns of a table, as the engine holds them.
//!
//! In: cells in column order. Out: a record batch. Columns in which texts repeat share one copy of each text, so that
//! equal texts also have equal views and are parsed once by whoever reads them.

use arrow::array::{ArrayRef, Int64Builder, StringViewBuilder};
use arrow::datatypes::{Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Type};
use std::sync::Arc;

/// Rows in one batch of a table at most.
pub const BATCH_ROWS: usize = 65_536;

/// One cell of a row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cell<'a> {
    /// A string, or JSON text of a dynamic.
    Text(&'a str),
    /// A long, or the ticks of a datetime.
    Long(i64),
    /// Null; in a string column the empty string.
    Absent,
}

impl Cell<'_> {
    /// A number that may be absent.
    pub fn long(value: Option<i64>) -> Cell<'static> {
        value.map_or(Cell::Absent, Cell::Long)
    }
}

enum Cells {
    Text(StringViewBuilder),
    Json(StringViewBuilder),
    Long(Int64Builder),
}

/// Collects rows of string, dynamic, long and datetime columns.
pub struct TableBuilder {
    schema: SchemaRef,
    cells: Vec<Cells>,
    rows: usize,
    bytes: usize,
}

impl TableBuilder {
    /// An empty builder. `unique` names the columns whose long texts hardly repeat; they are not compared.
    pub fn new(columns: &[Column], unique: &[&str]) -> TableBuilder {
        let cells = columns
            .iter()
            .map(|column| {
                let mut text = StringViewBuilder::new();
                if !unique.contains(&column.name.as_str()) {
                    text = text.with_deduplicate_strings();
                }
                match column.ty {
                    Type::Long | Type::DateTime | Type::TimeSpan => Cells::Long(Int64Builder::new()),
                    Type::String => Cells::Text(text),
                    Type::Dynamic | Type::Guid | Type::Bool | Type::Int | Type::Real | Type::Decimal => {
                        Cells::Json(text)
                    }
                }
            })
            .collect();
        TableBuilder { schema: schema(columns), cells, rows: 0, bytes: 0 }
    }

    /// Rows appended since the last `finish`.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of the texts appended since the last `finish`, repeated ones included.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Appends a row; cells of the wrong kind and missing ones are absent.
    pub fn append(&mut self, row: &[Cell<'_>]) {
        for (index, cells) in self.cells.iter_mut().enumerate() {
            let cell = row.get(index).copied().unwrap_or(Cell::Absent);
            if let Cell::Text(text) = cell {
                self.bytes += text.len();
            }
            match (cells, cell) {
                (Cells::Text(builder) | Cells::Json(builder), Cell::Text(text)) => builder.append_value(text),
                (Cells::Text(builder), Cell::Long(_) | Cell::Absent) => builder.append_value(""),
                (Cells::Json(builder), Cell::Long(_) | Cell::Absent) => builder.append_null(),
                (Cells::Long(builder), Cell::Long(value)) => builder.append_value(value),
                (Cells::Long(builder), Cell::Text(_) | Cell::Absent) => builder.append_null(),
            }
        }
        self.rows += 1;
    }

    /// The rows so far as one batch; the builder is empty again.
    pub fn finish(&mut self) -> RecordBatch {
        let arrays: Vec<ArrayRef> = self
            .cells
            .iter_mut()
            .map(|cells| match cells {
                Cells::Text(builder) | Cells::Json(builder) => Arc::new(builder.finish()) as ArrayRef,
                Cells::Long(builder) => Arc::new(builder.finish()) as ArrayRef,
            })
            .collect();
        (self.rows, self.bytes) = (0, 0);
        RecordBatch::try_new(self.schema.clone(), arrays).expect("every builder got every row")
    }
}

/// The Arrow schema of columns as the engine holds them.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(&column.name, column.ty.arrow(), column.ty != Type::String);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// Cuts batches so that none has more rows than `BATCH_ROWS`; empty ones are left out.
pub fn split(batches: Vec<RecordBatch>) -> Vec<RecordBatch> {
    let mut parts = Vec::new();
    for batch in batches {
        for start in (0..batch.num_rows()).step_by(BATCH_ROWS) {
            parts.push(batch.slice(start, BATCH_ROWS.min(batch.num_rows() - start)));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::AsArray;

    #[test]
    fn equal_texts_share_a_view() {
        let columns = [Column::new("a", Type::String), Column::new("t", Type::DateTime)];
        let mut builder = TableBuilder::new(&columns, &[]);
        for n in 0..3 {
            builder.append(&[Cell::Text("a text longer than twelve bytes"), Cell::Long(n)]);
        }
        builder.append(&[]);
        let batch = builder.finish();
        let views = batch.column(0).as_string_view().views();
        assert!(views[0] == views[1] && views[1] == views[2]);
        assert_eq!(batch.column(0).null_count(), 0);
        assert_eq!(batch.column(1).null_count(), 1);
        assert_eq!(split(vec![batch]).len(), 1);
    }
}
