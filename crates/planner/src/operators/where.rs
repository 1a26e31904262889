//! `where`: keeps rows. `T | where x > 1`

use crate::binder::{Binder, Scope, reads_only};
use crate::environment::Environment;
use crate::plan::{ColumnId, Expr, JoinKind, Node, Plan};
use calypso_library::function::{Kind, NativeOperator};
use calypso_parser::ast::Where;

impl Binder<'_> {
    /// Rows for which the predicate is true; null counts as false.
    pub fn where_operator(
        &mut self,
        plan: Plan,
        operator: &Where,
        environment: &Environment,
    ) -> Option<Plan> {
        let before = plan.columns.clone();
        let predicate = self.predicate(&operator.predicate, Scope::rows(environment, &before))?;
        let windowed = !self.windows.is_empty();
        if !windowed {
            return Some(filtered(plan, predicate));
        }
        let plan = self.with_windows(plan);
        let columns = plan.columns.clone();
        let kept = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
        let shown = before.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(kept, shown))
    }
}

/// The rows that fit. Which left row of a key an `innerunique` join keeps is free; as in Kusto, conditions on left
/// columns right after the join choose among them first.
fn filtered(plan: Plan, predicate: Expr) -> Plan {
    let mut plan = plan;
    let mut rest = Vec::new();
    let parts = if unique_left(&mut plan).is_some() { conditions(predicate) } else { vec![predicate] };
    for condition in parts {
        match unique_left(&mut plan) {
            Some(left) if depends_on(&condition, left) => {
                let columns = left.columns.clone();
                let nothing = Plan { node: Node::Values { rows: Vec::new() }, columns: Vec::new() };
                let input = Box::new(std::mem::replace(left, nothing));
                *left = Plan { node: Node::Filter { input, predicate: condition }, columns };
            }
            Some(_) | None => rest.push(condition),
        }
    }
    for predicate in rest {
        let columns = plan.columns.clone();
        plan = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
    }
    plan
}

/// The left side of an `innerunique` join whose columns are shown.
fn unique_left(plan: &mut Plan) -> Option<&mut Plan> {
    let Node::Project { input, .. } = &mut plan.node else { return None };
    match &mut input.node {
        Node::Join { left, kind: JoinKind::InnerUnique, .. } => Some(left),
        _ => None,
    }
}

/// Whether an expression reads nothing but these rows, the same each time.
fn depends_on(expr: &Expr, rows: &Plan) -> bool {
    let known: Vec<ColumnId> = rows.columns.iter().map(|column| column.id).collect();
    reads_only(expr, &known) && is_pure(expr)
}

fn is_pure(expr: &Expr) -> bool {
    match expr {
        Expr::Call { function, arguments, .. } => {
            function.kind != Kind::Volatile && arguments.iter().all(is_pure)
        }
        Expr::Column(..) | Expr::Literal(_) | Expr::Scalar(..) | Expr::FirstColumn(_) => true,
    }
}

/// The conditions that `and` joins. Only a join takes them apart, so one predicate stays one elsewhere.
fn conditions(predicate: Expr) -> Vec<Expr> {
    match predicate {
        Expr::Call { function, arguments, .. } if function.native == Some(NativeOperator::And) => {
            arguments.into_iter().flat_map(conditions).collect()
        }
        other => vec![other],
    }
}
