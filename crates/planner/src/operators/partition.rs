//! `partition`: runs a pipeline for each value of a column. `T | partition hint.strategy=native by k (top 1 by x)`
//!
//! Two ways. All parts at once: rows carry their key as a hidden column, as in `mv-apply`, and operators that look at
//! several rows do so within one key. Part by part: the keys are found while binding, and the subquery is bound once for
//! each; that holds for any operator, and is what the legacy strategy means.

use super::parameters::{parameter, parameter_text};
use super::summarize::OUTER_ROW;
use crate::binder::{Binder, hidden_name, visible};
use crate::builtins::ISNULL;
use crate::environment::{Binding, Environment};
use crate::plan::{Expr, Node, Plan, PlanColumn, SortKey};
use crate::renumber::renumber;
use crate::sources::Branch;
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, ExprKind, Operator, Partition, PartitionBody, PartitionBy, Pipeline, Span};

/// Most keys of the legacy strategy, as the language has it.
const LEGACY_KEYS: usize = 64;
/// Most keys of another strategy whose subquery must be bound part by part.
const BOUND_KEYS: usize = 1024;

impl Binder<'_> {
    /// All rows of all parts.
    pub fn partition(&mut self, plan: Plan, operator: &Partition, environment: &Environment) -> Option<Plan> {
        let legacy = match parameter(&operator.parameters, &["hint.strategy"]) {
            None => true,
            Some(given) => match parameter_text(given) {
                "legacy" => true,
                "native" | "shuffle" => false,
                _ => return self.wrong_parameter(given, &["legacy", "native", "shuffle"]),
            },
        };
        let key = self.partition_key(&plan, &operator.by, operator.span)?;
        match &operator.body {
            PartitionBody::Operators(subquery) if !legacy && subquery.operators.iter().all(keeps_parts) => {
                self.parts_at_once(plan, &key, subquery, environment)
            }
            PartitionBody::Operators(_) | PartitionBody::Query(_) => {
                let most = if legacy { LEGACY_KEYS } else { BOUND_KEYS };
                self.part_by_part(plan, &key, &operator.body, most, operator.span, environment)
            }
        }
    }

    /// `__partitionby`: the native strategy under another name.
    pub fn partition_by(
        &mut self,
        plan: Plan,
        operator: &PartitionBy,
        environment: &Environment,
    ) -> Option<Plan> {
        if let Some(context) = &operator.context {
            return self.unsupported(context.span, "`id` in `__partitionby`");
        }
        let key = self.partition_key(&plan, &operator.by, operator.span)?;
        if operator.subquery.operators.iter().all(keeps_parts) {
            return self.parts_at_once(plan, &key, &operator.subquery, environment);
        }
        let body = PartitionBody::Operators(operator.subquery.clone());
        self.part_by_part(plan, &key, &body, BOUND_KEYS, operator.span, environment)
    }

    fn partition_key(&mut self, plan: &Plan, by: &ast::Expr, span: Span) -> Option<PlanColumn> {
        let outer = hidden_name(OUTER_ROW);
        if plan.columns.iter().any(|column| column.name == outer) {
            return self.unsupported(span, "`partition` within the rows of another operator");
        }
        let ExprKind::Name(name) = &by.kind else {
            return self.error("KS109", by.span, "expected the name of a column");
        };
        let found = visible(&plan.columns).find(|column| column.name == name.text).cloned();
        let Some(found) = found else {
            let help = visible(&plan.columns).map(|column| column.name.as_str()).collect::<Vec<_>>();
            let help = format!("the columns here are {}", help.join(", "));
            let message = format!("the name `{}` does not refer to any column", name.text);
            return self.error_with_help("KS142", by.span, message, help);
        };
        self.orderable(found.expr(), by.span)?;
        Some(found)
    }

    /// Each row carries its key under a hidden name.
    fn parts_at_once(
        &mut self,
        plan: Plan,
        key: &PlanColumn,
        subquery: &Pipeline,
        environment: &Environment,
    ) -> Option<Plan> {
        let carried = self.column(hidden_name(OUTER_ROW), key.ty);
        let mut columns: Vec<(PlanColumn, Expr)> =
            plan.columns.iter().map(|column| (column.clone(), column.expr())).collect();
        columns.push((carried.clone(), key.expr()));
        let mut rows = self.project(plan, columns);
        let mut keys = None;
        if may_lose_parts(subquery) {
            rows = self.shared(rows);
            keys = Some(self.distinct_keys(&rows, rows.columns.len() - 1));
        }
        let outer = std::mem::replace(&mut self.outer_rows, keys);
        let result = self.pipeline(subquery, environment, Some(rows));
        self.outer_rows = outer;
        let result = result?;
        let carried = result.columns.iter().find(|column| column.name == hidden_name(OUTER_ROW)).cloned()?;
        let result = if gives_order(subquery) { self.part_after_part(result, &carried) } else { result };
        let shown: Vec<_> = visible(&result.columns).map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(result, shown))
    }

    /// The rows of each part together, in their order within it.
    pub fn part_after_part(&mut self, plan: Plan, key: &PlanColumn) -> Plan {
        let place = self.column(hidden_name("place"), Type::Long);
        let mut columns = plan.columns.clone();
        columns.push(place.clone());
        let node = Node::Rank { input: Box::new(plan), partition: vec![key.expr()], keys: Vec::new() };
        let ranked = Plan { node, columns: columns.clone() };
        let by = |expr| SortKey { expr, descending: false, nulls_first: true };
        let keys = vec![by(key.expr()), by(place.expr())];
        Plan { node: Node::Sort { input: Box::new(ranked), keys }, columns }
    }

    /// The subquery once per key.
    fn part_by_part(
        &mut self,
        plan: Plan,
        key: &PlanColumn,
        body: &PartitionBody,
        most: usize,
        span: Span,
        environment: &Environment,
    ) -> Option<Plan> {
        let at = plan.columns.iter().position(|column| column.id == key.id)?;
        let rows = self.shared(plan);
        let mut parts = Vec::new();
        for value in self.key_values(&rows, at, most, span)? {
            parts.push(self.part_of(&rows, at, value, &key.name, body, span, environment)?);
        }
        if parts.is_empty() {
            let null = Value::absent(key.ty);
            let part = self.part_of(&rows, at, null, &key.name, body, span, environment)?;
            let columns = part.columns.clone();
            let predicate = Expr::Literal(Value::Bool(false));
            parts.push(Plan { node: Node::Filter { input: Box::new(part), predicate }, columns });
        }
        match <[Plan; 1]>::try_from(parts) {
            Ok([only]) => Some(only),
            Err(parts) => {
                let branch = |plan| Branch { label: String::new(), plan };
                Some(self.union_of(parts.into_iter().map(branch).collect(), false, None))
            }
        }
    }

    /// The subquery for one key.
    #[expect(clippy::too_many_arguments, reason = "each is a part of one sentence")]
    fn part_of(
        &mut self,
        rows: &Plan,
        at: usize,
        value: Value,
        name: &str,
        body: &PartitionBody,
        span: Span,
        environment: &Environment,
    ) -> Option<Plan> {
        let literal = Expr::Literal(value.clone());
        let known = environment.with(name, Binding::Scalar(literal.clone()));
        match body {
            PartitionBody::Query(query) => self.pipeline(query, &known, None),
            PartitionBody::Operators(subquery) => {
                let copy = renumber(self, rows);
                let column = copy.columns[at].expr();
                let predicate = match value.is_null() {
                    true => self.function_call(ISNULL, vec![(column, span)], span)?,
                    false => self.operator("==", vec![(column, span), (literal, span)], span)?,
                };
                let columns = copy.columns.clone();
                let part = Plan { node: Node::Filter { input: Box::new(copy), predicate }, columns };
                self.pipeline(subquery, &known, Some(part))
            }
        }
    }

    /// The distinct values of a column, found by running the rows.
    fn key_values(&mut self, rows: &Plan, at: usize, most: usize, span: Span) -> Option<Vec<Value>> {
        let keys = self.distinct_keys(rows, at);
        let columns = keys.columns.clone();
        let ty = columns.first()?.ty;
        let key = SortKey { expr: columns.first()?.expr(), descending: false, nulls_first: true };
        let sorted = Plan { node: Node::Sort { input: Box::new(keys), keys: vec![key] }, columns };
        let answer = match self.catalog.run(&sorted) {
            Ok(answer) => answer,
            Err(sentence) => {
                return self.error(
                    "KS111",
                    span,
                    format!("the keys of `partition` are not known: {sentence}"),
                );
            }
        };
        if answer.rows() > most {
            let message =
                format!("`partition` finds {} keys here, at most {most} are possible", answer.rows());
            let help = "write `partition hint.strategy=native by …`, which takes any number of keys";
            return self.error_with_help("KS111", span, message, help);
        }
        let cells =
            answer.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        Some(cells.map(|(batch, row)| Value::from_array(ty, batch.column(0), row)).collect())
    }

    /// One row per distinct value of a column.
    fn distinct_keys(&mut self, rows: &Plan, at: usize) -> Plan {
        let copy = renumber(self, rows);
        let key = copy.columns[at].clone();
        let column = self.column(key.name.clone(), key.ty);
        let node = Node::Aggregate { input: Box::new(copy), keys: vec![key.expr()], aggregates: Vec::new() };
        Plan { node, columns: vec![column] }
    }
}

