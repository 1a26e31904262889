//! `parse-where`: takes texts apart and keeps rows that match. `T | parse-where s with "a=" a:long`

use nom::Parser;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | parse-where s with "a=" a:long`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseWhere {
    /// `kind`, `flags`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub value: Expr,
    /// What it looks like.
    pub pattern: Vec<ParsePart>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ParseWhere> {
    let pattern = preceded(need_word("with", "`with` and a pattern"), many(super::parse::part));
    let (rest, (_, parameters, value, pattern)) =
        (keyword, parameters(&["flags"]), need_expr("a text"), pattern).parse(i)?;
    Ok((rest, ParseWhere { parameters, value, pattern, span: i.span_to(rest) }))
}

impl Print for ParseWhere {
    fn print(&self, p: &mut Printer) {
        p.word("parse-where").parameters(&self.parameters).space().expr(&self.value).word(" with");
        super::parse::print_pattern(p, &self.pattern);
    }
}
