//! What the prompt remembers between lines: the engine, the last query and its answers.

use crate::arguments::Shared;
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::{interrupt, output};
use calypso_library::Answer;
use std::io::Write;
use std::time::Instant;

/// The state of a prompt.
pub struct Session {
    /// The command line, changed by `#params` and `#open`.
    pub shared: Shared,
    /// The engine and its tables.
    pub opened: Opened,
    /// The last query that was run.
    pub last_text: String,
    /// Its answers.
    pub last: Vec<Answer>,
    /// Whether the time a query took is shown.
    pub timing: bool,
}

impl Session {
    /// Nothing asked yet.
    pub fn new(shared: &Shared, opened: Opened) -> Session {
        let shared = shared.clone();
        Session { shared, opened, last_text: String::new(), last: Vec::new(), timing: true }
    }

    /// Runs a query and shows its answers; `origin` is the file it comes from.
    pub fn query(&mut self, text: &str, origin: &str) -> Result<(), Failure> {
        self.last_text = text.to_owned();
        let options = data::run_options(&self.shared, &self.opened)?;
        let begin = Instant::now();
        let answers = interrupt::run(&self.opened.engine, text, &options)
            .map_err(|error| Failure::Query { text: text.to_owned(), origin: origin.to_owned(), error })?;
        let took = begin.elapsed();
        self.last = answers;
        for answer in &self.last {
            output::show(&self.shared, answer, Some(output::SHOWN))?;
        }
        if self.timing {
            let style = output::style(&self.shared);
            self.say(&style.faint(&format!("{:.3} s", took.as_secs_f64())))?;
        }
        Ok(())
    }

    /// The last answers, every row.
    pub fn show_last(&self) -> Result<(), Failure> {
        if self.last.is_empty() {
            return self.say("there is no answer yet");
        }
        self.last.iter().try_for_each(|answer| output::show(&self.shared, answer, None))
    }

    /// A line on the screen.
    pub fn say(&self, text: &str) -> Result<(), Failure> {
        writeln!(std::io::stdout().lock(), "{text}").map_err(Failure::from)
    }
}
