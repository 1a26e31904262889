//! Why a query gave no answer, as plain sentences.

use calypso_library::call::EvaluateError;
use calypso_parser::Diagnostic;
use datafusion::error::DataFusionError;
use std::fmt;

/// Why a query text gave no answer.
#[derive(Clone, Debug)]
pub enum QueryError {
    /// The text does not parse or bind; at least one is an error.
    Diagnostics(Vec<Diagnostic>),
    /// A plain sentence.
    Execution(String),
    /// The query was cancelled.
    Cancelled,
}

/// Why a plan gave no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EngineError {
    /// A plain sentence.
    Execution(String),
    /// The query was cancelled.
    Cancelled,
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineError::Execution(sentence) => f.write_str(sentence),
            EngineError::Cancelled => f.write_str("the query was cancelled"),
        }
    }
}

impl std::error::Error for EngineError {}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryError::Diagnostics(diagnostics) => {
                for (index, diagnostic) in diagnostics.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{}", diagnostic.message)?;
                }
                Ok(())
            }
            QueryError::Execution(sentence) => f.write_str(sentence),
            QueryError::Cancelled => f.write_str("the query was cancelled"),
        }
    }
}

impl std::error::Error for QueryError {}

impl From<EngineError> for QueryError {
    fn from(error: EngineError) -> QueryError {
        match error {
            EngineError::Execution(sentence) => QueryError::Execution(sentence),
            EngineError::Cancelled => QueryError::Cancelled,
        }
    }
}

impl From<DataFusionError> for EngineError {
    fn from(error: DataFusionError) -> EngineError {
        EngineError::Execution(sentence(&error))
    }
}

/// Wraps the error of a function so that `sentence` finds it again.
pub(crate) fn evaluation(error: EvaluateError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

/// A fault in what was handed to the engine, or in the engine.
pub(crate) fn refused(sentence: impl Into<String>) -> DataFusionError {
    evaluation(EvaluateError(sentence.into()))
}

fn sentence(error: &DataFusionError) -> String {
    match error.find_root() {
        DataFusionError::External(inner) => inner.to_string(),
        // Our own sentence about memory, or DataFusion's about the folder for what is spilled.
        DataFusionError::ResourcesExhausted(sentence) => sentence.clone(),
        DataFusionError::IoError(error) if error.kind() == std::io::ErrorKind::StorageFull => {
            "the folder for temporary files is full, where a query puts what does not fit in memory; TMPDIR names another".to_owned()
        }
        root => root.strip_backtrace(),
    }
}
