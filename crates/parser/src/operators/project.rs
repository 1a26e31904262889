//! `project`: the columns of the result. `T | project a, b = x + 1`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | project a, b = x + 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Project> {
    let (rest, (_, columns)) = (keyword, list0("a column", named)).parse(i)?;
    Ok((rest, Project { columns, span: i.span_to(rest) }))
}

impl Print for Project {
    fn print(&self, p: &mut Printer) {
        p.word("project");
        if !self.columns.is_empty() {
            p.space().named_list(&self.columns);
        }
    }
}
