//! Rules ask the engine behind the pages.

use calypso_alerts::{Ask, Question, Refused};
use calypso_engine::{CancelToken, Engine, RunOptions};
use calypso_library::Answer;

/// An engine that answers rules until it is cancelled.
pub struct Asking<'a> {
    pub engine: &'a Engine,
    pub cancel: &'a CancelToken,
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
            parameters: parameters.collect(),
            cancel: self.cancel.clone(),
            ..RunOptions::default()
        };
        let answers = self.engine.run_with(question.text, &options);
        let answers = answers.map_err(|error| Refused(error.to_string()))?;
        answers.into_iter().next_back().ok_or_else(|| Refused("the query gives no table".to_owned()))
    }
}
