//! `Diagnostic`: a finding about a query, as plain data. The planner reports with the same type; only the
//! program's edge draws it.

use crate::Span;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The query cannot run.
    Error,
    /// The query runs, perhaps not as meant.
    Warning,
    /// A remark.
    Advice,
}

/// A marked place beside the main one, with what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there: lower case, no full stop.
    pub text: String,
}

/// A finding about a query text: what was found, what was wanted, and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kusto's number for it, such as `KS142`, where the meaning is Kusto's.
    pub code: Option<&'static str>,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found and what was wanted: lower case, no full stop.
    pub message: String,
    /// Where; empty when something is missing there.
    pub span: Span,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a code, labels or help.
    pub fn error(span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: None,
            severity: Severity::Error,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
        }
    }

    /// A warning without a code, labels or help.
    pub fn warning(span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(span, message) }
    }

    /// The same finding with Kusto's number for it.
    pub fn with_code(mut self, code: &'static str) -> Diagnostic {
        self.code = Some(code);
        self
    }

    /// The same finding with a way out.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same finding with one more marked place.
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}
