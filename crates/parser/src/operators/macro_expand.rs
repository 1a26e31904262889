//! `macro-expand`: runs a body for each member of an entity group. `macro-expand [isfuzzy=true] Group as x (x.T | count)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::statements;

/// `macro-expand [isfuzzy=true] Group as x (x.T | count)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacroExpand {
    /// `isfuzzy`, `kind`, `force_remote`
    pub parameters: Vec<OperatorParameter>,
    /// The group, by name or written out.
    pub group: Expr,
    /// The name of the member within the body.
    pub alias: Name,
    /// The body's statements, without parentheses.
    pub body: Vec<Statement>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, MacroExpand> {
    let (rest, (_, parameters, group, alias, body)) = (
        keyword,
        parameters(&["best_effort"]),
        group,
        opt(preceded(word("as"), need_name("a name"))),
        expect("`(` and statements", parens(statements::block)),
    )
        .parse(i)?;
    Ok((
        rest,
        MacroExpand {
            parameters,
            group,
            alias: alias.unwrap_or_else(|| i.missing_name()),
            body: body.flatten().unwrap_or_default(),
            span: i.span_to(rest),
        },
    ))
}

impl Print for MacroExpand {
    fn print(&self, p: &mut Printer) {
        p.word("macro-expand").parameters(&self.parameters).space().expr(&self.group);
        if !self.alias.text.is_empty() {
            p.word(" as ").name(&self.alias);
        }
        p.word(" (").block(&self.body).word(")");
    }
}

/// A group by name, by path, or written out.
fn group(i: In<'_>) -> R<'_, Expr> {
    need_with(i, "an entity group", |i| statements::entity_group(i).or_else(|_| wildcard_path(i)))
}
