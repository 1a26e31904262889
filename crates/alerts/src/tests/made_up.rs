//! Rows made up for a test, asked with the few words that these tests' queries have.

use crate::ask::{Ask, Question, Refused};
use arrow::record_batch::RecordBatch;
use calypso_library::{Answer, Column, Type, Value};
use std::sync::Arc;

pub const MINUTE: i64 = 600_000_000;

/// A row: its time in minutes, its job, a number.
#[derive(Clone, Debug)]
pub struct Row(pub i64, pub &'static str, pub Option<i64>);

/// The rows of `T`, given for `T`, and for `T | where Job == "x"`; their times left out for `no times`.
pub struct Rows(pub Vec<Row>);

impl Ask for Rows {
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let text = question.text;
        if text.contains("refused") {
            return Err(Refused("there is no such table".to_owned()));
        }
        let seen = self.0.iter().filter(|row| {
            let at = row.0 * MINUTE;
            question.range.is_none_or(|range| range.after < at && at <= range.until)
                && (!text.contains("only x") || row.1 == "x")
        });
        let seen: Vec<&Row> = seen.collect();
        if text.contains("summarize First") {
            let mut first: Vec<(&str, i64)> = Vec::new();
            for row in seen {
                if first.iter().all(|(job, _)| *job != row.1) {
                    first.push((row.1, row.0));
                }
            }
            let jobs = first.iter().map(|(job, _)| Value::String((*job).to_owned())).collect();
            let times = first.iter().map(|(_, at)| Value::DateTime(at * MINUTE)).collect();
            return Ok(answer(vec![("Job", Type::String, jobs), ("First", Type::DateTime, times)]));
        }
        let times = seen.iter().map(|row| Value::DateTime(row.0 * MINUTE)).collect();
        let jobs = seen.iter().map(|row| Value::String(row.1.to_owned())).collect();
        let numbers = seen.iter().map(|row| row.2.map_or(Value::Null(Type::Long), Value::Long)).collect();
        let mut columns = vec![
            ("TimeGenerated", Type::DateTime, times),
            ("Job", Type::String, jobs),
            ("N", Type::Long, numbers),
        ];
        if text.contains("no times") {
            columns.remove(0);
        }
        Ok(answer(columns))
    }
}

/// An answer of these columns.
pub fn answer(columns: Vec<(&str, Type, Vec<Value>)>) -> Answer {
    let arrays =
        columns.iter().map(|(name, ty, values)| (*name, Value::to_array(*ty, values.iter().cloned())));
    let batch =
        RecordBatch::try_from_iter(arrays.map(|(name, array)| (name, Arc::clone(&array)))).expect("rows");
    let columns = columns.iter().map(|(name, ty, _)| Column::new(*name, *ty)).collect();
    Answer { name: None, columns, batches: vec![batch], visualization: None }
}
