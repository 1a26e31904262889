//! `extend`: adds or replaces columns. `T | extend a = x + 1, y`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | extend a = x + 1, y`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extend {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Extend> {
    let (rest, (_, columns)) = (keyword, list("a column", named)).parse(i)?;
    Ok((rest, Extend { columns, span: i.span_to(rest) }))
}

impl Print for Extend {
    fn print(&self, p: &mut Printer) {
        p.word("extend ").named_list(&self.columns);
    }
}
