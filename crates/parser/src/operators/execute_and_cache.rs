//! `__executeAndCache`: runs what comes before and keeps the answer. `T | __executeAndCache`

use crate::ast::*;

/// `T | __executeAndCache`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecuteAndCache {
    /// Where.
    pub span: Span,
}
