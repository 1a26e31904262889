//! `distinct`: keeps one row of each combination of values. `T | distinct a, b`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | distinct a, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distinct {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The columns, or one [`ExprKind::Star`].
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Distinct> {
    let (rest, (_, parameters, columns)) = (keyword, parameters(&[]), list("a column", column)).parse(i)?;
    Ok((rest, Distinct { parameters, columns, span: i.span_to(rest) }))
}

impl Print for Distinct {
    fn print(&self, p: &mut Printer) {
        p.word("distinct").parameters(&self.parameters).space().named_list(&self.columns);
    }
}

/// A column, or `*`.
fn column(i: In<'_>) -> R<'_, NamedExpr> {
    if !i.at(Kind::Star) {
        return named(i);
    }
    let (rest, value) = star(i);
    let span = value.span;
    Ok((rest, NamedExpr { target: Target::None, value, span }))
}
