//! Rules ask the engine.

use crate::data::Opened;
use crate::interrupt;
use calypso_alerts::{Arrived, ArrivedRows, Ask, Question, Refused};
use calypso_engine::{QueryError, RunOptions, There};
use calypso_library::Answer;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An engine over the logs.
pub struct Asking<'a> {
    pub opened: &'a Opened,
    /// Whether Ctrl-C was pressed.
    pub interrupted: bool,
}

impl Ask for Asking<'_> {
    /// The last answer of the query, as a rule asks for one table.
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let parameters = question.parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let options = RunOptions {
            now: Some(question.now),
            // The engine's ranges hold their beginning and not their end.
            time_range: question
                .range
                .map(|range| (range.after.saturating_add(1), range.until.saturating_add(1))),
            there: question.arrived.as_ref().map(there).unwrap_or_default(),
            parameters: parameters.collect(),
            ..RunOptions::default()
        };
        let answers = interrupt::run(&self.opened.engine, question.text, &options).map_err(|error| {
            self.interrupted |= matches!(error, QueryError::Cancelled);
            Refused(error.to_string())
        })?;
        answers.into_iter().next_back().ok_or_else(|| Refused("the query gives no table".to_owned()))
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
