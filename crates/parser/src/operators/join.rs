//! `join`: matches rows of two tables. `T | join kind=inner (U) on a, $left.b == $right.c`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::habits;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | join kind=inner (U) on a, $left.b == $right.c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// `kind = …`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The right table.
    pub right: Expr,
    /// How rows match.
    pub condition: JoinCondition,
    /// Where.
    pub span: Span,
}

/// How the rows of two tables match, in `join` and `lookup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinCondition {
    /// `on a, $left.b == $right.c`
    On(Vec<Expr>),
    /// `where a == b`, an old form.
    Where(Expr),
    /// None was given; a diagnostic was.
    Missing,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Join> {
    let right = |i| need_with(i, "a table, or a subquery in parentheses", expr);
    let (rest, (_, parameters, right, condition)) = (keyword, parameters(&[]), right, condition).parse(i)?;
    Ok((rest, Join { parameters, right, condition, span: i.span_to(rest) }))
}

impl Print for Join {
    fn print(&self, p: &mut Printer) {
        p.word("join").parameters(&self.parameters).space().expr(&self.right);
        print_condition(p, &self.condition);
    }
}

/// `on a, $left.b == $right.c`
pub(super) fn condition(i: In<'_>) -> R<'_, JoinCondition> {
    if i.at_word("on") {
        return list("a column, or `$left.a == $right.b`", expr).map(JoinCondition::On).parse(i.skip(1));
    }
    if i.at_word("where") {
        return need_expr("a condition").map(JoinCondition::Where).parse(i.skip(1));
    }
    let help = "name a column of both sides, `on key`, or one of each, `on $left.a == $right.b`".to_string();
    i.expected_with("KS006", "`on` and the columns to match", habits::meant(i).or(Some(help)));
    Ok((i, JoinCondition::Missing))
}

/// The condition with a space before it.
pub(super) fn print_condition(p: &mut Printer, condition: &JoinCondition) {
    match condition {
        JoinCondition::On(columns) => {
            p.word(" on ").expr_list(columns);
        }
        JoinCondition::Where(predicate) => {
            p.word(" where ").expr(predicate);
        }
        JoinCondition::Missing => {}
    }
}
