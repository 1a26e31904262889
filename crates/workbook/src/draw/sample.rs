//! Small answers and surroundings for the tests of drawings.

use super::Surroundings;
use super::rows::RowText;
use crate::model::{Formatter, FormatterKind};
use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use calypso_library::{Answer, Column, Type, Value};
use calypso_view::text::value_text;
use std::sync::Arc;

/// Surroundings in which `Job` is `j`.
#[derive(Default)]
pub struct Around {
    /// What the reader gave; none: `Job` and `Status`.
    pub given: Option<Vec<(String, String)>>,
}

impl Surroundings for Around {
    fn words(&self, text: &str) -> String {
        text.replace("{Job}", "j")
    }

    fn key(&self, parameter: &str) -> String {
        if parameter == "Again" { "Again~2".into() } else { parameter.into() }
    }

    fn value(&self, parameter: &str) -> Option<String> {
        (parameter == "Job").then(|| "j".into())
    }

    fn given(&self) -> &[(String, String)] {
        self.given.as_deref().unwrap_or_default()
    }

    fn passed(&self) -> Vec<(String, String)> {
        vec![("Job".into(), "j".into()), ("Status".into(), "Failure".into())]
    }

    fn workbook(&self, template: &str) -> Option<String> {
        (template == "known").then(|| "the-known".into())
    }

    fn item(&self, name: &str) -> Option<String> {
        (name == "details").then(|| "4.2".into())
    }
}

/// A row of its own.
pub struct Row(pub Vec<(&'static str, Value)>);

impl RowText for Row {
    fn value(&self, column: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| *name == column).map(|(_, value)| value.clone())
    }

    fn all(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(name, value)| (name.to_string(), value_text(value))).collect()
    }
}

/// A formatter of a column.
pub fn formatter(column: &str, kind: FormatterKind) -> Formatter {
    Formatter { column: column.into(), kind, ..Formatter::default() }
}

/// An answer of those columns and rows, in batches of at most two rows.
pub fn answer(columns: &[(&str, Type)], rows: &[Vec<Value>]) -> Answer {
    let fields: Vec<Field> = columns.iter().map(|(name, ty)| Field::new(*name, ty.arrow(), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let batch = |rows: &[Vec<Value>]| {
        let arrays: Vec<ArrayRef> = columns
            .iter()
            .enumerate()
            .map(|(at, (_, ty))| Value::to_array(*ty, rows.iter().map(|row| row[at].clone())))
            .collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        RecordBatch::try_new_with_options(schema.clone(), arrays, &options).unwrap()
    };
    Answer {
        columns: columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect(),
        batches: rows.chunks(2).map(batch).collect(),
        name: None,
        visualization: None,
    }
}

/// A string.
pub fn s(text: &str) -> Value {
    Value::String(text.to_owned())
}
