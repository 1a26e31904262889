//! `take`: at most so many rows. `T | take 10`

use crate::binder::{Binder, Scope, hidden_name};
use crate::builtins::AT_MOST;
use crate::environment::Environment;
use crate::operators::summarize::outer_columns;
use crate::plan::{Expr, Node, Plan, SortKey};
use calypso_library::{Type, Value};
use calypso_parser::ast::{self, Take};

impl Binder<'_> {
    /// The first rows.
    pub fn take(&mut self, plan: Plan, operator: &Take, environment: &Environment) -> Option<Plan> {
        let count = self.row_count(&operator.count, environment)?;
        self.first_rows(plan, count, Vec::new())
    }

    /// A number of rows, known before any row.
    pub fn row_count(&mut self, e: &ast::Expr, environment: &Environment) -> Option<u64> {
        let value = self.constant(e, Scope::constant(environment))?;
        let count = match value {
            Value::Int(count) => i64::from(count),
            Value::Long(count) => count,
            other => {
                return self.error(
                    "KS134",
                    e.span,
                    format!("found a {}, expected a whole number", other.ty()),
                );
            }
        };
        match u64::try_from(count) {
            Ok(count) => Some(count),
            Err(_) => self.error("KS134", e.span, format!("{count} is no number of rows")),
        }
    }

    /// The first rows by the keys; of each outer row's own where rows belong to one (`mv-apply`).
    pub fn first_rows(&mut self, plan: Plan, count: u64, keys: Vec<SortKey>) -> Option<Plan> {
        let outer = outer_columns(&plan).next().cloned();
        let Some(outer) = outer else {
            let columns = plan.columns.clone();
            let plan = match keys.is_empty() {
                true => plan,
                false => Plan { node: Node::Sort { input: Box::new(plan), keys }, columns: columns.clone() },
            };
            return Some(Plan { node: Node::Take { input: Box::new(plan), count }, columns });
        };
        self.first_within(plan, vec![outer.expr()], count, keys)
    }

    /// The first rows of each partition by the keys.
    pub fn first_within(
        &mut self,
        plan: Plan,
        partition: Vec<Expr>,
        count: u64,
        keys: Vec<SortKey>,
    ) -> Option<Plan> {
        let before = plan.columns.clone();
        let rank = self.column(hidden_name("rank"), Type::Long);
        let mut columns = before.clone();
        columns.push(rank.clone());
        let ranked =
            Plan { node: Node::Rank { input: Box::new(plan), partition, keys }, columns: columns.clone() };
        let limit = Expr::Literal(Value::Long(i64::try_from(count).unwrap_or(i64::MAX)));
        let predicate =
            Expr::Call { function: AT_MOST, arguments: vec![rank.expr(), limit], returns: Type::Bool };
        let kept = Plan { node: Node::Filter { input: Box::new(ranked), predicate }, columns };
        let shown = before.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(kept, shown))
    }
}
