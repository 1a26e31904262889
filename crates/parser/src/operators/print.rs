//! `print`: one row of values. `print a = 1, "x"`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::Printer;

/// `print a = 1, "x"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Print> {
    let (rest, (_, columns)) = (keyword, list("a value", named)).parse(i)?;
    Ok((rest, Print { columns, span: i.span_to(rest) }))
}

impl crate::print::Print for Print {
    fn print(&self, p: &mut Printer) {
        p.word("print ").named_list(&self.columns);
    }
}
