//! `make-series`: makes arrays of aggregates along an axis. `T | make-series n = count() default=0 on t from a to b step 1d by k`

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

/// `T | make-series n = count() default=0 on t from a to b step 1d by k`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeSeries {
    /// `kind = nonempty`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What is computed for each bin.
    pub aggregates: Vec<SeriesAggregate>,
    /// `on t`
    pub axis: NamedExpr,
    /// From where to where, in what steps.
    pub bounds: SeriesBounds,
    /// `by k`: one series for each.
    pub by: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}

/// `n = count() default = 0`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesAggregate {
    /// The aggregate.
    pub value: NamedExpr,
    /// `default = 0`: the value of empty bins.
    pub default: Option<Expr>,
}

/// From where to where a series runs, in what steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesBounds {
    /// `from a to b step s`
    Steps {
        /// `from a`
        from: Option<Expr>,
        /// `to b`
        to: Option<Expr>,
        /// `step s`
        step: Expr,
    },
    /// `in range(a, b, s)`, where `b` is included.
    InRange {
        /// The first argument.
        start: Expr,
        /// The second argument.
        stop: Expr,
        /// The third argument.
        step: Expr,
    },
}

pub(super) fn parse(i: In<'_>) -> R<'_, MakeSeries> {
    let head = (keyword, parameters(&[]), list0("an aggregate", aggregate));
    let axis = preceded(need_word("on", "`on` and the axis"), need_named("the axis column"));
    let by = opt(preceded(word("by"), list("a column", named)));
    let (rest, ((_, parameters, aggregates), axis, bounds, by)) = (head, axis, bounds, by).parse(i)?;
    let by = by.unwrap_or_default();
    Ok((rest, MakeSeries { parameters, aggregates, axis, bounds, by, span: i.span_to(rest) }))
}

fn aggregate(i: In<'_>) -> R<'_, SeriesAggregate> {
    // `on` may be a name elsewhere, here it ends the list.
    if i.at_word("on") && i.nth(1).kind != Kind::Assign {
        return miss();
    }
    let default = preceded((word("default"), need(Kind::Assign, "`=`")), need_expr("a value"));
    let (rest, (value, default)) = (named, opt(default)).parse(i)?;
    Ok((rest, SeriesAggregate { value, default }))
}

fn bounds(i: In<'_>) -> R<'_, SeriesBounds> {
    if i.at_word("in") {
        return in_range(i);
    }
    let from = opt(preceded(word("from"), need_expr("the first bin")));
    let to = opt(preceded(word("to"), need_expr("the end")));
    let (rest, (from, to)) = (from, to).parse(i)?;
    let (rest, step) =
        preceded(need_word("step", "`step` and the size of a bin"), need_expr("the size of a bin"))
            .parse(rest)?;
    Ok((rest, SeriesBounds::Steps { from, to, step }))
}

/// `in range(start, stop, step)`
fn in_range(i: In<'_>) -> R<'_, SeriesBounds> {
    let (rest, ()) = need_word("range", "`range(start, stop, step)`")(i.skip(1))?;
    let comma = || need(Kind::Comma, "`,`");
    let arguments = (need_expr("the start"), comma(), need_expr("the stop"), comma(), need_expr("the step"));
    let (rest, found) = expect("`(start, stop, step)`", parens(arguments))(rest)?;
    let missing = || Expr::new(ExprKind::Missing, rest.gap());
    let (start, (), stop, (), step) =
        found.flatten().unwrap_or_else(|| (missing(), (), missing(), (), missing()));
    Ok((rest, SeriesBounds::InRange { start, stop, step }))
}

impl Print for MakeSeries {
    fn print(&self, p: &mut Printer) {
        p.word("make-series").parameters(&self.parameters).space();
        for (index, aggregate) in self.aggregates.iter().enumerate() {
            p.word(if index > 0 { ", " } else { "" }).named(&aggregate.value);
            if let Some(default) = &aggregate.default {
                p.word(" default=").expr(default);
            }
        }
        p.word(" on ").named(&self.axis);
        match &self.bounds {
            SeriesBounds::Steps { from, to, step } => {
                for (word, bound) in [(" from ", from), (" to ", to)] {
                    if let Some(bound) = bound {
                        p.word(word).expr(bound);
                    }
                }
                p.word(" step ").expr(step);
            }
            SeriesBounds::InRange { start, stop, step } => {
                p.word(" in range(").expr(start).word(", ").expr(stop).word(", ").expr(step).word(")");
            }
        }
        if !self.by.is_empty() {
            p.word(" by ").named_list(&self.by);
        }
    }
}
