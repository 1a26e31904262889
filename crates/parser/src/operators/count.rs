//! `count`: counts the rows. `T | count [as Name]`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | count [as Name]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// `as Name`: the column's name instead of `Count`.
    pub alias: Option<Name>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Count> {
    let (rest, (_, alias)) = (keyword, opt(preceded(word("as"), need_name("a name")))).parse(i)?;
    Ok((rest, Count { alias, span: i.span_to(rest) }))
}

impl Print for Count {
    fn print(&self, p: &mut Printer) {
        p.word("count");
        if let Some(alias) = &self.alias {
            p.word(" as ").name(alias);
        }
    }
}
