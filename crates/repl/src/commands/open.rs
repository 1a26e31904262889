//! `calypso open`: what was read of the paths named; on a terminal the prompt follows, otherwise the query that stands on
//! standard input, if any.

use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{data, interrupt, prompt};
use calypso_logs::Summary;
use calypso_view::text::visible;
use std::io::{IsTerminal, Read};

/// Problems told one by one; all are counted.
const TOLD: usize = 5;

/// Opens the paths and says what was read.
pub fn open(shared: &Shared, paths: &[String]) -> Result<(), Failure> {
    let mut named = shared.data.clone();
    named.extend(paths.iter().cloned());
    let shared = Shared { data: named, ..shared.clone() };
    let opened = data::files(&shared, &shared.data)?;
    opened.summaries.iter().for_each(tell);
    if prompt::is_wanted() {
        return prompt::prompt(&shared, opened);
    }
    let mut text = String::new();
    if !std::io::stdin().is_terminal() {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::Data(format!("standard input: {error}")))?;
    }
    if text.trim().is_empty() {
        return Ok(());
    }
    interrupt::listen(false);
    super::query::one(&shared, &opened, &text, "")
}

/// Says on standard error what was read, and the first of each kind of problem.
pub fn tell(summary: &Summary) {
    eprintln!("{summary}");
    for note in summary.notes(TOLD) {
        eprintln!("  {}", visible(&note, true));
    }
}
