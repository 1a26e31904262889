//! Files of rules, read.

mod arrivals;
mod azure;
mod compare;
mod convert;
mod evaluate;
mod lint;
mod made_up;
mod own;
mod sentinel;
mod templates;

use crate::rule::Form;
use crate::{Finding, Reading, Rule};
use proptest::prelude::*;

#[test]
fn bicep_is_refused_with_a_way_out() {
    let said = findings("resource r 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {}", "a.bicep");
    assert_eq!(
        said,
        ["1:1 error: Bicep is not read as it is written; compile it with `bicep build` and give the JSON"]
    );
}

proptest! {
    /// Whatever is in a file and whatever it is called: it is read or refused, and what was read can be looked through.
    #[test]
    fn no_bytes_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        ending in prop::sample::select(vec!["json", "yaml", "kql", "bicep", "", "txt"]),
    ) {
        let reading = crate::read(&String::from_utf8_lossy(&bytes), &format!("a.{ending}"));
        reading.rules.iter().for_each(|rule| drop(crate::lint::lint(rule)));
        prop_assert!(reading.rules.len() + reading.findings.len() > 0);
    }

    /// A file with a few of its bytes changed.
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(vec!["a.json", "a.yaml", "a.kql"]),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..6),
    ) {
        let mut text: Vec<char> = match file {
            "a.json" => azure::resource(&[]).chars().collect(),
            "a.yaml" => sentinel::YAML.chars().collect(),
            _ => own::FULL.chars().collect(),
        };
        for (at, change) in changes {
            let at = at.index(text.len());
            text[at] = change;
        }
        let reading = crate::read(&text.into_iter().collect::<String>(), file);
        prop_assert!(reading.rules.len() + reading.findings.len() > 0);
        for rule in &reading.rules {
            for form in Form::ALL {
                crate::lint::lint(rule);
                let _ = crate::convert(rule, form);
            }
        }
    }
}

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
