//! `sort`: orders the rows. `T | sort by a asc nulls first, b`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | sort by a asc nulls first, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The keys.
    pub keys: Vec<SortKey>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Sort> {
    let (rest, (_, parameters, (), keys)) =
        (keyword, parameters(&[]), need_word("by", "`by` and a column"), list("a column", sort_key))
            .parse(i)?;
    Ok((rest, Sort { parameters, keys, span: i.span_to(rest) }))
}

impl Print for Sort {
    fn print(&self, p: &mut Printer) {
        p.word("sort").parameters(&self.parameters).word(" by ").sort_keys(&self.keys);
    }
}
