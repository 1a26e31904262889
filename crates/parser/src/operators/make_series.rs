//! `make-series`: makes arrays of aggregates along an axis. `T | make-series n = count() default=0 on t from a to b step 1d by k`

use crate::ast::*;

/// `T | make-series n = count() default=0 on t from a to b step 1d by k`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeSeries {
    /// `kind = nonempty`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What is computed for each bin.
    pub aggregates: Vec<SeriesAggregate>,
    /// `on t`
    pub axis: NamedExpr,
    /// From where to where, in what steps.
    pub bounds: SeriesBounds,
    /// `by k`: one series for each.
    pub by: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

/// `n = count() default = 0`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesAggregate {
    /// The aggregate.
    pub value: NamedExpr,
    /// `default = 0`: the value of empty bins.
    pub default: Option<Expr>,
}

/// From where to where a series runs, in what steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesBounds {
    /// `from a to b step s`
    Steps {
        /// `from a`
        from: Option<Expr>,
        /// `to b`
        to: Option<Expr>,
        /// `step s`
        step: Expr,
    },
    /// `in range(a, b, s)`, where `b` is included.
    InRange {
        /// The first argument.
        start: Expr,
        /// The second argument.
        stop: Expr,
        /// The third argument.
        step: Expr,
    },
}
