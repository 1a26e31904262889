//! `parse`: takes texts apart. `T | parse kind=simple s with "a=" a:long "," *`

use nom::Parser;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | parse kind=simple s with "a=" a:long "," *`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    /// `kind`, `flags`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub value: Expr,
    /// What it looks like.
    pub pattern: Vec<ParsePart>,
    /// Where.
    pub span: Span,
}

/// One part of a pattern, in `parse` and `parse-where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParsePart {
    /// `*`: anything.
    Star(Span),
    /// A text that must be there, a string literal.
    Text(Expr),
    /// `name:type`: what is kept.
    Column(ColumnDeclaration),
}

pub(super) fn parse(i: In<'_>) -> R<'_, Parse> {
    let pattern = preceded(need_word("with", "`with` and a pattern"), many(part));
    let (rest, (_, parameters, value, pattern)) =
        (keyword, parameters(&["flags"]), need_expr("a text"), pattern).parse(i)?;
    Ok((rest, Parse { parameters, value, pattern, span: i.span_to(rest) }))
}

impl Print for Parse {
    fn print(&self, p: &mut Printer) {
        p.word("parse").parameters(&self.parameters).space().expr(&self.value).word(" with");
        print_pattern(p, &self.pattern);
    }
}

/// A part of the pattern: `*`, a text, `name:type`.
pub(super) fn part(i: In<'_>) -> R<'_, ParsePart> {
    if i.at(Kind::Star) {
        return Ok((i.skip(1), ParsePart::Star(i.peek().span())));
    }
    if i.at(Kind::String) {
        return string_literal.map(ParsePart::Text).parse(i);
    }
    optional_type_column.map(ParsePart::Column).parse(i)
}

/// The parts, each with a space before it.
pub(super) fn print_pattern(p: &mut Printer, pattern: &[ParsePart]) {
    for part in pattern {
        p.space();
        match part {
            ParsePart::Star(_) => p.word("*"),
            ParsePart::Text(text) => p.expr(text),
            ParsePart::Column(column) => p.columns(std::slice::from_ref(column)),
        };
    }
}
