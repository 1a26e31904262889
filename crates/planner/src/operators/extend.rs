//! `extend`: adds or replaces columns. `T | extend a = x + 1`

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::names::{ColumnName, Namer, item_name};
use crate::plan::{Expr, Plan};
use calypso_parser::ast::{NamedExpr, Span, Target};

impl Binder<'_> {
    /// All expressions see the columns before the operator; a column of the same name is replaced in its place.
    pub fn extend(&mut self, plan: Plan, items: &[NamedExpr], environment: &Environment) -> Option<Plan> {
        let input = plan.columns.clone();
        let scope = Scope::rows(environment, &input);
        self.given_once(items)?;
        let mut listed: Vec<(ColumnName, Expr)> = Vec::new();
        let mut failed = false;
        for item in items {
            match self.listed(item, scope) {
                // Of a call that gives several columns, names in brackets take the first ones and drop the rest.
                Some(columns) => match &item.target {
                    Target::Tuple(names) => listed.extend(columns.into_iter().take(names.len())),
                    Target::None | Target::Name(_) => listed.extend(columns),
                },
                None => failed = true,
            }
        }
        if failed {
            return None;
        }
        let names: Vec<ColumnName> = listed.iter().map(|(name, _)| name.clone()).collect();
        let mut namer = Namer::new(&names).avoiding(scope);
        let mut added: Vec<(String, Expr)> = Vec::new();
        for (name, expr) in listed {
            let chosen = namer.name(&name);
            if let ColumnName::Given(text) = &name
                && *text != chosen
            {
                let place = items.iter().find(|item| item_name(item, scope) == name);
                let span = place.map_or(Span::default(), |item| item.span);
                return self.error("KS146", span, format!("the column `{text}` is named twice"));
            }
            added.push((chosen, expr));
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
