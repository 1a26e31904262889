//! `top-nested`: the first values, level by level. `T | top-nested 3 of a with others="x" by count(), top-nested of b by sum(x)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | top-nested 3 of a with others="x" by count(), top-nested of b by sum(x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopNested {
    /// Outermost first.
    pub levels: Vec<TopNestedLevel>,
    /// Where.
    pub span: Span,
}

/// `top-nested 3 of a with others = "x" by count() desc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopNestedLevel {
    /// How many; all when left out.
    pub count: Option<Expr>,
    /// The value column.
    pub of: NamedExpr,
    /// `with others = "x"`: the name of the row for the rest.
    pub others: Option<Expr>,
    /// The aggregate that orders the values.
    pub by: SortKey,
    /// Where.
    pub span: Span,
}

/// How many values; left out before `of`.
fn count(i: In<'_>) -> R<'_, Option<Expr>> {
    if i.at_word("of") { Ok((i, None)) } else { opt(expr).parse(i) }
}

pub(super) fn parse(i: In<'_>) -> R<'_, TopNested> {
    let (rest, levels) = list("`top-nested` and its next level", level)(i)?;
    Ok((rest, TopNested { levels, span: i.span_to(rest) }))
}

fn level(i: In<'_>) -> R<'_, TopNestedLevel> {
    let (rest, _) = word("top-nested")(i)?;
    let of = preceded(need_word("of", "`of` and a column"), need_named("a column"));
    let (rest, (count, of, others)) = (count, of, opt(others)).parse(rest)?;
    let by = preceded(need_word("by", "`by` and an aggregate"), need_sort_key("an aggregate"));
    let (rest, by) = { by }.parse(rest)?;
    Ok((rest, TopNestedLevel { count, of, others, by, span: i.span_to(rest) }))
}

/// `with others = "x"`
fn others(i: In<'_>) -> R<'_, Expr> {
    let value = need_expr("a name for the others");
    preceded((word("with"), need_word("others", "`others`"), need(Kind::Assign, "`=`")), value).parse(i)
}

impl Print for TopNested {
    fn print(&self, p: &mut Printer) {
        for (index, level) in self.levels.iter().enumerate() {
            p.word(if index > 0 { ", " } else { "" }).word("top-nested");
            if let Some(count) = &level.count {
                p.space().expr(count);
            }
            p.word(" of ").named(&level.of);
            if let Some(others) = &level.others {
                p.word(" with others = ").expr(others);
            }
            p.word(" by ").sort_keys(std::slice::from_ref(&level.by));
        }
    }
}
