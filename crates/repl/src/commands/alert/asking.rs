//! Rules ask the engine.

use crate::data::Opened;
use crate::interrupt;
use calypso_alerts::{Ask, Question, Refused};
use calypso_engine::QueryError;
use calypso_library::Answer;
use calypso_server::alerts::run_options;

/// An engine over the logs.
pub struct Asking<'a> {
    pub opened: &'a Opened,
    /// Whether Ctrl-C was pressed.
    pub interrupted: bool,
}

impl Ask for Asking<'_> {
    /// The last answer of the query, as a rule asks for one table.
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        let options = run_options(question);
        let answers = interrupt::run(&self.opened.engine, question.text, &options).map_err(|error| {
            self.interrupted |= matches!(error, QueryError::Cancelled);
            Refused(error.to_string())
        })?;
        answers.into_iter().next_back().ok_or_else(|| Refused("the query gives no table".to_owned()))
    }
}
