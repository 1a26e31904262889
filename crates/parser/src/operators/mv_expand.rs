//! `mv-expand`: makes a row of each item of arrays. `T | mv-expand [kind=array] [with_itemindex=i] x to typeof(long) [limit 5]`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | mv-expand [kind=array] [with_itemindex=i] x to typeof(long) [limit 5]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MvExpand {
    /// Written `mvexpand`, the old form: it has another limit when none is given.
    pub obsolete: bool,
    /// `kind`, `bagexpansion`, `with_itemindex`
    pub parameters: Vec<OperatorParameter>,
    /// The arrays.
    pub columns: Vec<ExpandedColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, MvExpand> {
    let limit = opt(preceded(word("limit"), need_expr("a number of items")));
    let (rest, (_, parameters, columns, limit)) =
        (keyword, parameters(&[]), list("an array", listed), limit).parse(i)?;
    let obsolete = i.at_word("mvexpand");
    Ok((rest, MvExpand { obsolete, parameters, columns, limit, span: i.span_to(rest) }))
}

/// A column of the list, which `limit` ends.
fn listed(i: In<'_>) -> R<'_, ExpandedColumn> {
    if i.at_word("limit") { miss() } else { column(i) }
}

/// `n = x to typeof(long)`
pub(super) fn column(i: In<'_>) -> R<'_, ExpandedColumn> {
    let to_type = opt(preceded(word("to"), expect("`typeof(…)`", type_of)));
    let (rest, (value, to_type)) = (named, to_type).parse(i)?;
    let to_type = to_type.flatten().and_then(|types| types.into_iter().next());
    Ok((rest, ExpandedColumn { value, to_type, span: i.span_to(rest) }))
}

/// The columns with commas between them.
pub(super) fn print_columns(p: &mut Printer, columns: &[ExpandedColumn]) {
    for (index, column) in columns.iter().enumerate() {
        p.word(if index > 0 { ", " } else { "" }).named(&column.value);
        if let Some(to_type) = &column.to_type {
            p.word(" to typeof(").word(&to_type.text).word(")");
        }
    }
}

impl Print for MvExpand {
    fn print(&self, p: &mut Printer) {
        let keyword = if self.obsolete { "mvexpand" } else { "mv-expand" };
        p.word(keyword).parameters(&self.parameters).space();
        print_columns(p, &self.columns);
        if let Some(limit) = &self.limit {
            p.word(" limit ").expr(limit);
        }
    }
}
