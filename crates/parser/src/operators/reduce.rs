//! `reduce`: groups similar texts. `T | reduce [kind=source] by s [with threshold=0.1, characters="-"]`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | reduce [kind=source] by s [with threshold=0.1, characters="-"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduce {
    /// `kind = source`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub by: Expr,
    /// `with …`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Reduce> {
    let (rest, (_, parameters, (), by, properties)) = (
        keyword,
        parameters(&[]),
        need_word("by", "`by` and a text"),
        need_expr("a text"),
        opt(preceded(word("with"), properties(PROPERTIES))),
    )
        .parse(i)?;
    Ok((rest, Reduce { parameters, by, properties: properties.unwrap_or_default(), span: i.span_to(rest) }))
}

impl Print for Reduce {
    fn print(&self, p: &mut Printer) {
        p.word("reduce").parameters(&self.parameters).word(" by ").expr(&self.by);
        if !self.properties.is_empty() {
            p.word(" with ").properties(&self.properties);
        }
    }
}

/// What `with` may say.
const PROPERTIES: &[&str] = &["threshold", "characters"];
