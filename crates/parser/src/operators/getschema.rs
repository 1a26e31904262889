//! `getschema`: describes the columns. `T | getschema`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | getschema`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Getschema {
    /// `kind = csl`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Getschema> {
    let (rest, (_, parameters)) = (keyword, parameters(&[])).parse(i)?;
    Ok((rest, Getschema { parameters, span: i.span_to(rest) }))
}

impl Print for Getschema {
    fn print(&self, p: &mut Printer) {
        p.word("getschema").parameters(&self.parameters);
    }
}
