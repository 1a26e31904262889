//! Paths to parts of the database: `database("d").T`, `database("d").T*`, `table("T")` after a dot, and the name that
//! `macro-expand` gives to it. There is one database; others, and clusters, are refused by name.

use crate::binder::{Binder, Scope};
use crate::environment::Environment;
use crate::graph::Piped;
use crate::invocation::Invoked;
use crate::operators::wildcard::fits;
use crate::plan::Plan;
use calypso_library::Value;
use calypso_parser::ast::{self, Call, ExprKind, Name, Step};

/// A part of the database.
pub enum Entity {
    /// A table, or a function without arguments.
    Table(Name),
    /// The tables that fit.
    Pattern(String),
    /// A function of the database.
    Call(Call),
    /// All of it.
    Database,
}

impl Binder<'_> {
    /// What a path into the database refers to: `None` when it is no such path, `Some(None)` when it is refused.
    pub fn entity(&mut self, e: &ast::Expr) -> Option<Option<Entity>> {
        let (base, steps) = match &e.kind {
            ExprKind::Path(base, steps) => (&**base, steps.as_slice()),
            _ => (e, [].as_slice()),
        };
        match &base.kind {
            ExprKind::Name(name) if self.scopes.contains(&name.text) => {}
            ExprKind::Call(call) if call.name.text == "database" => {
                if self.own_database(call).is_none() {
                    return Some(None);
                }
            }
            ExprKind::Call(call) if call.name.text == "cluster" => {
                return Some(self.error_with_help(
                    "KS114",
                    call.span,
                    "`cluster(…)` reaches another machine, and this engine reads none",
                    "name the table alone",
                ));
            }
            _ => return None,
        }
        Some(match steps {
            [] => Some(Entity::Database),
            [Step::Field(name)] => Some(Entity::Table(name.clone())),
            [Step::Wildcard(pattern)] => Some(Entity::Pattern(pattern.text.clone())),
            [Step::Call(call)] if call.name.text == "table" => self.table_by_text(call),
            [Step::Call(call)] => Some(Entity::Call(call.clone())),
            _ => self.error("KS111", e.span, "expected a table or a function after the database"),
        })
    }

    /// Checks that `database(…)` names the one there is.
    fn own_database(&mut self, call: &Call) -> Option<()> {
        let own = self.catalog.database();
        let argument = match call.arguments.as_slice() {
            [] => return Some(()),
            [only] => only,
            _ => return self.error("KS119", call.span, "`database` takes one name"),
        };
        let Value::String(named) =
            self.constant(&argument.value, Scope::constant(&Environment::default()))?
        else {
            return self.error("KS131", argument.span, "expected the name of a database as a text");
        };
        if fits(&named, &own) || self.aliases.contains(&named) {
            return Some(());
        }
        self.error_with_help(
            "KS208",
            argument.span,
            format!("the database `{named}` is not here"),
            format!("there is one database, `{own}`; a table of it can be named alone"),
        )
    }

    fn table_by_text(&mut self, call: &Call) -> Option<Entity> {
        let [argument] = call.arguments.as_slice() else {
            return self.error("KS119", call.span, "`table` takes one name");
        };
        let value = self.constant(&argument.value, Scope::constant(&Environment::default()))?;
        let text = value.text();
        Some(if text.contains('*') {
            Entity::Pattern(text)
        } else {
            Entity::Table(Name::new(text, argument.span))
        })
    }

    /// The rows of a part of the database.
    pub fn entity_rows(&mut self, entity: Entity, e: &ast::Expr, environment: &Environment) -> Option<Plan> {
        match entity {
            Entity::Table(name) => self.database_rows(&name, environment),
            Entity::Call(call) => {
                let scope = Scope::constant(environment);
                let Some(closure) = self.stored_function(&call.name, environment) else {
                    return self.unknown_function(&call.name, scope);
                };
                match self.invoke(&closure, &call.arguments, None, call.span, scope)? {
                    Invoked::Table(plan) => Some(plan),
                    Invoked::Graph(graph) => self.rows(Piped::Graph(graph), call.span),
                    Invoked::Scalar(_) => {
                        let message = format!("the function `{}` gives a scalar value", call.name.text);
                        self.error("KS111", call.span, format!("{message}, expected rows"))
                    }
                }
            }
            Entity::Pattern(pattern) => self.error_with_help(
                "KS111",
                e.span,
                format!("the pattern `{pattern}` stands for several tables"),
                "write `union` before it",
            ),
            Entity::Database => self.error_with_help(
                "KS111",
                e.span,
                "expected rows, found a database",
                "add a dot and a table",
            ),
        }
    }

    /// The tables of the database that may be named here, in the order they were created.
    pub fn tables_in(&self, environment: &Environment) -> Vec<String> {
        self.catalog.tables().into_iter().filter(|name| environment.sees(name)).collect()
    }
}
