//! `calypso alert convert`: rules in another form. What cannot be carried over is told.

use super::rules;
use crate::arguments::Shared;
use crate::failure::Failure;
use crate::output;
use calypso_alerts::convert;
use calypso_alerts::rule::Form;

/// Writes the rules of a file in a form, to standard output or to `--output`.
pub fn file(shared: &Shared, name: &str, form: &str) -> Result<(), Failure> {
    let form = Form::of_name(form).ok_or_else(|| {
        Failure::Usage(format!("`--to {form}`: rules are written as `kql`, `arm` or `sentinel`"))
    })?;
    let mut texts = Vec::new();
    for file in rules::files(&[name.to_owned()])? {
        let rules = rules::usable(&file)?;
        if rules.len() > 1 && form != Form::AzureJson {
            let reason = format!("{}: it has {} rules, and such a file holds one", file.origin, rules.len());
            return Err(Failure::Usage(reason));
        }
        for rule in rules {
            let written = match convert(rule, form) {
                Ok(written) => written,
                Err(findings) => {
                    findings.iter().for_each(|one| eprintln!("{}", rules::told(&file.origin, one)));
                    return Err(Failure::Found(format!("{}: it cannot be written in that form", rule.name)));
                }
            };
            written.findings.iter().for_each(|one| eprintln!("{}", rules::told(&file.origin, one)));
            texts.push(written.text);
        }
    }
    output::text(shared, &texts.join("\n"))
}
