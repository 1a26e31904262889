//! Files of rules by name: a path, a file of the user's own folder of queries, or a built-in one.

use crate::failure::Failure;
use crate::saved::{self, Saved};
use calypso_alerts::{Finding, Rule, Weight};
use calypso_view::text::visible;
use std::path::Path;

/// The folder of rules among the saved queries.
const FOLDER: &str = "alerts/";

/// The rules of the files named; of all saved ones where none is named. What is said of files is told on standard error.
///
/// # Errors
/// When a file cannot be read, or a rule of it is refused.
pub fn read(names: &[String]) -> Result<Vec<Rule>, Failure> {
    let all: Vec<String> = saved::names().into_iter().filter(|name| name.starts_with(FOLDER)).collect();
    if names.is_empty() && all.is_empty() {
        return Err(Failure::Usage(
            "no file of rules was named, and none is saved under `alerts`".to_owned(),
        ));
    }
    let mut rules = Vec::new();
    for name in if names.is_empty() { &all } else { names } {
        let Saved { origin, text } = found(name)?;
        let reading = calypso_alerts::read(&text, &file_name(&origin));
        for finding in &reading.findings {
            eprintln!("{}", told(&origin, finding));
        }
        if reading.findings.iter().any(|finding| finding.weight == Weight::Error) {
            return Err(Failure::Data(format!("{origin}: a rule is refused")));
        }
        if reading.rules.is_empty() {
            return Err(Failure::Data(format!("{origin}: there is no rule in it")));
        }
        rules.extend(reading.rules);
    }
    Ok(rules)
}

fn found(name: &str) -> Result<Saved, Failure> {
    if !Path::new(name).is_file() && !name.contains('/') {
        let wanted = format!("{FOLDER}{name}");
        let file =
            saved::names().into_iter().find(|known| *known == wanted || *known == format!("{wanted}.kql"));
        if let Some(file) = file {
            return saved::find(&file);
        }
    }
    saved::find(name)
}

/// What a rule without a name is called by.
fn file_name(origin: &str) -> String {
    let name = Path::new(origin).file_name().and_then(|name| name.to_str());
    name.unwrap_or(origin).to_owned()
}

/// A finding as one line, with its place.
fn told(origin: &str, finding: &Finding) -> String {
    visible(&format!("{origin}:{finding}"), true).into_owned()
}
