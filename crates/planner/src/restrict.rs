//! `restrict access to (…)`: what the rest of the query may name. Views and functions made before it keep what they read.

use crate::binder::Binder;
use crate::environment::{Binding, Environment};
use crate::operators::wildcard::fits;
use calypso_parser::ast::{ExprKind, RestrictAccess, Step};

impl Binder<'_> {
    /// The names after a restriction. A bare name is that of a `let`, else of a table; a bare pattern is about `let`s; a
    /// path such as `database().*` is about tables and functions. Scalar values stay.
    pub fn restrict(&mut self, restrict: &RestrictAccess, environment: &Environment) -> Environment {
        let mut lets: Vec<String> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for entity in &restrict.entities {
            match &entity.kind {
                ExprKind::Name(name) if environment.find(&name.text).is_some() => {
                    lets.push(name.text.clone())
                }
                ExprKind::Name(name) if self.patterns.contains_key(&name.text) => {
                    lets.push(name.text.clone());
                }
                ExprKind::Name(name) => seen.push(name.text.clone()),
                ExprKind::Wildcard(pattern) => lets.push(pattern.text.clone()),
                ExprKind::Star => lets.push("*".to_owned()),
                // What lies in another database is not here, so nothing more is seen of it.
                ExprKind::Path(_, steps) if self.is_here(entity) => match steps.last() {
                    Some(Step::Field(name) | Step::Wildcard(name)) => seen.push(name.text.clone()),
                    Some(Step::Call(call)) => seen.push(call.name.text.clone()),
                    Some(Step::Index(_)) | None => {}
                },
                _ => {}
            }
        }
        let listed = |name: &str| lets.iter().any(|pattern| fits(pattern, name));
        self.patterns.retain(|name, _| listed(name));
        environment.restricted(seen, |name, binding| match binding {
            Binding::Scalar(_) => true,
            Binding::Table(_) | Binding::Graph(_) => listed(name),
            Binding::Function(closure) => listed(name) || !self.gives_rows_when_called(closure),
        })
    }

    /// Whether a path lies in the one database; what is found about it is not told.
    fn is_here(&mut self, e: &calypso_parser::ast::Expr) -> bool {
        let before = self.diagnostics.len();
        let here = matches!(self.entity(e), Some(Some(_)));
        self.diagnostics.truncate(before);
        here
    }
}
