//! `find`: looks for rows in many tables. `find [withsource=s] [in (A, B*)] where x == 1 [project a, b:long, pack(*)]`

use nom::Parser;
use nom::combinator::opt;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `find [withsource=s] [in (A, B*)] where x == 1 [project a, b:long, pack(*)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// `withsource = Name`, `datascope = …`
    pub parameters: Vec<OperatorParameter>,
    /// `in (…)`; all tables when empty.
    pub tables: Vec<Expr>,
    /// What a row must satisfy.
    pub predicate: Expr,
    /// Which columns are kept.
    pub columns: Option<FindColumns>,
    /// Where.
    pub span: Span,
}

/// Which columns `find` keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindColumns {
    /// `project-smart`
    Smart,
    /// `project a, b:long, pack(*)`
    Listed {
        /// The columns.
        columns: Vec<ColumnDeclaration>,
        /// `pack(*)`, `pack_all()`: the others as one bag.
        pack: bool,
        /// `*`: all columns.
        all: bool,
    },
}

/// Where a `find` looks: parameters before `where`.
const PARAMETERS: &[&str] = &["withsource", "datascope"];

pub(super) fn parse(i: In<'_>) -> R<'_, Find> {
    let (rest, (_, parameters, tables)) = (keyword, parameters(PARAMETERS), opt(tables)).parse(i)?;
    let rest = if parameters.is_empty() && tables.is_none() {
        opt(word("where")).parse(rest)?.0
    } else {
        need_word("where", "`where`")(rest)?.0
    };
    let (rest, (predicate, columns)) = (need_expr("a condition"), opt(columns)).parse(rest)?;
    let tables = tables.unwrap_or_default();
    Ok((rest, Find { parameters, tables, predicate, columns, span: i.span_to(rest) }))
}

/// `in (A, B*, database("d").C)`
pub(super) fn tables(i: In<'_>) -> R<'_, Vec<Expr>> {
    if !i.at_word("in") {
        return miss();
    }
    let (rest, found) = expect("`(` and tables", parens(list("a table", wildcard_path)))(i.skip(1))?;
    Ok((rest, found.flatten().unwrap_or_default()))
}

enum Part {
    Pack,
    All,
    Column(ColumnDeclaration),
}

fn columns(i: In<'_>) -> R<'_, FindColumns> {
    if i.at_word("project-smart") {
        return Ok((i.skip(1), FindColumns::Smart));
    }
    if !i.at_word("project") {
        return miss();
    }
    let (rest, parts) = list("a column", part)(i.skip(1))?;
    let (mut columns, mut pack, mut all) = (Vec::new(), false, false);
    for part in parts {
        match part {
            Part::Pack => pack = true,
            Part::All => all = true,
            Part::Column(column) => columns.push(column),
        }
    }
    Ok((rest, FindColumns::Listed { columns, pack, all }))
}

fn part(i: In<'_>) -> R<'_, Part> {
    if i.at(Kind::Star) {
        return Ok((i.skip(1), Part::All));
    }
    if (i.at_word("pack") || i.at_word("pack_all")) && i.nth(1).kind == Kind::OpenParen {
        let (rest, _) = parens(opt(kind(Kind::Star))).parse(i.skip(1))?;
        return Ok((rest, Part::Pack));
    }
    optional_type_column(i).map(|(rest, found)| (rest, Part::Column(found)))
}

impl Print for Find {
    fn print(&self, p: &mut Printer) {
        p.word("find").parameters(&self.parameters);
        if !self.tables.is_empty() {
            p.word(" in (").tables(&self.tables).word(")");
        }
        p.word(" where ").expr(&self.predicate);
        match &self.columns {
            None => {}
            Some(FindColumns::Smart) => {
                p.word(" project-smart");
            }
            Some(FindColumns::Listed { columns, pack, all }) => {
                p.word(" project ").columns(columns);
                let mut comma = !columns.is_empty();
                for (present, text) in [(*all, "*"), (*pack, "pack(*)")] {
                    if present {
                        p.word(if comma { ", " } else { "" }).word(text);
                        comma = true;
                    }
                }
            }
        }
    }
}
