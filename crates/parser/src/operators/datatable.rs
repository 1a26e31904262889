//! `datatable`: a table written out in the query. `datatable (a:long, b:string) [1, "x", 2, "y"]`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `datatable (a:long, b:string) [1, "x", 2, "y"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datatable {
    /// Rare hints before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// The columns.
    pub schema: TableSchema,
    /// The cells, row by row.
    pub values: Vec<Expr>,
    /// Where.
    pub span: Span,
}

/// A whole `datatable`, as an expression.
pub(crate) fn datatable(i: In<'_>) -> R<'_, Expr> {
    if !i.at_word("datatable") {
        return miss();
    }
    let (rest, (_, parameters, schema)) = (keyword, parameters(&[]), need_schema(false)).parse(i)?;
    let (rest, values) = expect("`[` and values", brackets(loose_list("a literal", true, value)))(rest)?;
    let values = values.flatten().unwrap_or_default();
    let source = Source::Datatable(Datatable { parameters, schema, values, span: i.span_to(rest) });
    Ok((rest, source_expr(source, i.span_to(rest))))
}

/// A source alone, as an expression.
pub(super) fn source_expr(source: Source, span: Span) -> Expr {
    Expr::new(ExprKind::Pipeline(Box::new(Pipeline { source, operators: Vec::new(), span })), span)
}

/// A cell: a literal, perhaps a number with its sign, or `typeof(…)`.
fn value(i: In<'_>) -> R<'_, Expr> {
    let sign = match i.kind() {
        Kind::Minus => Some(UnaryOp::Minus),
        Kind::Plus => Some(UnaryOp::Plus),
        _ => None,
    };
    let number = matches!(i.nth(1).kind, Kind::Long | Kind::Real | Kind::TimeSpan) && i.nth(1).adjacent();
    if let (Some(sign), true) = (sign, number) {
        let (rest, number) = literal(i.skip(1))?;
        return Ok((rest, Expr::new(ExprKind::Unary(sign, Box::new(number)), i.span_to(rest))));
    }
    literal(i).or_else(|_| if type_of(i).is_ok() { path(i) } else { miss() })
}

impl Print for Datatable {
    fn print(&self, p: &mut Printer) {
        p.word("datatable").parameters(&self.parameters).space().schema(&self.schema).word(" [");
        let width = self.schema.columns.len().max(1);
        let rows = self.values.len().div_ceil(width);
        p.indent();
        for (index, row) in self.values.chunks(width).enumerate() {
            p.line().expr_list(row).word(if index + 1 < rows { "," } else { "" });
        }
        p.dedent();
        if rows > 0 {
            p.line();
        }
        p.word("]");
    }
}
