//! `calypso serve`: workbooks as live pages on this machine, redrawn when the data changes.

use super::page_rules::Rules;
use crate::arguments::{Serve, Shared};
use crate::data::{self, Origin};
use crate::failure::Failure;
use crate::places;
use calypso_engine::Engine;
use calypso_server::{DataSource, ServeOptions, Workbooks, serve as start};
use calypso_workbook::{LoadOptions, Now};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How often files are looked after.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long the queries of a page may take.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// Serves until Ctrl-C.
pub fn serve(shared: &Shared, wanted: &Serve) -> Result<(), Failure> {
    if shared.data.iter().any(|path| path == "-") {
        return Err(Failure::Usage(
            "standard input cannot be read again when it changes: name files".to_owned(),
        ));
    }
    let load = LoadOptions { user_folder: places::queries(), template_folders: wanted.templates.clone() };
    let workbooks = Workbooks::new(&wanted.workbooks, load, wanted.faithful);
    let workbooks = workbooks.map_err(|error| Failure::Usage(error.to_string()))?;
    let given = given(shared, wanted)?;
    let first = workbooks.first().map(|name| (name, given.clone()));
    if first.is_none() && !given.is_empty() {
        let why =
            "`--param` and times are taken with one workbook: on the others they are chosen on the page";
        return Err(Failure::Usage(why.to_owned()));
    }
    let running = start(ServeOptions {
        first,
        source: Box::new(Source { shared: shared.clone() }),
        pages: Arc::new(workbooks),
        rules: Some(Box::new(Rules { names: wanted.rules.clone(), state: wanted.state.clone() })),
        port: wanted.port,
        look_every: LOOK_EVERY,
        time_limit: TIME_LIMIT,
    });
    let running = running.map_err(Failure::Data)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", running.url)?;
    out.flush()?;
    eprintln!("Open this address in a browser on this machine; Ctrl-C ends.");
    if wanted.open && !open(&running.url_once) {
        eprintln!("calypso: no browser can be opened from here");
    }
    running.until_interrupted().map_err(Failure::Output)
}

/// The values that the first page begins with.
fn given(shared: &Shared, wanted: &Serve) -> Result<Vec<(String, String)>, Failure> {
    let mut given = data::pairs(&shared.parameters)?;
    let range = match (&shared.last, &shared.from, &shared.to) {
        (Some(last), _, _) => last.clone(),
        (None, None, None) => return Ok(given),
        (None, Some(from), Some(to)) => format!("{from}..{to}"),
        (None, Some(_), None) | (None, None, Some(_)) => {
            return Err(Failure::Usage("a workbook's range needs `--from` and `--to`".to_owned()));
        }
    };
    for name in &wanted.workbooks {
        let workbook = super::workbook::load(name, &wanted.templates)?;
        let Some(parameter) = workbook.time_range() else {
            return Err(Failure::Usage(format!("{name} has no time range to choose")));
        };
        given.push((parameter.to_owned(), range.clone()));
    }
    Ok(given)
}

/// The data that the command line names, the store, or the demo logs.
struct Source {
    shared: Shared,
}

impl DataSource for Source {
    fn fingerprint(&self) -> u64 {
        if let Ok(Origin::Store(store)) = data::origin(&self.shared) {
            return store.fingerprint();
        }
        let path =
            |text: &String| PathBuf::from(data::table_name(text).map_or(text.as_str(), |(_, path)| path));
        calypso_logs::fingerprint(&self.shared.data.iter().map(path).collect::<Vec<_>>())
    }

    fn open(&self) -> Result<Engine, String> {
        let opened = data::engine(&self.shared).map_err(|failure| failure.sentence())?;
        opened.summaries.iter().for_each(super::open::tell);
        Ok(opened.engine)
    }

    fn now(&self) -> Now {
        match self.shared.now.as_deref() {
            Some("end") => Now::End,
            // A time that cannot be read is refused when the data is opened.
            Some(text) => data::time("--now", text).map_or(Now::End, Now::At),
            // The demo is pinned to its newest row, so that it is never empty.
            None if matches!(data::origin(&self.shared), Ok(Origin::Demo)) => Now::End,
            None => Now::At(data::clock()),
        }
    }

    fn clock(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

/// Opens an address in the browser of this machine; whether that began.
fn open(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Stdio::null;
    Command::new(program).args(before).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
}
