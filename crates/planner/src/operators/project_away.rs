//! `project-away`: leaves columns out. `T | project-away a, tmp*`

use crate::binder::{Binder, is_hidden};
use crate::plan::{ColumnId, Plan};
use calypso_parser::ast::ProjectAway;

impl Binder<'_> {
    /// All columns but those named.
    pub fn project_away(&mut self, plan: Plan, operator: &ProjectAway) -> Option<Plan> {
        let mut away: Vec<ColumnId> = Vec::new();
        for e in &operator.columns {
            away.extend(self.matching(e, &plan.columns)?.iter().map(|column| column.id));
        }
        let kept: Vec<_> = plan
            .columns
            .iter()
            .filter(|column| is_hidden(column) || !away.contains(&column.id))
            .map(|column| (column.clone(), column.expr()))
            .collect();
        Some(self.project(plan, kept))
    }
}
