//! `project-by-names`: columns whose names are values. `T | project-by-names "a", dynamic(["b"]), "c*"`

use super::wildcard::fits;
use crate::binder::{Binder, Scope, hidden, visible};
use crate::environment::Environment;
use crate::plan::{Plan, PlanColumn};
use calypso_library::{Json, Value};
use calypso_parser::ast::{self, ExprKind, ProjectByNames};

impl Binder<'_> {
    /// The columns in the order in which they are named, each once. Names of no column are passed over.
    pub fn project_by_names(
        &mut self,
        plan: Plan,
        operator: &ProjectByNames,
        environment: &Environment,
    ) -> Option<Plan> {
        let mut order: Vec<PlanColumn> = Vec::new();
        for e in &operator.columns {
            for pattern in self.names_given(e, &plan, environment)? {
                for column in visible(&plan.columns).filter(|column| fits(&pattern, &column.name)) {
                    if !order.iter().any(|known| known.id == column.id) {
                        order.push(column.clone());
                    }
                }
            }
        }
        order.extend(hidden(&plan.columns).cloned());
        let columns = order.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(self.project(plan, columns))
    }

    /// The names and patterns that an item stands for.
    fn names_given(&mut self, e: &ast::Expr, plan: &Plan, environment: &Environment) -> Option<Vec<String>> {
        match &e.kind {
            ExprKind::Wildcard(pattern) => return Some(vec![pattern.text.clone()]),
            ExprKind::Star => return Some(vec!["*".to_owned()]),
            ExprKind::Name(name) if visible(&plan.columns).any(|column| column.name == name.text) => {
                return Some(vec![name.text.clone()]);
            }
            _ => {}
        }
        match self.constant(e, Scope::constant(environment))? {
            Value::String(name) => Some(vec![name]),
            Value::Dynamic(Json::String(name)) => Some(vec![name]),
            Value::Dynamic(Json::Array(names)) => {
                Some(names.into_iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
            }
            Value::Null(_) => Some(Vec::new()),
            _ => self.error("KS109", e.span, "expected names of columns: a text, or an array of texts"),
        }
    }
}
