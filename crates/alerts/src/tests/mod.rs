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
        let mut text: Vec<char> = whole(file).chars().collect();
        for (at, change) in changes {
            let at = at.index(text.len());
            text[at] = change;
        }
        either(&text.into_iter().collect::<String>(), file)?;
    }

    /// A file with lines of it taken out, doubled, pushed to the right or put elsewhere.
    #[test]
    fn files_with_other_lines_are_read_or_refused(
        file in prop::sample::select(vec!["a.json", "a.yaml", "a.kql"]),
        changes in proptest::collection::vec((0..4u8, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        let text = whole(file);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (change, at, to) in changes {
            let at = at.index(lines.len());
            let line = lines[at].clone();
            match change {
                0 if lines.len() > 1 => drop(lines.remove(at)),
                0 | 1 => lines.insert(at, line),
                2 => lines[at] = format!("  {line}"),
                _ => {
                    let to = to.index(lines.len());
                    lines.swap(at, to);
                }
            }
        }
        either(&lines.join("\n"), file)?;
    }
}

/// A file of each form with all that the form can say.
fn whole(file: &str) -> String {
    match file {
        "a.json" => azure::resource(&[]),
        "a.yaml" => sentinel::YAML.to_owned(),
        _ => own::FULL.to_owned(),
    }
}

/// Whether a file is read, or refused with a place in it; what was read can be looked through and written.
fn either(text: &str, file: &str) -> Result<(), TestCaseError> {
    let reading = crate::read(text, file);
    prop_assert!(reading.rules.len() + reading.findings.len() > 0);
    prop_assert!(!reading.rules.is_empty() || reading.has_errors(), "refused without a reason");
    // YAML ends a line at a carriage return alone, too.
    let lines = text.matches(['\n', '\r']).count() as u32 + 1;
    for finding in &reading.findings {
        prop_assert!((1..=lines).contains(&finding.place.line) && finding.place.column > 0, "{finding}");
    }
    for rule in &reading.rules {
        crate::lint::lint(rule);
        let own = crate::convert(rule, Form::Own).expect("our form says all").text;
        let again = crate::read(&own, "a.kql");
        prop_assert!(!again.has_errors(), "{own}\n{:?}", again.findings);
        prop_assert_eq!(crate::compare::differences(rule, &again.rules[0]), []);
        for form in Form::ALL {
            let _ = crate::convert(rule, form);
        }
    }
    Ok(())
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
