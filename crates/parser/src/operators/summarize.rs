//! `summarize`: aggregates groups of rows. `T | summarize n = count(), max(x) by k, bin(t, 1h)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | summarize n = count(), max(x) by k, bin(t, 1h)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summarize {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What is computed; may be empty.
    pub aggregates: Vec<NamedExpr>,
    /// The groups; may be empty.
    pub by: Vec<NamedExpr>,
    /// `by t bin = 1h`, an old form.
    pub bin: Option<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Summarize> {
    let by = preceded(word("by"), (list("a column", key), opt(bin)));
    let (rest, (_, parameters, aggregates, by)) =
        (keyword, parameters(&[]), list0("an aggregate", aggregate), opt(by)).parse(i)?;
    let (by, bin) = by.unwrap_or_default();
    Ok((rest, Summarize { parameters, aggregates, by, bin, span: i.span_to(rest) }))
}

/// An aggregate; `by` ends the list even where it could be a name.
fn aggregate(i: In<'_>) -> R<'_, NamedExpr> {
    if i.at_word("by") { miss() } else { named(i) }
}

/// A group key; the old `bin = 1h` ends the list.
fn key(i: In<'_>) -> R<'_, NamedExpr> {
    if old_bin(i) { miss() } else { named(i) }
}

fn old_bin(i: In<'_>) -> bool {
    i.at_word("bin") && i.nth(1).kind == Kind::Assign && literal(i.skip(2)).is_ok()
}

/// `bin = 1h`
fn bin(i: In<'_>) -> R<'_, Expr> {
    if !i.at_word("bin") || i.nth(1).kind != Kind::Assign {
        return miss();
    }
    need_expr("the size of a bin")(i.skip(2))
}

impl Print for Summarize {
    fn print(&self, p: &mut Printer) {
        p.word("summarize").parameters(&self.parameters);
        if !self.aggregates.is_empty() {
            p.space().named_list(&self.aggregates);
        }
        if !self.by.is_empty() {
            p.word(" by ").named_list(&self.by);
        }
        if let Some(bin) = &self.bin {
            p.word(" bin=").expr(bin);
        }
    }
}
