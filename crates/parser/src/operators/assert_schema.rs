//! `assert-schema`: refuses rows whose columns are not as declared. `T | assert-schema (a:long, b:string)`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | assert-schema (a:long, b:string)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertSchema {
    /// The columns that must be there.
    pub schema: TableSchema,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, AssertSchema> {
    let (rest, (_, schema)) = (keyword, need_schema(false)).parse(i)?;
    Ok((rest, AssertSchema { schema, span: i.span_to(rest) }))
}

impl Print for AssertSchema {
    fn print(&self, p: &mut Printer) {
        p.word("assert-schema ").schema(&self.schema);
    }
}
