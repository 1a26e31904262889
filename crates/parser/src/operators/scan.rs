//! `scan`: matches sequences of rows. `T | scan declare (c:long=0) with (step s: true => c = s.c + 1;)`

use crate::ast::*;

/// `T | scan declare (c:long=0) with (step s: true => c = s.c + 1;)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// `with_match_id = m`, `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// `order by …`
    pub order_by: Vec<SortKey>,
    /// `partition by …`
    pub partition_by: Vec<Expr>,
    /// The columns that the steps set.
    pub declare: Vec<ColumnDeclaration>,
    /// The steps.
    pub steps: Vec<ScanStep>,
    /// Where.
    pub span: Span,
}

/// `step s output=last: condition => a = 1, b = 2;`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// `optional`
    pub optional: bool,
    /// `output = all`
    pub output: Option<Name>,
    /// When it matches.
    pub condition: Expr,
    /// What it sets.
    pub assignments: Vec<ScanAssignment>,
    /// Where.
    pub span: Span,
}

/// `column = value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanAssignment {
    /// The declared column.
    pub column: Name,
    /// Its value.
    pub value: Expr,
}
