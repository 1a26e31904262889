//! `calypso import`: logs of every delivered shape into the local store.

use crate::arguments::Shared;
use crate::data;
use crate::failure::Failure;
use crate::progress::Line;
use calypso_logs::OpenOptions;
use calypso_store::{ImportOptions, Progress};
use calypso_view::text::visible;
use std::path::PathBuf;

/// Imports and says what was read.
pub fn import(shared: &Shared, paths: &[PathBuf]) -> Result<(), Failure> {
    if !shared.data.is_empty() {
        return Err(Failure::Usage("`import` takes paths as they are, without `--data`".to_owned()));
    }
    let Some(store) = data::store(shared) else {
        return Err(Failure::Usage("no folder for the store: name one with `--store`".to_owned()));
    };
    let options = options(shared)?;
    let line = Line::default();
    let imported = store.import(paths, &options, &|far| draw(&line, far));
    line.wipe();
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

fn draw(line: &Line, far: Progress) {
    if far.waiting {
        line.wipe();
        eprintln!("another process writes to the store: waiting for it");
        return;
    }
    line.draw(|| {
        let percent = (far.bytes.0.min(far.bytes.1) * 100).checked_div(far.bytes.1).unwrap_or(100);
        let (done, all) = far.files;
        format!("{percent:>3} %  {done} of {all} files, {} rows", far.rows)
    });
}
