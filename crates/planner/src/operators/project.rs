//! `project`: the columns of the result. `T | project a, b = x + 1`

use crate::binder::{Binder, Scope, hidden};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::Plan;
use calypso_parser::ast::{Project, Target};

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
        let names: Vec<ColumnName> = operator.columns.iter().map(|item| item_name(item, scope)).collect();
        let mut namer = Namer::new(&names);
        let mut columns = Vec::new();
        let mut failed = false;
        for (item, name) in operator.columns.iter().zip(&names) {
            if let Target::Tuple(targets) = &item.target
                && targets.len() > 1
            {
                return self.unsupported(item.span, "several columns from one call");
            }
            match self.expression(&item.value, scope) {
                Some(expr) => columns.push((self.column(namer.name(name), expr.ty()), expr)),
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let plan = self.with_windows(plan);
        columns.extend(hidden(&input).map(|column| (column.clone(), column.expr())));
        Some(self.project(plan, columns))
    }
}
