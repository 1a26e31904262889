//! `evaluate`: calls a plugin. `T | evaluate [hint.…] pivot(a) [: (a:long, *)]`

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

/// `T | evaluate [hint.…] pivot(a) [: (a:long, *)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluate {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The plugin and its arguments.
    pub call: Call,
    /// The promised columns.
    pub schema: Option<TableSchema>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Evaluate> {
    let (rest, (_, parameters, plugin)) =
        (keyword, parameters(&[]), expect("a plugin call such as `bag_unpack(d)`", call)).parse(i)?;
    let plugin =
        plugin.unwrap_or_else(|| Call { name: rest.missing_name(), arguments: Vec::new(), span: rest.gap() });
    let (rest, schema) = opt(preceded(kind(Kind::Colon), need_schema(true))).parse(rest)?;
    Ok((rest, Evaluate { parameters, call: plugin, schema, span: i.span_to(rest) }))
}

impl Print for Evaluate {
    fn print(&self, p: &mut Printer) {
        p.word("evaluate").parameters(&self.parameters).space().call(&self.call);
        if let Some(schema) = &self.schema {
            p.word(" : ").schema(schema);
        }
    }
}
