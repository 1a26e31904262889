//! `inline_external_table`: a table kept outside, described in the query. `inline_external_table (a:long) kind=storage dataformat=csv ("https://…")`

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

/// `inline_external_table (a:long) kind=storage dataformat=csv ("https://…")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineExternalTable {
    /// The columns.
    pub schema: Option<TableSchema>,
    /// `kind = storage`
    pub kind: Option<Name>,
    /// `partition by (…)`
    pub partitions: Vec<ExternalPartition>,
    /// `pathformat = (…)`
    pub path_format: Vec<Expr>,
    /// `dataformat = csv`
    pub format: Option<Name>,
    /// Where the rows are.
    pub addresses: Vec<Expr>,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

/// `name:type = expression` in `partition by (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalPartition {
    /// The column and its type.
    pub column: ColumnDeclaration,
}

/// A whole `inline_external_table`, as an expression; a miss where the word is a name.
pub(crate) fn inline_external_table(i: In<'_>) -> R<'_, Expr> {
    if i.nth(1).kind != Kind::OpenParen && !i.nth_is_word(1, "kind") {
        return miss();
    }
    let assigned = |what| preceded(word(what), preceded(need(Kind::Assign, "`=`"), need_name("a word")));
    let (rest, (_, schema, kind)) = (keyword, opt(schema(false)), opt(assigned("kind"))).parse(i)?;
    let partitions = preceded(
        (word("partition"), need_word("by", "`by`")),
        expect("`(` and columns", parens(list("a column", partition))),
    );
    let path_format = preceded(
        (word("pathformat"), need(Kind::Assign, "`=`")),
        expect("`(` and its parts", parens(many(signed))),
    );
    let (rest, (partitions, path_format, format)) =
        (opt(partitions), opt(path_format), opt(assigned("dataformat"))).parse(rest)?;
    let addresses = expect("`(` and addresses", parens(loose_list("an address", false, expr)));
    let with = preceded(word("with"), expect("`(` and properties", parens(free_properties)));
    let (rest, (addresses, with)) = (addresses, opt(with)).parse(rest)?;
    let found = InlineExternalTable {
        schema,
        kind,
        partitions: partitions.flatten().flatten().unwrap_or_default(),
        path_format: path_format.flatten().flatten().unwrap_or_default(),
        format,
        addresses: addresses.flatten().unwrap_or_default(),
        properties: with.flatten().flatten().unwrap_or_default(),
        span: i.span_to(rest),
    };
    Ok((rest, super::datatable::source_expr(Source::InlineExternalTable(found), i.span_to(rest))))
}

fn partition(i: In<'_>) -> R<'_, ExternalPartition> {
    let (rest, (mut column, default)) =
        (column, opt(preceded(kind(Kind::Assign), need_expr("a value")))).parse(i)?;
    column.default = default;
    Ok((rest, ExternalPartition { column }))
}

impl Print for InlineExternalTable {
    fn print(&self, p: &mut Printer) {
        p.word("inline_external_table");
        if let Some(schema) = &self.schema {
            p.space().schema(schema);
        }
        if let Some(kind) = &self.kind {
            p.word(" kind=").word(&kind.text);
        }
        for (index, partition) in self.partitions.iter().enumerate() {
            p.word(if index > 0 { ", " } else { " partition by (" })
                .columns(std::slice::from_ref(&partition.column));
        }
        p.word(if self.partitions.is_empty() { "" } else { ")" });
        for (index, part) in self.path_format.iter().enumerate() {
            p.word(if index > 0 { " " } else { " pathformat=(" }).expr(part);
        }
        p.word(if self.path_format.is_empty() { "" } else { ")" });
        if let Some(format) = &self.format {
            p.word(" dataformat=").word(&format.text);
        }
        p.word(" (").expr_list(&self.addresses).word(")");
        if !self.properties.is_empty() {
            p.word(" with (").properties(&self.properties).word(")");
        }
    }
}
