//! What the prompt remembers between lines: the engine, the last query and its answers.

use crate::arguments::Shared;
use crate::data::{self, Opened, Origin};
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
    /// What the store is known by since it was opened; `None` for other origins.
    stored: Option<u64>,
}

impl Session {
    /// Nothing asked yet.
    pub fn new(shared: &Shared, opened: Opened) -> Session {
        let (shared, stored) = (shared.clone(), stored(shared));
        Session { shared, opened, last_text: String::new(), last: Vec::new(), timing: true, stored }
    }

    /// Opens the store anew after an import elsewhere.
    fn refresh(&mut self) -> Result<(), Failure> {
        let stored = stored(&self.shared);
        if self.stored.is_some() && stored.is_some() && self.stored != stored {
            self.opened = data::engine(&self.shared)?;
            self.stored = stored;
        }
        Ok(())
    }

    /// Runs a query and shows its answers; `origin` is the file it comes from.
    pub fn query(&mut self, text: &str, origin: &str) -> Result<(), Failure> {
        self.last_text = text.to_owned();
        self.refresh()?;
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

/// What the store is known by.
fn stored(shared: &Shared) -> Option<u64> {
    match data::origin(shared).ok()? {
        Origin::Store(store) => Some(store.fingerprint()),
        Origin::Files | Origin::Demo => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Arguments;
    use calypso_store::{ImportOptions, Store};
    use clap::Parser;

    #[test]
    fn imports_while_the_prompt_is_open_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let import = |id: &str| {
            let path = folder.path().join(format!("{id}.json"));
            let line = format!(
                r#"{{"time":"2026-10-31T00:00:00Z","category":"ProvisioningLogs","properties":{{"id":"{id}"}}}}"#
            );
            std::fs::write(&path, line + "\n").unwrap();
            let store = Store::at(&folder.path().join("store"));
            let imported = store.import(&[path], &ImportOptions::default(), &|_| {}).unwrap();
            assert_eq!((imported.rows, imported.refused), (1, Vec::new()));
        };
        import("a");
        let store = folder.path().join("store");
        let shared =
            Arguments::parse_from([std::ffi::OsStr::new("calypso"), "--store".as_ref(), store.as_ref()])
                .shared;
        let mut session = Session::new(&shared, data::engine(&shared).unwrap());
        for (ids, query) in
            [(vec!["a"], "AADProvisioningLogs | where Id == 'a'"), (vec!["a", "b"], "AADProvisioningLogs")]
        {
            if ids.len() == 2 {
                import("b");
            }
            session.query(query, "").unwrap();
            assert_eq!(session.last.iter().map(Answer::rows).sum::<usize>(), ids.len());
        }
    }
}
