//! `consume`: reads the rows and gives none. `T | consume [decodeblocks=true]`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | consume [decodeblocks=true]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consume {
    /// `decodeblocks = true`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Consume> {
    let (rest, (_, parameters)) = (keyword, parameters(&[])).parse(i)?;
    Ok((rest, Consume { parameters, span: i.span_to(rest) }))
}

impl Print for Consume {
    fn print(&self, p: &mut Printer) {
        p.word("consume").parameters(&self.parameters);
    }
}
