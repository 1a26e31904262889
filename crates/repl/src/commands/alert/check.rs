//! `calypso alert check`: every rule once, at its last evaluation.

use super::asking::Asking;
use super::rules;
use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{data, interrupt, output};
use arrow::record_batch::RecordBatch;
use calypso_alerts::evaluate::evaluate;
use calypso_library::{Answer, Column, Type, Value};

/// Evaluates rules; the series that fire are the answer, and then the run ends with 5.
pub fn check(shared: &Shared, names: &[String]) -> Result<(), Failure> {
    output::format(shared)?;
    let (rules, mut refused) = rules::read_usable(names)?;
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    super::super::query::told(&opened);
    let now = opened.now.unwrap_or_else(data::clock);
    let mut ask = Asking { opened: &opened, interrupted: false };
    let mut rows = Vec::new();
    for rule in rules.iter().filter(|rule| rule.enabled) {
        let every = rule.schedule.every.ticks().max(1);
        let at = now.div_euclid(every).saturating_mul(every);
        let evaluation = match evaluate(rule, at, &mut ask) {
            Ok(evaluation) => evaluation,
            Err(reason) => {
                if ask.interrupted {
                    return Err(Failure::interrupted());
                }
                super::tell(&rule.name, &reason.0);
                refused += 1;
                continue;
            }
        };
        for note in &evaluation.notes {
            super::tell(&rule.name, note);
        }
        for found in evaluation.found.iter().filter(|found| found.fires) {
            rows.push(vec![
                Value::DateTime(at),
                Value::String(rule.name.clone()),
                Value::String(rule.severity.azure_name().to_owned()),
                Value::String(found.labels.to_string()),
                found.value.map_or(Value::Null(Type::Real), Value::Real),
                Value::Real(found.threshold),
            ]);
        }
    }
    let fired = rows.len();
    output::answers(shared, &[table(COLUMNS, rows)?])?;
    match (refused, fired) {
        (0, 0) => Ok(()),
        (0, _) => Err(Failure::Fired),
        (1, _) => Err(Failure::Found("a rule could not be evaluated".to_owned())),
        (_, _) => Err(Failure::Found(format!("{refused} rules could not be evaluated"))),
    }
}

const COLUMNS: &[(&str, Type)] = &[
    ("At", Type::DateTime),
    ("Rule", Type::String),
    ("Severity", Type::String),
    ("Series", Type::String),
    ("Value", Type::Real),
    ("Threshold", Type::Real),
];

/// Rows as an answer.
pub fn table(columns: &[(&str, Type)], rows: Vec<Vec<Value>>) -> Result<Answer, Failure> {
    let arrays = columns.iter().enumerate().map(|(at, (name, ty))| {
        let values = rows.iter().map(|row| row.get(at).cloned().unwrap_or(Value::absent(*ty)));
        (*name, Value::to_array(*ty, values), true)
    });
    let batch =
        RecordBatch::try_from_iter_with_nullable(arrays).map_err(|error| Failure::Data(error.to_string()))?;
    let columns = columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect();
    Ok(Answer { name: None, columns, batches: vec![batch], visualization: None })
}
