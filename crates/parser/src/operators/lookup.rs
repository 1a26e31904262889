//! `lookup`: adds columns of a second table. `T | lookup kind=leftouter (U) on a`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | lookup kind=leftouter (U) on a`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// `kind = …`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The table looked up in.
    pub right: Expr,
    /// How rows match.
    pub condition: JoinCondition,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Lookup> {
    let right = |i| need_with(i, "a table, or a subquery in parentheses", expr);
    let (rest, (_, parameters, right, condition)) =
        (keyword, parameters(&[]), right, super::join::condition).parse(i)?;
    Ok((rest, Lookup { parameters, right, condition, span: i.span_to(rest) }))
}

impl Print for Lookup {
    fn print(&self, p: &mut Printer) {
        p.word("lookup").parameters(&self.parameters).space().expr(&self.right);
        super::join::print_condition(p, &self.condition);
    }
}
