//! `parse-kv`: takes key-value texts apart. `T | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=")`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseKv {
    /// The text.
    pub value: Expr,
    /// The keys, which become columns.
    pub keys: TableSchema,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, ParseKv> {
    let (rest, (_, value, keys, properties)) = (
        keyword,
        need_expr("a text"),
        preceded(need_word("as", "`as` and the keys"), need_schema(false)),
        opt(preceded(word("with"), expect("`(` and properties", parens(properties(PROPERTIES))))),
    )
        .parse(i)?;
    Ok((
        rest,
        ParseKv {
            value,
            keys,
            properties: properties.flatten().flatten().unwrap_or_default(),
            span: i.span_to(rest),
        },
    ))
}

impl Print for ParseKv {
    fn print(&self, p: &mut Printer) {
        p.word("parse-kv ").expr(&self.value).word(" as ").schema(&self.keys);
        if !self.properties.is_empty() {
            p.word(" with (").properties(&self.properties).word(")");
        }
    }
}

/// What `with (…)` may say.
const PROPERTIES: &[&str] = &["pair_delimiter", "kv_delimiter", "regex", "quote", "escape", "greedy"];
