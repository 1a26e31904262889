//! `distinct`: one row of each combination. `T | distinct a, b`

use crate::binder::{Binder, Scope, visible};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer};
use crate::plan::{Expr, Plan};
use calypso_parser::ast::{Distinct, ExprKind};

impl Binder<'_> {
    /// Groups without aggregates.
    pub fn distinct(&mut self, plan: Plan, operator: &Distinct, environment: &Environment) -> Option<Plan> {
        let columns = plan.columns.clone();
        let scope = Scope::rows(environment, &columns);
        let mut listed: Vec<(ColumnName, Expr)> = Vec::new();
        let mut failed = false;
        for item in &operator.columns {
            if matches!(item.value.kind, ExprKind::Star) {
                let all = visible(&columns);
                listed.extend(all.map(|column| (ColumnName::Made(column.name.clone()), column.expr())));
                continue;
            }
            match self.listed(item, scope) {
                Some(found) => {
                    for (name, expr) in found {
                        match self.orderable(expr, item.span) {
                            Some(expr) => listed.push((constant_unnamed(name, &expr), expr)),
                            None => failed = true,
                        }
                    }
                }
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let names: Vec<ColumnName> = listed.iter().map(|(name, _)| name.clone()).collect();
        let mut namer = Namer::new(&names);
        let mut keys = Vec::new();
        for (name, key) in listed {
            if name == ColumnName::Anonymous && key.literal().is_none() {
                namer.past_first();
            }
            keys.push((self.column(namer.name(&name), key.ty()), key));
        }
        let plan = self.with_windows(plan);
        self.group(plan, keys, Vec::new())
    }
}

/// Numbering of `distinct`, as measured: a constant (`gettype(x)` is one) is `Column1`, all else begins at `Column2`.
fn constant_unnamed(name: ColumnName, expr: &Expr) -> ColumnName {
    match name {
        ColumnName::Made(_) if expr.literal().is_some() => ColumnName::Anonymous,
        name => name,
    }
}
