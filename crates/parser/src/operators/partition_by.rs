//! `__partitionby`: runs a pipeline for each value of a column, inside the service. `T | __partitionby k (top 1 by x)`

use crate::ast::*;

/// `T | __partitionby k (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionBy {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The column.
    pub by: Expr,
    /// `id guid(…)`: rarely used.
    pub context: Option<Expr>,
    /// What is done to each part.
    pub subquery: Pipeline,
    /// Where.
    pub span: Span,
}
