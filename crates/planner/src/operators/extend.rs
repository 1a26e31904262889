//! `extend`: adds or replaces columns. `T | extend a = x + 1`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::{Expr, Plan};
use calypso_parser::ast::{NamedExpr, Target};

impl Binder<'_> {
    /// All expressions see the columns before the operator; a column of the same name is replaced in its place.
    pub fn extend(&mut self, plan: Plan, items: &[NamedExpr], environment: &Environment) -> Option<Plan> {
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        let names: Vec<ColumnName> = items.iter().map(|item| item_name(item, scope)).collect();
        let mut namer = Namer::new(&names).avoiding(scope);
        let mut added: Vec<(String, Expr)> = Vec::new();
        let mut failed = false;
        for (item, name) in items.iter().zip(&names) {
            if let Target::Tuple(targets) = &item.target
                && targets.len() > 1
            {
                return self.unsupported(item.span, "several columns from one call");
            }
            match self.expression(&item.value, scope) {
                Some(expr) => {
                    if let ColumnName::Given(text) = name
                        && namer.is_taken(text)
                    {
                        return self.error("KS146", item.span, format!("the column `{text}` is named twice"));
                    }
                    added.push((namer.name(name), expr));
                }
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let plan = self.with_windows(plan);
        let mut columns = Vec::new();
        for column in &input {
            match added.iter().position(|(name, _)| *name == column.name) {
                Some(at) => {
                    let (name, expr) = added.remove(at);
                    columns.push((self.column(name, expr.ty()), expr));
                }
                None => columns.push((column.clone(), column.expr())),
            }
        }
        for (name, expr) in added {
            columns.push((self.column(name, expr.ty()), expr));
        }
        Some(self.project(plan, columns))
    }
}
