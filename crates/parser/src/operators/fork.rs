//! `fork`: sends the rows down several pipelines. `T | fork a = (take 5) (count)`

use crate::ast::*;

/// `T | fork a = (take 5) (count)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The pipelines.
    pub branches: Vec<ForkBranch>,
    /// Where.
    pub span: Span,
}

/// One pipeline of a `fork`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkBranch {
    /// `name = (…)`
    pub name: Option<Name>,
    /// What is done; its source is [`Source::Input`].
    pub pipeline: Pipeline,
    /// Where.
    pub span: Span,
}
