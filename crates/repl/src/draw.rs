//! Query errors drawn with their place in the text, or as JSON.

use calypso_engine::QueryError;
use calypso_parser::{Diagnostic, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report,
    Severity as Weight,
};
use serde_json::{Value, json};
use std::io::IsTerminal;

/// Whether a stream gets colour: `always`, `never`, or `auto` by terminal and NO_COLOR.
pub fn colour(when: &str, terminal: bool) -> bool {
    match when {
        "always" => true,
        "never" => false,
        _ => {
            terminal
                && std::env::var_os("NO_COLOR").is_none()
                && std::env::var("TERM").map_or(true, |term| term != "dumb")
        }
    }
}

/// The error as text that ends in a line feed.
pub fn error(text: &str, origin: &str, error: &QueryError, when: &str) -> String {
    match error {
        QueryError::Diagnostics(diagnostics) => {
            diagnostics.iter().map(|d| diagnostic(text, origin, d, when)).collect()
        }
        QueryError::Execution(sentence) => {
            format!("calypso: {}\n", calypso_view::text::visible(sentence, true))
        }
        QueryError::Cancelled => "calypso: the query was cancelled\n".to_owned(),
    }
}

/// One finding, drawn.
pub fn diagnostic(text: &str, origin: &str, found: &Diagnostic, when: &str) -> String {
    let theme = if colour(when, std::io::stderr().is_terminal()) {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut report = MietteDiagnostic::new(found.message.clone()).with_severity(match found.severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
        Severity::Advice => Weight::Advice,
    });
    if let Some(code) = found.code {
        report = report.with_code(code);
    }
    if let Some(help) = &found.help {
        report = report.with_help(help.clone());
    }
    let mut labels = vec![LabeledSpan::new_primary_with_span(None, found.span.range())];
    labels.extend(
        found
            .labels
            .iter()
            .map(|label| LabeledSpan::new_with_span(Some(label.text.clone()), label.span.range())),
    );
    let name = if origin.is_empty() { "query" } else { origin };
    let report =
        Report::new(report.with_labels(labels)).with_source_code(NamedSource::new(name, text.to_owned()));
    let mut out = String::new();
    match GraphicalReportHandler::new_themed(theme).with_width(100).render_report(&mut out, report.as_ref()) {
        Ok(()) => out,
        Err(_) => format!("{}\n", found.message),
    }
}

/// The error as `{code, message, start, length}`, of the first finding that is an error.
pub fn error_json(error: &QueryError) -> Value {
    match error {
        QueryError::Diagnostics(diagnostics) => {
            let first = diagnostics.iter().find(|d| d.severity == Severity::Error).or(diagnostics.first());
            match first {
                Some(found) => json!({
                    "code": found.code.unwrap_or(""),
                    "message": found.message,
                    "start": found.span.start,
                    "length": found.span.len(),
                    "help": found.help,
                }),
                None => json!({ "code": "", "message": "the query gave no answer", "start": 0, "length": 0 }),
            }
        }
        QueryError::Execution(sentence) => {
            json!({ "code": "", "message": sentence, "start": 0, "length": 0 })
        }
        QueryError::Cancelled => {
            json!({ "code": "", "message": "the query was cancelled", "start": 0, "length": 0 })
        }
    }
}
