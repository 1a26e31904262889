//! `find`: looks for rows in many tables. `find [withsource=s] [in (A, B*)] where x == 1 [project a, b:long, pack(*)]`

use crate::ast::*;

/// `find [withsource=s] [in (A, B*)] where x == 1 [project a, b:long, pack(*)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// `withsource = Name`, `datascope = …`
    pub parameters: Vec<OperatorParameter>,
    /// `in (…)`; all tables when empty.
    pub tables: Vec<Expr>,
    /// What a row must satisfy.
    pub predicate: Expr,
    /// Which columns are kept.
    pub columns: Option<FindColumns>,
    /// Where.
    pub span: Span,
}

/// Which columns `find` keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindColumns {
    /// `project-smart`
    Smart,
    /// `project a, b:long, pack(*)`
    Listed {
        /// The columns.
        columns: Vec<ColumnDeclaration>,
        /// `pack(*)`, `pack_all()`: the others as one bag.
        pack: bool,
    },
}
