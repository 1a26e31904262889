//! `fork`: sends the rows down several pipelines. `T | fork a = (take 5) (count)`

use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | fork a = (take 5) (count)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The pipelines.
    pub branches: Vec<ForkBranch>,
    /// Where.
    pub span: Span,
}

/// One pipeline of a `fork`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkBranch {
    /// `name = (…)`
    pub name: Option<Name>,
    /// What is done; its source is [`Source::Input`].
    pub pipeline: Pipeline,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Fork> {
    let (rest, branches) = many(branch)(i.skip(1))?;
    if branches.is_empty() {
        rest.expected("KS006", "`(` and a subquery");
    }
    Ok((rest, Fork { branches, span: i.span_to(rest) }))
}

fn branch(i: In<'_>) -> R<'_, ForkBranch> {
    let named = name_width(i, false).filter(|width| i.nth(*width).kind == Kind::Assign);
    let (rest, name) = match named {
        Some(width) => (i.skip(width + 1), name(i).ok().map(|(_, name)| name)),
        None if i.at(Kind::OpenParen) => (i, None),
        None => return miss(),
    };
    let (rest, pipeline) = expect("`(` and a subquery", parens(subquery_or_pipeline))(rest)?;
    let pipeline = pipeline.flatten().unwrap_or_else(|| empty(rest));
    Ok((rest, ForkBranch { name, pipeline, span: i.span_to(rest) }))
}

impl Print for Fork {
    fn print(&self, p: &mut Printer) {
        p.word("fork");
        for branch in &self.branches {
            p.space();
            if let Some(name) = &branch.name {
                p.name(name).word(" = ");
            }
            p.subquery(&branch.pipeline);
        }
    }
}
