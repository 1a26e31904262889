//! The logs that a watch looks at, as they are before each round of evaluations: what is new is taken into the store first,
//! files are read again when they have changed.

use crate::arguments::Shared;
use crate::commands::import;
use crate::data::{self, Opened, Origin};
use crate::failure::Failure;
use calypso_logs::Summary;
use calypso_store::{Imported, Store};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Problems of one look that are told one by one; a log that is broken throughout is told by these.
const TOLD: usize = 5;

/// The logs.
pub struct Logs<'a> {
    shared: &'a Shared,
    origin: Origin,
    /// Files, folders and globs that are taken into the store.
    import: &'a [PathBuf],
    /// The files as they were when they were last read.
    seen: Option<u64>,
    opened: Option<Opened>,
    /// What was told already: a line that cannot be read is met again with every look.
    told: BTreeSet<String>,
}

impl<'a> Logs<'a> {
    /// The logs of the command line; nothing is read yet.
    pub fn new(shared: &'a Shared, import: &'a [PathBuf]) -> Result<Logs<'a>, Failure> {
        let origin = match (import, shared.data.as_slice()) {
            ([], _) => data::origin(shared)?,
            (_, []) => Origin::Store(data::store(shared).ok_or_else(|| {
                Failure::Usage("no folder for the store: name one with `--store`".to_owned())
            })?),
            (_, _) => {
                let why =
                    "`--import` takes logs into the store, `--data` asks files as they are: leave one out";
                return Err(Failure::Usage(why.to_owned()));
            }
        };
        if shared
            .data
            .iter()
            .map(String::as_str)
            .chain(import.iter().filter_map(|path| path.to_str()))
            .any(|path| path == "-")
        {
            return Err(Failure::Usage("standard input cannot be read again: name files".to_owned()));
        }
        Ok(Logs { shared, origin, import, seen: None, opened: None, told: BTreeSet::new() })
    }

    /// The logs with all that has come by now.
    ///
    /// # Errors
    /// When a path that was named is not there, or the store cannot be written or read: then there may be rows that an
    /// evaluation would need. A file that cannot be read, or a line of one, is told instead, once.
    pub fn look(&mut self) -> Result<&Opened, Failure> {
        let opened = match self.origin {
            Origin::Files => {
                let path = |text: &String| {
                    PathBuf::from(data::table_name(text).map_or(text.as_str(), |(_, path)| path))
                };
                let seen = calypso_logs::fingerprint(&self.shared.data.iter().map(path).collect::<Vec<_>>());
                match self.opened.take().filter(|_| self.seen == Some(seen)) {
                    Some(opened) => opened,
                    None => {
                        let opened = data::engine(self.shared)?;
                        opened.summaries.iter().for_each(|summary| self.tell(summary));
                        self.seen = Some(seen);
                        opened
                    }
                }
            }
            Origin::Store(ref store) => {
                let store = store.clone();
                self.take_in(&store)?;
                data::stored(self.shared, &store)?
            }
            Origin::Demo => match self.opened.take() {
                Some(opened) => opened,
                None => data::demo(self.shared)?,
            },
        };
        Ok(self.opened.insert(opened))
    }

    /// Takes what is new into the store.
    fn take_in(&mut self, store: &Store) -> Result<(), Failure> {
        if self.import.is_empty() {
            return Ok(());
        }
        let seen = calypso_logs::fingerprint(self.import);
        if self.seen == Some(seen) {
            return Ok(());
        }
        let options = import::options(self.shared)?;
        let waits = |far: calypso_store::Progress| {
            if far.waiting {
                eprintln!("another process writes to the store: waiting for it");
            }
        };
        let imported = store.import(self.import, &options, &waits);
        let Imported { summary, refused, away, .. } =
            imported.map_err(|error| Failure::Data(error.to_string()))?;
        refused.iter().for_each(|sentence| self.tell_once(sentence));
        self.tell(&summary);
        if !away.is_empty() {
            return Err(Failure::Data(away.join("; ")));
        }
        self.seen = Some(seen);
        Ok(())
    }

    /// What could not be read. A line that is still being written is none of it.
    fn tell(&mut self, summary: &Summary) {
        let problems =
            summary.problems.iter().filter(|problem| !problem.is_half_written()).chain(&summary.skipped);
        let sentences: Vec<String> = problems.map(ToString::to_string).take(TOLD).collect();
        sentences.iter().chain(summary.warnings.keys()).for_each(|sentence| self.tell_once(sentence));
    }

    fn tell_once(&mut self, sentence: &str) {
        if self.told.insert(sentence.to_owned()) {
            super::tell("logs", sentence);
        }
    }

    /// Where the rows come from, for people.
    pub fn origin(&self) -> String {
        match &self.origin {
            Origin::Files => self.shared.data.join(", "),
            Origin::Store(store) => format!("the store in {}", store.folder().display()),
            Origin::Demo => "the built-in demo logs".to_owned(),
        }
    }
}
