//! `project-keep`: keeps columns, in the order of the input. `T | project-keep a, k*`

use crate::binder::{Binder, is_hidden};
use crate::plan::{ColumnId, Plan};
use calypso_parser::ast::ProjectKeep;

impl Binder<'_> {
    /// The columns named.
    pub fn project_keep(&mut self, plan: Plan, operator: &ProjectKeep) -> Option<Plan> {
        let mut keep: Vec<ColumnId> = Vec::new();
        for e in &operator.columns {
            keep.extend(self.matching(e, &plan.columns)?.iter().map(|column| column.id));
        }
        let kept: Vec<_> = plan
            .columns
            .iter()
            .filter(|column| is_hidden(column) || keep.contains(&column.id))
            .map(|column| (column.clone(), column.expr()))
            .collect();
        Some(self.project(plan, kept))
    }
}
