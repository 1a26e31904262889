//! `calypso alert lint`: what is wrong with files of rules, without running them.

use super::rules;
use crate::failure::Failure;
use calypso_alerts::Weight;
use calypso_alerts::lint::lint;

/// Tells everything; ends with 1 when something is an error or a warning.
pub fn files(names: &[String]) -> Result<(), Failure> {
    let mut wrong = 0;
    for file in rules::files(names)? {
        let of_rules = file.reading.rules.iter().flat_map(lint);
        for finding in file.reading.findings.iter().cloned().chain(of_rules) {
            println!("{}", rules::told(&file.origin, &finding));
            wrong += usize::from(finding.weight != Weight::Note);
        }
    }
    match wrong {
        0 => Ok(()),
        1 => Err(Failure::Found("one thing is wrong".to_owned())),
        many => Err(Failure::Found(format!("{many} things are wrong"))),
    }
}
