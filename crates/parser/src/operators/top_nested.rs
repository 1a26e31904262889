//! `top-nested`: the first values, level by level. `T | top-nested 3 of a with others="x" by count(), top-nested of b by sum(x)`

use crate::ast::*;

/// `T | top-nested 3 of a with others="x" by count(), top-nested of b by sum(x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopNested {
    /// Outermost first.
    pub levels: Vec<TopNestedLevel>,
    /// Where.
    pub span: Span,
}

/// `top-nested 3 of a with others = "x" by count() desc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopNestedLevel {
    /// How many; all when left out.
    pub count: Option<Expr>,
    /// The value column.
    pub of: NamedExpr,
    /// `with others = "x"`: the name of the row for the rest.
    pub others: Option<Expr>,
    /// The aggregate that orders the values.
    pub by: SortKey,
    /// Where.
    pub span: Span,
}
