//! Evaluates an operator over a batch, call by call: no rewriting but the binder's, nothing shared, nothing remembered.

use crate::rows;
use arrow::array::{ArrayRef, AsArray, BooleanArray};
use arrow::record_batch::RecordBatch;
use calypso_library::aggregate::AggregateCall;
use calypso_library::aggregates::arg_max;
use calypso_library::best_rows::BestRows;
use calypso_library::call::{Argument, Call};
use calypso_library::expand::expand;
use calypso_library::parse_pattern::{Kind, Part, Pattern};
use calypso_library::{Answer, Column, Type};
use calypso_planner::catalog::Catalog;
use calypso_planner::plan::{AggregateExpr, ColumnId, Expr, Node, ParseKind, ParsePart, ParsePattern, Plan};
use calypso_planner::{BindOptions, bind};
use std::sync::Arc;

/// Groups that aggregates make.
const GROUPS: usize = 8;

/// An operator with the expressions below it.
pub struct Prepared(Plan);

impl Prepared {
    /// Binds `T | query`.
    pub fn new(query: &str) -> Prepared {
        let parsed = calypso_parser::parse(&format!("T | {query}"));
        let (bound, found) = bind(&parsed.query, &Rows, &BindOptions::default());
        assert!(parsed.is_ok() && found.is_empty(), "{query}: {found:?}");
        let plan = bound.and_then(|bound| bound.answers.into_iter().next()).expect("an answer").plan;
        // What is named and put in order after an operator costs nothing.
        Prepared(match plan.node {
            Node::Project { input, .. }
                if !matches!(input.node, Node::Table { .. } | Node::Project { .. }) =>
            {
                *input
            }
            _ => plan,
        })
    }

    /// What the operator adds.
    pub fn run(&self, rows: &RecordBatch) -> Vec<ArrayRef> {
        let values = added(&self.0, rows);
        values.into_iter().map(|value| value.column(rows.num_rows())).collect()
    }
}

/// The columns below, by number.
struct Below<'a> {
    numbers: Vec<ColumnId>,
    values: Vec<Argument>,
    rows: &'a RecordBatch,
}

fn below<'a>(plan: &Plan, rows: &'a RecordBatch) -> Below<'a> {
    let numbers = plan.columns.iter().map(|column| column.id).collect();
    Below { numbers, values: added(plan, rows), rows }
}

/// The columns that an operator works out: all of a table and of a `project`, else only the new ones.
fn added(plan: &Plan, rows: &RecordBatch) -> Vec<Argument> {
    match &plan.node {
        Node::Table { .. } => {
            let columns = plan.columns.iter().zip(rows.columns());
            columns.map(|(column, array)| Argument::rows(column.ty, Arc::clone(array))).collect()
        }
        Node::Project { input, expressions } => {
            let below = below(input, rows);
            expressions.iter().map(|expr| below.value(expr)).collect()
        }
        Node::Filter { input, predicate } => vec![below(input, rows).value(predicate)],
        Node::MvExpand { input, expansions, .. } => {
            let below = below(input, rows);
            let sources: Vec<Argument> = expansions.iter().map(|one| below.value(&one.source)).collect();
            let types: Vec<Type> = expansions.iter().map(|one| one.to).collect();
            let columns = expand(&sources, &types, rows.num_rows(), false, u64::MAX).columns;
            types.into_iter().zip(columns).map(|(ty, array)| Argument::rows(ty, array)).collect()
        }
        Node::Parse { input, source, pattern, .. } => {
            let texts = below(input, rows).value(source);
            let pattern = compiled(pattern);
            let mut locations = pattern.locations();
            let found = (0..rows.num_rows())
                .map(|row| pattern.matches_with(texts.raw(row), &mut locations).is_some());
            let matched: BooleanArray = found.map(Some).collect();
            vec![Argument::rows(Type::Bool, Arc::new(matched))]
        }
        Node::Aggregate { input, aggregates, .. } => {
            let below = below(input, rows);
            let groups: Vec<usize> = (0..rows.num_rows()).map(|row| row % GROUPS).collect();
            aggregates.iter().map(|one| below.summarize(one, &groups)).collect()
        }
        other => panic!("no kernel is made of {other:?}"),
    }
}

fn compiled(pattern: &ParsePattern) -> Pattern {
    let kind = match pattern.kind {
        ParseKind::Simple => Kind::Simple,
        ParseKind::Regex => Kind::Regex,
        ParseKind::Relaxed => Kind::Relaxed,
    };
    let parts = pattern.parts.iter().map(|part| match part {
        ParsePart::Star => Part::Star,
        ParsePart::Text(text) => Part::Text(text.clone()),
        ParsePart::Column(ty) => Part::Column(*ty),
    });
    Pattern::new(kind, &pattern.flags, &parts.collect::<Vec<_>>()).expect("a pattern")
}

impl Below<'_> {
    fn value(&self, expr: &Expr) -> Argument {
        match expr {
            Expr::Literal(value) => Argument::constant(value.clone()),
            Expr::Column(id, _) => {
                let place = self.numbers.iter().position(|number| number == id).expect("a column below");
                self.values[place].clone()
            }
            Expr::Call { function, arguments, returns } => {
                let arguments = arguments.iter().map(|one| self.value(one)).collect::<Vec<_>>();
                let constant = arguments.iter().all(|argument| argument.constant);
                let count = if constant { 1 } else { self.rows.num_rows() };
                let call = Call { arguments: &arguments, rows: count, returns: *returns };
                let array = (function.evaluate)(&call).expect("a value for each row");
                Argument { ty: *returns, array, constant }
            }
            Expr::Scalar(..) | Expr::FirstColumn(_) => panic!("a kernel reads no other table"),
        }
    }

    fn summarize(&self, one: &AggregateExpr, groups: &[usize]) -> Argument {
        let arguments: Vec<Argument> = one.arguments.iter().map(|expr| self.value(expr)).collect();
        let keep = one.predicate.as_ref().map(|expr| self.value(expr).column(groups.len()));
        let kept = keep.as_ref().map(|keep| keep.as_boolean());
        if one.aggregate.name == arg_max::AGGREGATE.name {
            // The engine finds all its columns together.
            let columns: Vec<ArrayRef> = arguments.iter().map(|one| one.column(groups.len())).collect();
            let mut best = BestRows::new(true, [one.returns.arrow()]);
            best.add(groups, GROUPS, &columns, kept);
            let (_, mut columns) = best.take(GROUPS);
            return Argument::rows(one.returns, columns.remove(1));
        }
        let call = AggregateCall {
            types: one.arguments.iter().map(Expr::ty).collect(),
            constants: one.arguments.iter().map(|expr| expr.literal().cloned()).collect(),
            returns: one.returns,
        };
        let mut states = (one.aggregate.states)(call);
        states.update(groups, GROUPS, &arguments, kept);
        Argument::rows(one.returns, states.finish(GROUPS))
    }
}

/// The one table.
struct Rows;

impl Catalog for Rows {
    fn table(&self, name: &str) -> Option<Vec<Column>> {
        (name == "T").then(rows::columns)
    }

    fn tables(&self) -> Vec<String> {
        vec!["T".to_owned()]
    }

    fn now(&self) -> i64 {
        639_290_880_000_000_000
    }

    fn function(&self, _: &str) -> Option<String> {
        None
    }

    fn run(&self, _: &Plan) -> Result<Answer, String> {
        Err("no rows here".to_owned())
    }
}
