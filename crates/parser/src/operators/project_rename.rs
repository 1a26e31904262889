//! `project-rename`: renames columns. `T | project-rename new = old`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | project-rename new = old`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRename {
    /// The new names.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ProjectRename> {
    let (rest, (_, columns)) = (keyword, list0("a new name and its column", named)).parse(i)?;
    Ok((rest, ProjectRename { columns, span: i.span_to(rest) }))
}

impl Print for ProjectRename {
    fn print(&self, p: &mut Printer) {
        p.word("project-rename");
        if !self.columns.is_empty() {
            p.space().named_list(&self.columns);
        }
    }
}
