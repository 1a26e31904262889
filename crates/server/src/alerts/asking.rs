//! Rules ask the engine behind the pages.

use calypso_alerts::{Arrived, ArrivedRows, Ask, Question, Refused};
use calypso_engine::{CancelToken, Engine, RunOptions, There};
use calypso_library::Answer;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An engine that answers rules until it is cancelled.
pub struct Asking<'a> {
    pub engine: &'a Engine,
    pub cancel: &'a CancelToken,
}

impl Ask for Asking<'_> {
    /// The last answer of the query, as a rule asks for one table.
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let options = RunOptions { cancel: self.cancel.clone(), ..run_options(question) };
        let answers = self.engine.run_with(question.text, &options);
        let answers = answers.map_err(|error| Refused(error.to_string()))?;
        answers.into_iter().next_back().ok_or_else(|| Refused("the query gives no table".to_owned()))
    }
}

/// How the engine is asked what a rule asks; whoever asks adds how the query is stopped.
pub fn run_options(question: &Question) -> RunOptions {
    let parameters = question.parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    RunOptions {
        now: Some(question.now),
        // The engine's ranges hold their beginning and not their end.
        time_range: question
            .range
            .map(|range| (range.after.saturating_add(1), range.until.saturating_add(1))),
        there: question.arrived.as_ref().map(there).unwrap_or_default(),
        parameters: parameters.collect(),
        ..RunOptions::default()
    }
}

/// What had arrived, table by table.
fn there(arrived: &Arrived) -> Arc<BTreeMap<String, There>> {
    let there = |rows: ArrivedRows| {
        let since = rows.since.iter().map(|column| (*column).to_owned()).collect();
        let ArrivedRows { table, key, late, late_from, early, .. } = rows;
        (table.to_owned(), There { at: arrived.by, since, key: key.to_owned(), late, late_from, early })
    };
    Arc::new(arrived.tables().into_iter().map(there).collect())
}
