//! `project`: the columns of the result. `T | project a, b = x + 1`

use crate::binder::{Binder, Scope, hidden};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer};
use crate::plan::{Expr, Plan};
use calypso_parser::ast::Project;

impl Binder<'_> {
    /// The columns as listed; columns carried along stay.
    pub fn project_operator(
        &mut self,
        plan: Plan,
        operator: &Project,
        environment: &Environment,
    ) -> Option<Plan> {
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        self.given_once(&operator.columns)?;
        let mut listed: Vec<(ColumnName, Expr)> = Vec::new();
        let mut failed = false;
        for item in &operator.columns {
            match self.listed(item, scope) {
                Some(columns) => listed.extend(columns),
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let names: Vec<ColumnName> = listed.iter().map(|(name, _)| name.clone()).collect();
        let mut namer = Namer::new(&names);
        let mut columns: Vec<_> = listed
            .into_iter()
            .map(|(name, expr)| (self.column(namer.name(&name), expr.ty()), expr))
            .collect();
        let plan = self.with_windows(plan);
        columns.extend(hidden(&input).map(|column| (column.clone(), column.expr())));
        Some(self.project(plan, columns))
    }
}
