//! `calypso query`, `calypso -c`, and a query on standard input.

use crate::arguments::Shared;
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::output;
use std::io::{IsTerminal, Read};

/// Runs query texts over the data named.
pub fn texts(shared: &Shared, texts: &[String]) -> Result<(), Failure> {
    output::format(shared)?;
    let opened = data::engine(shared)?;
    told(&opened);
    texts.iter().try_for_each(|text| one(shared, &opened, text, ""))
}

/// Runs one query text; `origin` is the file it comes from.
pub fn one(shared: &Shared, opened: &Opened, text: &str, origin: &str) -> Result<(), Failure> {
    let options = data::run_options(shared, opened)?;
    let answers = opened.engine.run_with(text, &options).map_err(|error| Failure::Query {
        text: text.to_owned(),
        origin: origin.to_owned(),
        error,
    })?;
    output::answers(shared, &answers)
}

/// Without a command: the queries of `-c`, else what stands on standard input.
pub fn from_input(shared: &Shared, queries: &[String]) -> Result<(), Failure> {
    if !queries.is_empty() {
        return texts(shared, queries);
    }
    if std::io::stdin().is_terminal() {
        return Err(Failure::Usage("the prompt is not there yet; try `calypso query 'print 1'`".to_owned()));
    }
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Failure::Data(format!("standard input: {error}")))?;
    if text.trim().is_empty() {
        return Err(Failure::Usage("no query was given".to_owned()));
    }
    texts(shared, &[text])
}

/// What was read, on standard error, when something was dropped or refused.
pub fn told(opened: &Opened) {
    for summary in &opened.summaries {
        if summary.refused > 0 || summary.files_skipped > 0 || !summary.warnings.is_empty() {
            eprintln!("{summary}");
        }
    }
}
