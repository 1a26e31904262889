//! Why the store could not do something.

use calypso_logs::OpenError;
use std::fmt::Display;
use std::path::Path;

/// Why the store could not do something: a plain sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreError(pub String);

impl StoreError {
    /// Something that failed at a file or folder.
    pub(crate) fn at(path: &Path, what: &str, error: &dyn Display) -> StoreError {
        // The Delta log adds where in its own code it was, line by line.
        let error = error.to_string();
        let reason = error.lines().next().unwrap_or_default();
        StoreError(format!("{} cannot be {what}: {reason}", path.display()))
    }
}

impl Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> StoreError {
        StoreError(error.to_string())
    }
}

impl From<arrow::error::ArrowError> for StoreError {
    fn from(error: arrow::error::ArrowError) -> StoreError {
        StoreError(format!("rows cannot be brought into the store's form: {error}"))
    }
}
