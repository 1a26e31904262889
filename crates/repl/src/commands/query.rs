//! `calypso query`, `calypso -c`, and a query on standard input.

use crate::arguments::Shared;
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::{interrupt, output};
use std::io::{IsTerminal, Read};

/// Runs query texts over the data named; `-` is standard input.
pub fn texts(shared: &Shared, texts: &[String]) -> Result<(), Failure> {
    output::format(shared)?;
    let texts = texts.iter().map(|text| if text == "-" { input() } else { Ok(text.clone()) });
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    told(&opened);
    texts.iter().try_for_each(|text| one(shared, &opened, text, ""))
}

/// Runs one query text; `origin` is the file it comes from.
pub fn one(shared: &Shared, opened: &Opened, text: &str, origin: &str) -> Result<(), Failure> {
    let options = data::run_options(shared, opened)?;
    let answers = interrupt::run(&opened.engine, text, &options).map_err(|error| Failure::Query {
        text: text.to_owned(),
        origin: origin.to_owned(),
        error,
    })?;
    output::answers(shared, &answers)
}

/// The query that stands on standard input.
pub fn from_input(shared: &Shared) -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        return Err(Failure::Usage("no query was given; try `calypso query 'print 1'`".to_owned()));
    }
    texts(shared, &["-".to_owned()])
}

/// All of standard input.
pub fn input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Failure::Data(format!("standard input: {error}")))?;
    if text.trim().is_empty() {
        return Err(Failure::Usage("no query was given on standard input".to_owned()));
    }
    Ok(text)
}

/// What was read, on standard error, when something was refused or odd. Files of a folder that are no logs are told by
/// `calypso open`.
pub fn told(opened: &Opened) {
    for summary in &opened.summaries {
        if summary.refused > 0 || summary.files == 0 || !summary.warnings.is_empty() {
            super::open::tell(summary);
        }
    }
}
