//! `calypso alert list`: the rules that there are, one a row.

use super::check::table;
use super::rules::{self, RuleFile};
use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{output, places, saved};
use calypso_alerts::{Finding, Rule};
use calypso_library::{Answer, Type, Value};
use calypso_view::Format;
use std::path::Path;

/// Lists the rules of the files named, else the built-in ones and the user's own. Files that hold none, and rules that
/// cannot be used, are told; then the run ends with 1.
pub fn list(shared: &Shared, names: &[String]) -> Result<(), Failure> {
    let for_people = output::format(shared)? == Format::Chart;
    let files = rules::files(names)?;
    let mut rows = Vec::new();
    let mut refused = 0;
    for file in &files {
        rows.extend(file.reading.rules.iter().map(|rule| row(file, rule)));
        for finding in file.reading.findings.iter().filter(|finding| finding.is_error()) {
            eprintln!("{}", rules::told(&file.origin, finding));
        }
        refused += usize::from(file.reading.findings.iter().any(Finding::is_error));
    }
    let answer = if for_people { short(&files, &rows)? } else { table(COLUMNS, rows)? };
    output::answers(shared, &[answer])?;
    match refused {
        0 => Ok(()),
        _ => Err(Failure::Found(format!("{refused} of {} files cannot be used, or not wholly", files.len()))),
    }
}

const COLUMNS: &[(&str, Type)] = &[
    ("Rule", Type::String),
    ("Title", Type::String),
    ("Kind", Type::String),
    ("Severity", Type::String),
    ("Enabled", Type::Bool),
    ("Every", Type::TimeSpan),
    ("Window", Type::TimeSpan),
    ("Fires", Type::String),
    ("Resolves", Type::String),
    ("Form", Type::String),
    ("From", Type::String),
    ("File", Type::String),
];

/// What a terminal has room for, so that rules can be told apart.
const SHORT: [&str; 6] = ["Rule", "Severity", "Every", "Fires", "Resolves", "File"];

/// The columns for people; whether rules are enabled where some are not.
fn short(files: &[RuleFile], rows: &[Vec<Value>]) -> Result<Answer, Failure> {
    let some_off = files.iter().flat_map(|file| &file.reading.rules).any(|rule| !rule.enabled);
    let shown: Vec<usize> = (0..COLUMNS.len())
        .filter(|at| SHORT.contains(&COLUMNS[*at].0) || (some_off && COLUMNS[*at].0 == "Enabled"))
        .collect();
    let columns: Vec<_> = shown.iter().map(|at| COLUMNS[*at]).collect();
    let cells = |row: &Vec<Value>| shown.iter().filter_map(|at| row.get(*at).cloned()).collect();
    table(&columns, rows.iter().map(cells).collect())
}

fn row(file: &RuleFile, rule: &Rule) -> Vec<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    vec![
        text(&rule.name),
        text(rule.title.as_deref().unwrap_or_default()),
        text(rule.kind()),
        text(rule.severity.azure_name()),
        Value::Bool(rule.enabled),
        Value::TimeSpan(rule.schedule.every.ticks()),
        Value::TimeSpan(rule.window().ticks()),
        Value::String(rule.fires()),
        Value::String(rule.resolves()),
        text(rule.source.form.name()),
        text(from(&file.origin)),
        text(&file.origin),
    ]
}

/// Where a file comes from.
fn from(origin: &str) -> &'static str {
    let path = Path::new(origin);
    if places::queries().is_some_and(|folder| path.starts_with(folder)) {
        "your own"
    } else if saved::built_in(origin).is_some() && !path.is_file() {
        "built-in"
    } else {
        "named"
    }
}
