//! What is wrong with a rule that can be read: what Azure or Sentinel would refuse, and what cannot do what it seems to.
//! In: a rule. Out: findings, each with its place, the reason and a way out. Nothing is run.

mod azure;
mod columns;
mod meaning;
mod provisioning;
mod sentinel;
mod series;
mod survey;

use crate::rule::{Condition, Criterion, Form, Query, Rule};
use crate::{Finding, Weight};
use survey::Survey;

/// Whose limits are asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Service {
    /// None: the rule is evaluated here alone.
    Local,
    /// Azure Monitor.
    AzureMonitor,
    /// Microsoft Sentinel.
    Sentinel,
}

impl Form {
    /// The service that takes files of this form.
    pub fn service(self) -> Service {
        match self {
            Form::Own => Service::Local,
            Form::AzureJson | Form::AzureBicep => Service::AzureMonitor,
            Form::SentinelYaml | Form::SentinelJson => Service::Sentinel,
        }
    }
}

/// Everything there is to say of a rule, for the service its file is made for.
pub fn lint(rule: &Rule) -> Vec<Finding> {
    lint_for(rule, rule.source.form.service())
}

/// Everything there is to say of a rule, were it given to this service.
pub fn lint_for(rule: &Rule, service: Service) -> Vec<Finding> {
    let mut found = Report { rule, findings: Vec::new() };
    let surveys: Vec<Survey> = rule.queries().into_iter().map(Survey::of).collect();
    for survey in &surveys {
        unreadable(survey, &mut found);
        swallowed(survey, &mut found);
    }
    match service {
        Service::Local => {}
        Service::AzureMonitor => azure::limits(rule, &surveys, &mut found),
        Service::Sentinel => sentinel::limits(rule, &mut found),
    }
    match &rule.condition {
        Condition::Measured(measured) => {
            for (criterion, survey) in measured.criteria.iter().zip(&surveys) {
                meaning::measured(rule, measured, criterion, survey, &mut found);
                provisioning::measured(criterion, survey, &mut found);
            }
        }
        Condition::Counted(counted) => {
            for survey in &surveys {
                meaning::counted(rule, counted, survey, &mut found);
            }
        }
        Condition::Series(series) => {
            for survey in &surveys {
                series::declared(series, survey, &mut found);
            }
        }
    }
    found.findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
    found.findings
}

/// Findings of one rule.
struct Report<'a> {
    rule: &'a Rule,
    findings: Vec<Finding>,
}

impl Report<'_> {
    /// Says something of a field of the rule.
    fn field(&mut self, weight: Weight, code: &'static str, what: String, why: &str, way_out: &str) {
        let finding = Finding::new(weight, code, self.rule.source.place, what);
        self.add(finding, why, way_out);
    }

    /// Says something of a criterion.
    fn criterion(
        &mut self,
        criterion: &Criterion,
        code: &'static str,
        what: String,
        why: &str,
        way_out: &str,
    ) {
        let finding = Finding::new(Weight::Warning, code, criterion.query.place, what);
        self.add(finding, why, way_out);
    }

    /// Says something of a place in a query.
    fn query(
        &mut self,
        weight: Weight,
        code: &'static str,
        (query, byte): (&Query, usize),
        what: String,
        why: &str,
        way_out: &str,
    ) {
        let within = crate::Place::of(&query.text, byte);
        let finding = if self.rule.source.form == Form::Own {
            // The query stands in the file as it is.
            let first = if within.line == 1 { query.place.column - 1 } else { 0 };
            let place =
                crate::Place { line: query.place.line + within.line - 1, column: within.column + first };
            Finding::new(weight, code, place, what)
        } else {
            let path = format!("query, line {}, character {}", within.line, within.column);
            Finding::new(weight, code, query.place, what).at(path)
        };
        self.add(finding, why, way_out);
    }

    fn add(&mut self, finding: Finding, why: &str, way_out: &str) {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let finding = Finding { why: filled(why), way_out: filled(way_out), ..finding };
        self.findings.push(finding.of(&self.rule.name));
    }
}

/// A remark in a query of one line, which operators follow: YAML joins the lines of `query: >`, or of a query without a mark.
fn swallowed(survey: &Survey, found: &mut Report) {
    let text = &survey.query.text;
    let Some(at) = survey.first_remark().filter(|at| !text.contains('\n') && text[*at..].contains("| "))
    else {
        return;
    };
    found.query(
        Weight::Warning,
        "swallowed",
        (survey.query, at),
        "the query is one line, so that the remark goes on to its end".to_owned(),
        "the operators behind it are not done",
        "write the query so that its lines are kept, in YAML as `query: |`",
    );
}

/// What the parser says of a query.
fn unreadable(survey: &Survey, found: &mut Report) {
    for diagnostic in &survey.parsed.diagnostics {
        if diagnostic.severity == calypso_parser::Severity::Error {
            let at = (survey.query, diagnostic.span.start as usize);
            let way_out = diagnostic.help.as_deref().unwrap_or("");
            found.query(
                Weight::Error,
                "query",
                at,
                diagnostic.message.clone(),
                "the query cannot run",
                way_out,
            );
        }
    }
}
