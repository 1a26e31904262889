//! The values offered for a choice: listed in the description, or the first column of its query's answer.

use crate::dashboard::Dashboard;
use crate::description::Parameter;
use crate::page::{query_text_error, run_options};
use crate::time_range::TimeRange;
use calypso_engine::{CancelToken, Engine};
use calypso_library::{Answer, Value};
use calypso_view::text::value_text;

/// Values offered at most.
const MOST: usize = 1000;

/// The values offered for a parameter, over the rows of a time range.
///
/// # Errors
/// A sentence when the query cannot be run.
pub fn offered(
    dashboard: &Dashboard,
    engine: &Engine,
    parameter: &Parameter,
    range: Option<&TimeRange>,
    now: i64,
    cancel: &CancelToken,
) -> Result<Vec<String>, String> {
    let Some(file) = parameter.query.as_ref().and_then(|path| dashboard.files.get(path)) else {
        return Ok(parameter.choices.clone());
    };
    let options = run_options(range, &[], now, cancel);
    let answers = engine.run_with(&file.text, &options).map_err(|error| query_text_error(&error, file))?;
    Ok(answers.last().map(first_column).unwrap_or_default())
}

/// The texts of the first column.
fn first_column(answer: &Answer) -> Vec<String> {
    let Some(column) = answer.columns.first() else { return Vec::new() };
    let cells = answer.batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(|row| value_text(&Value::from_array(column.ty, batch.column(0), row)))
    });
    cells.take(MOST).collect()
}
