//! `render`: the wish to be drawn. `T | render timechart with (title="x", ycolumns=a, b)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | render timechart with (title="x", ycolumns=a, b)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Render {
    /// What is drawn: `timechart`.
    pub visualization: Option<Name>,
    /// `with (…)`, or the old form without it.
    pub properties: Vec<RenderProperty>,
    /// Where.
    pub span: Span,
}

/// `title = "x"`, `ycolumns = a, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderProperty {
    /// Its name.
    pub name: Name,
    /// Its value, or several columns.
    pub values: Vec<Expr>,
    /// Where.
    pub span: Span,
}

/// What `with (…)` may say.
const PROPERTIES: &[&str] = &[
    "kind",
    "title",
    "accumulate",
    "xcolumn",
    "ycolumns",
    "anomalycolumns",
    "series",
    "xtitle",
    "ytitle",
    "xaxis",
    "yaxis",
    "legend",
    "ysplit",
    "ymin",
    "ymax",
    "xmin",
    "xmax",
];

/// Properties that list columns.
const COLUMN_LISTS: &[&str] = &["ycolumns", "anomalycolumns", "series", "by"];

pub(super) fn parse(i: In<'_>) -> R<'_, Render> {
    let (rest, visualization) = expect("a visualization such as timechart", chart)(i.skip(1))?;
    let (rest, old) = many(old_property)(rest)?;
    let with = preceded(word("with"), expect("`(` and properties", parens(with_properties)));
    let (rest, with) = opt(with).parse(rest)?;
    let mut properties = old;
    properties.extend(with.flatten().flatten().unwrap_or_default());
    Ok((rest, Render { visualization, properties, span: i.span_to(rest) }))
}

fn chart(i: In<'_>) -> R<'_, Name> {
    let clause = matches!(i.nth_text(0), "with" | "kind" | "title" | "by" | "accumulate");
    match i.kind() {
        Kind::Name | Kind::Word(_) if !clause => Ok((i.skip(1), Name::new(i.nth_text(0), i.peek().span()))),
        _ => miss(),
    }
}

/// `title="x"` without `with`, and `by a, b` without `=`.
fn old_property(i: In<'_>) -> R<'_, RenderProperty> {
    let assigned = i.nth(1).kind == Kind::Assign;
    match i.nth_text(0) {
        "kind" | "title" | "accumulate" if assigned => property(i),
        "by" => {
            let (rest, values) = list("a column", property_column)(i.skip(1))?;
            let name = Name::new("by", i.peek().span());
            Ok((rest, RenderProperty { name, values, span: i.span_to(rest) }))
        }
        _ => miss(),
    }
}

fn with_properties(i: In<'_>) -> R<'_, Vec<RenderProperty>> {
    let i = if i.at(Kind::Comma) { i.skip(1) } else { i };
    list0("a property", property)(i)
}

fn property(i: In<'_>) -> R<'_, RenderProperty> {
    if !matches!(i.kind(), Kind::Name | Kind::Word(_)) {
        return miss();
    }
    let name = Name::new(i.nth_text(0), i.peek().span());
    if !PROPERTIES.contains(&name.text.as_str()) {
        complain_of_property(i, PROPERTIES);
    }
    let (rest, ()) = need(Kind::Assign, "`=`")(i.skip(1))?;
    let (rest, values) = if COLUMN_LISTS.contains(&name.text.as_str()) {
        column_values(rest)?
    } else {
        expect("a value", property_value)(rest).map(|(rest, value)| (rest, value.into_iter().collect()))?
    };
    Ok((rest, RenderProperty { name, values, span: i.span_to(rest) }))
}

fn property_value(i: In<'_>) -> R<'_, Expr> {
    let lone =
        matches!(i.nth(1).kind, Kind::End | Kind::Comma | Kind::Bar) || !matches!(i.kind(), Kind::Name);
    if lone { parameter_value(i).or_else(|_| path(i)) } else { path(i).or_else(|_| parameter_value(i)) }
}

/// Columns up to the next `name =`.
fn column_values(mut i: In<'_>) -> R<'_, Vec<Expr>> {
    let mut values = Vec::new();
    loop {
        match property_column(i) {
            Ok((rest, value)) => {
                values.push(value);
                i = rest;
            }
            Err(_) => i.expected("KS006", "a column"),
        }
        let another = i.at(Kind::Comma) && i.nth(2).kind != Kind::Assign && i.nth(1).kind != Kind::End;
        if !another {
            return Ok((i, values));
        }
        i = i.skip(1);
    }
}

fn property_column(i: In<'_>) -> R<'_, Expr> {
    let (rest, found) = declared_name(i)?;
    let span = found.span;
    Ok((rest, Expr::new(ExprKind::Name(found), span)))
}

impl Print for Render {
    fn print(&self, p: &mut Printer) {
        p.word("render");
        if let Some(visualization) = &self.visualization {
            p.space().word(&visualization.text);
        }
        // `by` belongs to the old form; what stands before it does, too.
        let old = self.properties.iter().rposition(|one| one.name.text == "by").map_or(0, |at| at + 1);
        let (old, with) = self.properties.split_at(old);
        for property in old {
            match property.name.text.as_str() {
                "by" => p.word(" by ").expr_list(&property.values),
                name => p.space().word(name).word("=").expr_list(&property.values),
            };
        }
        for (index, property) in with.iter().enumerate() {
            p.word(if index > 0 { ", " } else { " with (" }).word(&property.name.text).word("=");
            for (index, value) in property.values.iter().enumerate() {
                p.word(if index > 0 { ", " } else { "" }).parameter_value(value);
            }
        }
        p.word(if with.is_empty() { "" } else { ")" });
    }
}
