//! `where`: keeps rows. `T | where x > 1`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::plan::{Node, Plan};
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
        let plan = self.with_windows(plan);
        let columns = plan.columns.clone();
        let kept = Plan { node: Node::Filter { input: Box::new(plan), predicate }, columns };
        if !windowed {
            return Some(kept);
        }
        let shown = before.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(kept, shown))
    }
}
