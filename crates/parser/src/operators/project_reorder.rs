//! `project-reorder`: orders the columns. `T | project-reorder a, k* asc`

use nom::Parser;
use nom::combinator::opt;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | project-reorder a, k* asc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectReorder {
    /// Names and patterns.
    pub columns: Vec<ReorderedColumn>,
    /// Where.
    pub span: Span,
}

/// `a`, `k* asc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorderedColumn {
    /// A name or a pattern.
    pub column: Expr,
    /// How the columns of a pattern are ordered.
    pub direction: Option<Direction>,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ProjectReorder> {
    let (rest, (_, columns)) = (keyword, list0("a column", reordered)).parse(i)?;
    Ok((rest, ProjectReorder { columns, span: i.span_to(rest) }))
}

impl Print for ProjectReorder {
    fn print(&self, p: &mut Printer) {
        p.word("project-reorder");
        for (index, column) in self.columns.iter().enumerate() {
            p.word(if index > 0 { ", " } else { " " }).pattern(&column.column);
            if let Some(direction) = column.direction {
                p.space().word(direction.word());
            }
        }
    }
}

fn reordered(i: In<'_>) -> R<'_, ReorderedColumn> {
    let (rest, (column, direction)) = (name_or_wildcard, opt(direction)).parse(i)?;
    Ok((rest, ReorderedColumn { column, direction }))
}
