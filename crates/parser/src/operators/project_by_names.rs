//! `project-by-names`: keeps columns whose names are values. `T | project-by-names "a", dynamic(["b"]), c*`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | project-by-names "a", dynamic(["b"]), c*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectByNames {
    /// Names, patterns, strings, arrays.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ProjectByNames> {
    let (rest, (_, columns)) = (keyword, list0("a column", by_name)).parse(i)?;
    Ok((rest, ProjectByNames { columns, span: i.span_to(rest) }))
}

impl Print for ProjectByNames {
    fn print(&self, p: &mut Printer) {
        p.word("project-by-names");
        if !self.columns.is_empty() {
            p.space().pattern_list(&self.columns);
        }
    }
}

/// A name, a pattern, or an expression that gives names.
fn by_name(i: In<'_>) -> R<'_, Expr> {
    if wildcard(i).is_ok() { name_or_wildcard(i) } else { expr(i) }
}
