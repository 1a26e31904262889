//! Files of rules, read.

mod azure;
mod evaluate;
mod convert;
mod lint;
mod made_up;
mod own;
mod sentinel;
mod templates;

use crate::{Finding, Reading, Rule};

/// The only rule of a file of which nothing is to be said.
fn rule(reading: Reading) -> Rule {
    assert_eq!(reading.findings, [], "nothing to say");
    assert_eq!(reading.rules.len(), 1);
    reading.rules.into_iter().next().expect("one rule")
}

/// What is said of a file.
fn findings(text: &str, file: &str) -> Vec<String> {
    crate::read(text, file).findings.iter().map(Finding::to_string).collect()
}
