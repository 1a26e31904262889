//! `distinct`: one row of each combination. `T | distinct a, b`

use crate::binder::{Binder, Scope, visible};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::Plan;
use calypso_parser::ast::{Distinct, ExprKind};

impl Binder<'_> {
    /// Groups without aggregates.
    pub fn distinct(&mut self, plan: Plan, operator: &Distinct, environment: &Environment) -> Option<Plan> {
        let columns = plan.columns.clone();
        let scope = Scope::rows(environment, &columns);
        let mut keys = Vec::new();
        let mut names = Vec::new();
        for column in &operator.columns {
            if matches!(column.value.kind, ExprKind::Star) {
                for column in visible(&columns) {
                    names.push(ColumnName::Made(column.name.clone()));
                    keys.push(Some(column.expr()));
                }
            } else {
                names.push(item_name(column, scope));
                keys.push(self.key(&column.value, scope));
            }
        }
        let mut namer = Namer::new(&names);
        let keys = names
            .iter()
            .zip(keys)
            .map(|(name, key)| {
                let key = key?;
                Some((self.column(namer.name(name), key.ty()), key))
            })
            .collect::<Option<Vec<_>>>()?;
        let plan = self.with_windows(plan);
        self.group(plan, keys, Vec::new())
    }
}
