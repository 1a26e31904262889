//! `externaldata`: rows read from addresses. `externaldata (a:long) ["https://…"] with (format="csv")`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `externaldata (a:long) ["https://…"] with (format="csv")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Externaldata {
    /// Rare hints before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// The columns.
    pub schema: TableSchema,
    /// Where the rows are.
    pub addresses: Vec<Expr>,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

/// A whole `externaldata`, as an expression.
pub(crate) fn externaldata(i: In<'_>) -> R<'_, Expr> {
    let head = (keyword, parameters(&[]), need_schema(false));
    let addresses = expect("`[` and addresses", brackets(loose_list("an address", false, pipe_expr)));
    let with = preceded(word("with"), expect("`(` and properties", parens(free_properties)));
    let (rest, ((_, parameters, schema), addresses, with)) = (head, addresses, opt(with)).parse(i)?;
    let found = Externaldata {
        parameters,
        schema,
        addresses: addresses.flatten().unwrap_or_default(),
        properties: with.flatten().flatten().unwrap_or_default(),
        span: i.span_to(rest),
    };
    Ok((rest, super::datatable::source_expr(Source::Externaldata(found), i.span_to(rest))))
}

impl Print for Externaldata {
    fn print(&self, p: &mut Printer) {
        p.word("externaldata").parameters(&self.parameters).space().schema(&self.schema);
        p.word(" [").expr_list(&self.addresses).word("]");
        if !self.properties.is_empty() {
            p.word(" with (").properties(&self.properties).word(")");
        }
    }
}
