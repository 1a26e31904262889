//! `scan`: matches sequences of rows. `T | scan declare (c:long=0) with (step s: true => c = s.c + 1;)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::statements;
use crate::token::Kind;

/// `T | scan declare (c:long=0) with (step s: true => c = s.c + 1;)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// `with_match_id = m`, `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// `order by …`
    pub order_by: Vec<SortKey>,
    /// `partition by …`
    pub partition_by: Vec<Expr>,
    /// The columns that the steps set.
    pub declare: Vec<ColumnDeclaration>,
    /// The steps.
    pub steps: Vec<ScanStep>,
    /// Where.
    pub span: Span,
}

/// `step s output=last: condition => a = 1, b = 2;`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// `optional`
    pub optional: bool,
    /// `output = all`
    pub output: Option<Name>,
    /// When it matches.
    pub condition: Expr,
    /// What it sets.
    pub assignments: Vec<ScanAssignment>,
    /// Where.
    pub span: Span,
}

/// `column = value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanAssignment {
    /// The declared column.
    pub column: Name,
    /// Its value.
    pub value: Expr,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Scan> {
    let order_by = opt(preceded((word("order"), need_word("by", "`by`")), list("a column", sort_key)));
    let partition_by = opt(preceded((word("partition"), need_word("by", "`by`")), list("a column", expr)));
    let declare =
        opt(preceded(word("declare"), expect("`(` and columns", parens(list0("a column", declared)))));
    let (rest, (_, parameters, order_by, partition_by, declare)) =
        (keyword, parameters(&[]), order_by, partition_by, declare).parse(i)?;
    let body = preceded(need_word("with", "`with` and steps"), expect("`(` and steps", parens(many(step))));
    let (rest, steps) = { body }.parse(rest)?;
    let scan = Scan {
        parameters,
        order_by: order_by.unwrap_or_default(),
        partition_by: partition_by.unwrap_or_default(),
        declare: declare.flatten().flatten().unwrap_or_default(),
        steps: steps.flatten().unwrap_or_default(),
        span: i.span_to(rest),
    };
    Ok((rest, scan))
}

/// `name:type = default`
fn declared(i: In<'_>) -> R<'_, ColumnDeclaration> {
    let (rest, (mut found, default)) = (column, opt(statements::default_value)).parse(i)?;
    found.default = default;
    found.span = i.span_to(rest);
    Ok((rest, found))
}

fn step(i: In<'_>) -> R<'_, ScanStep> {
    let (rest, _) = word("step")(i)?;
    let output =
        opt(preceded((word("output"), need(Kind::Assign, "`=`")), expect("all, last or none", mode)));
    let (rest, (name, optional, output)) =
        (need_declared_name("a name for the step"), opt(word("optional")), output).parse(rest)?;
    let condition = preceded(need(Kind::Colon, "`:` and a condition"), need_expr("a condition"));
    let assignments = opt(preceded(kind(Kind::Arrow), list("an assignment", assignment)));
    let (rest, (condition, assignments, ())) =
        (condition, assignments, need(Kind::Semicolon, "`;`")).parse(rest)?;
    let step = ScanStep {
        name,
        optional: optional.is_some(),
        output: output.flatten(),
        condition,
        assignments: assignments.unwrap_or_default(),
        span: i.span_to(rest),
    };
    Ok((rest, step))
}

/// `last` is a word of the language.
fn mode(i: In<'_>) -> R<'_, Name> {
    match i.kind() {
        Kind::Name | Kind::Word(_) => Ok((i.skip(1), Name::new(i.nth_text(0), i.peek().span()))),
        _ => miss(),
    }
}

fn assignment(i: In<'_>) -> R<'_, ScanAssignment> {
    let value = preceded(need(Kind::Assign, "`=`"), need_expr("a value"));
    let (rest, (column, value)) = (declared_name, value).parse(i)?;
    Ok((rest, ScanAssignment { column, value }))
}

impl Print for Scan {
    fn print(&self, p: &mut Printer) {
        p.word("scan").parameters(&self.parameters);
        if !self.order_by.is_empty() {
            p.word(" order by ").sort_keys(&self.order_by);
        }
        if !self.partition_by.is_empty() {
            p.word(" partition by ").expr_list(&self.partition_by);
        }
        if !self.declare.is_empty() {
            p.word(" declare (").columns(&self.declare).word(")");
        }
        p.word(" with (").indent();
        for step in &self.steps {
            p.line();
            print_step(p, step);
        }
        p.dedent().line().word(")");
    }
}

fn print_step(p: &mut Printer, step: &ScanStep) {
    p.word("step ").name(&step.name);
    if step.optional {
        p.word(" optional");
    }
    if let Some(output) = &step.output {
        p.word(" output=").word(&output.text);
    }
    p.word(": ").expr(&step.condition);
    for (index, assignment) in step.assignments.iter().enumerate() {
        p.word(if index > 0 { ", " } else { " => " });
        p.name(&assignment.column).word(" = ").expr(&assignment.value);
    }
    p.word(";");
}
