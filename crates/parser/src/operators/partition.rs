//! `partition`: runs a pipeline for each value of a column. `T | partition hint.strategy=native by k (top 1 by x)`

use crate::ast::*;

/// `T | partition hint.strategy=native by k (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The column.
    pub by: Expr,
    /// What is done to each part.
    pub body: PartitionBody,
    /// Where.
    pub span: Span,
}

/// What `partition` does to each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartitionBody {
    /// `(top 1 by x)`: operators on the part; the source is [`Source::Input`].
    Operators(Pipeline),
    /// `{T | where k == toscalar(k)}`: a query of its own.
    Query(Pipeline),
}
