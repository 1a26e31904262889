//! `project-away`: leaves columns out. `T | project-away a, tmp*`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | project-away a, tmp*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectAway {
    /// Names and patterns.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ProjectAway> {
    let (rest, (_, columns)) = (keyword, list0("a column", name_or_wildcard)).parse(i)?;
    Ok((rest, ProjectAway { columns, span: i.span_to(rest) }))
}

impl Print for ProjectAway {
    fn print(&self, p: &mut Printer) {
        p.word("project-away");
        if !self.columns.is_empty() {
            p.space().pattern_list(&self.columns);
        }
    }
}
