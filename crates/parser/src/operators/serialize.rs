//! `serialize`: fixes the order of the rows. `T | serialize n = row_number()`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | serialize n = row_number()`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serialize {
    /// Columns added on the way.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Serialize> {
    let (rest, (_, _, columns)) = (keyword, parameters(&[]), list0("a column", named)).parse(i)?;
    Ok((rest, Serialize { columns, span: i.span_to(rest) }))
}

impl Print for Serialize {
    fn print(&self, p: &mut Printer) {
        p.word("serialize");
        if !self.columns.is_empty() {
            p.space().named_list(&self.columns);
        }
    }
}
