//! Why a dashboard cannot be loaded, or a page not be made as asked: a sentence and advice, drawn by who shows it.

use std::fmt;

/// What was found and wanted, and what to do about it. Lower case, no full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DashboardError {
    /// What was found and what was wanted, with the file and place where there is one.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl DashboardError {
    /// An error without advice.
    pub fn new(message: impl Into<String>) -> DashboardError {
        DashboardError { message: message.into(), help: None }
    }

    /// The same with advice.
    pub fn with_help(self, help: impl Into<String>) -> DashboardError {
        DashboardError { help: Some(help.into()), ..self }
    }

    /// The same, said of a place: `place: message`.
    pub fn within(self, place: &str) -> DashboardError {
        DashboardError { message: format!("{place}: {}", self.message), ..self }
    }
}

impl fmt::Display for DashboardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DashboardError {}