/// Operators that look at the rows of one part at a time when rows carry their part.
fn keeps_parts(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Count(_)
            | Operator::Distinct(_)
            | Operator::Extend(_)
            | Operator::MakeSeries(_)
            | Operator::MvApply(_)
            | Operator::MvExpand(_)
            | Operator::Parse(_)
            | Operator::ParseKv(_)
            | Operator::ParseWhere(_)
            | Operator::Project(_)
            | Operator::ProjectAway(_)
            | Operator::ProjectKeep(_)
            | Operator::ProjectRename(_)
            | Operator::ProjectReorder(_)
            | Operator::Reduce(_)
            | Operator::Sample(_)
            | Operator::SampleDistinct(_)
            | Operator::Scan(_)
            | Operator::Serialize(_)
            | Operator::Sort(_)
            | Operator::Summarize(_)
            | Operator::Take(_)
            | Operator::Top(_)
            | Operator::TopHitters(_)
            | Operator::TopNested(_)
            | Operator::Where(_)
    )
}

/// Whether a subquery says in which order its rows come.
pub fn gives_order(subquery: &Pipeline) -> bool {
    let orders = |operator: &Operator| {
        matches!(
            operator,
            Operator::Sort(_) | Operator::Top(_) | Operator::TopNested(_) | Operator::TopHitters(_)
        )
    };
    subquery.operators.iter().any(orders)
}

/// Whether an aggregation without keys may meet a part of which no row is left: it gives a row even then.
fn may_lose_parts(subquery: &Pipeline) -> bool {
    subquery.operators.iter().skip(1).any(|operator| match operator {
        Operator::Count(_) => true,
        Operator::Summarize(summarize) => summarize.by.is_empty(),
        _ => false,
    })
}
