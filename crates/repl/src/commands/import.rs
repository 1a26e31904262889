//! `calypso import`: logs of every delivered shape into the local store.

use crate::arguments::Shared;
use crate::data;
use crate::failure::Failure;
use calypso_logs::OpenOptions;
use calypso_store::{ImportOptions, Progress};
use calypso_view::text::visible;
use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the line of progress is drawn anew.
const DRAW_EVERY: Duration = Duration::from_millis(100);

/// Imports and says what was read.
pub fn import(shared: &Shared, paths: &[PathBuf]) -> Result<(), Failure> {
    if !shared.data.is_empty() {
        return Err(Failure::Usage("`import` takes paths as they are, without `--data`".to_owned()));
    }
    let Some(store) = data::store(shared) else {
        return Err(Failure::Usage("no folder for the store: name one with `--store`".to_owned()));
    };
    let options = options(shared)?;
    let drawn = Drawn::default();
    let imported = store.import(paths, &options, &|far| drawn.draw(far));
    drawn.wipe();
    let imported = imported.map_err(|error| Failure::Data(error.to_string()))?;
    super::open::tell(&imported.summary);
    if imported.known_files > 0 {
        let files = if imported.known_files == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", imported.known_files)
        };
        eprintln!("  {files} imported before");
    }
    let unread: Vec<String> = imported.refused.into_iter().chain(imported.away).collect();
    match unread.as_slice() {
        [] => Ok(()),
        [one] => Err(Failure::Data(one.clone())),
        [first @ .., last] => {
            first.iter().for_each(|one| eprintln!("calypso: {}", visible(one, true)));
            Err(Failure::Data(last.clone()))
        }
    }
}

/// How files are imported, by the command line.
pub fn options(shared: &Shared) -> Result<ImportOptions, Failure> {
    let open =
        OpenOptions { strict: shared.strict, rename_legacy: shared.rename_legacy, ..OpenOptions::default() };
    Ok(ImportOptions { open, memory: shared.memory.as_deref().map(data::bytes).transpose()? })
}

/// The line of progress on a terminal.
#[derive(Default)]
struct Drawn {
    last: Cell<Option<Instant>>,
    any: Cell<bool>,
}

impl Drawn {
    fn draw(&self, far: Progress) {
        if far.waiting {
            self.wipe();
            eprintln!("another process writes to the store: waiting for it");
            return;
        }
        let soon = self.last.get().is_some_and(|last| last.elapsed() < DRAW_EVERY);
        if soon || !std::io::stderr().is_terminal() {
            return;
        }
        let percent = (far.bytes.0.min(far.bytes.1) * 100).checked_div(far.bytes.1).unwrap_or(100);
        let (done, all) = far.files;
        eprint!("\r\x1b[K{percent:>3} %  {done} of {all} files, {} rows", far.rows);
        let _ = std::io::stderr().flush();
        self.last.set(Some(Instant::now()));
        self.any.set(true);
    }

    fn wipe(&self) {
        if self.any.replace(false) {
            eprint!("\r\x1b[K");
        }
    }
}
