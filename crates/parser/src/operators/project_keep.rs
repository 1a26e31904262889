//! `project-keep`: keeps columns. `T | project-keep a, k*`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | project-keep a, k*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectKeep {
    /// Names and patterns.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ProjectKeep> {
    let (rest, (_, columns)) = (keyword, list0("a column", name_or_wildcard)).parse(i)?;
    Ok((rest, ProjectKeep { columns, span: i.span_to(rest) }))
}

impl Print for ProjectKeep {
    fn print(&self, p: &mut Printer) {
        p.word("project-keep");
        if !self.columns.is_empty() {
            p.space().pattern_list(&self.columns);
        }
    }
}
