//! Rules from one form to another. In: a rule and a form. Out: a file of that form, and what it cannot say; or why the
//! form cannot say the rule at all.

mod azure;
mod fit;
pub(crate) mod own;
mod sentinel;

use crate::lint::{Service, lint_for};
use crate::rule::{Form, Rule};
use crate::{Finding, Weight};

/// A file that was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// The whole text.
    pub text: String,
    /// What it does not carry over, and what the service it is for would refuse.
    pub findings: Vec<Finding>,
}

/// Writes a rule in a form.
pub fn convert(rule: &Rule, form: Form) -> Result<Written, Vec<Finding>> {
    let (fitted, mut findings) = match form {
        Form::Own => (rule.clone(), Vec::new()),
        Form::AzureJson => fit::measured(rule),
        Form::SentinelYaml => fit::counted(rule),
        Form::AzureBicep | Form::SentinelJson => {
            let what = format!("files of the form `{}` are read, and not written", form.name());
            let finding = Finding::error("no-writer", rule.source.place, what).of(&rule.name);
            return Err(vec![finding.help("write `arm`, `sentinel` or `kql`")]);
        }
    };
    if rule.panel.is_some() && form != Form::Own {
        findings.push(lost(rule, "the panel that it belongs to is not carried over"));
    }
    let written = match form {
        Form::Own => Some(own::write(&fitted)),
        Form::AzureJson | Form::AzureBicep => azure::write(&fitted, &mut findings),
        Form::SentinelYaml | Form::SentinelJson => sentinel::write(&fitted, &mut findings),
    };
    match written.filter(|_| !findings.iter().any(Finding::is_error)) {
        Some(text) => {
            if form.service() != Service::Local {
                let refused = lint_for(&fitted, form.service());
                findings.extend(refused.into_iter().filter(|finding| finding.weight == Weight::Error));
            }
            Ok(Written { text, findings })
        }
        None => Err(findings),
    }
}

/// What is not carried over.
fn lost(rule: &Rule, what: impl Into<String>) -> Finding {
    Finding::warning("not-carried-over", rule.source.place, what).of(&rule.name)
}
