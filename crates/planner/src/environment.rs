//! Names that are no columns: `let`s, parameters, query-defined functions, names given by `as`.

use crate::graph::Graph;
use crate::operators::wildcard::fits;
use crate::plan::{Expr, Plan};
use calypso_library::{Type, Value};
use calypso_parser::ast::FunctionDeclaration;
use std::rc::Rc;

/// A chain of names, the newest first, and what `restrict access` leaves of the database. Cloning shares.
#[derive(Clone, Default)]
pub struct Environment {
    frame: Option<Rc<Frame>>,
    access: Option<Rc<Access>>,
}

/// What one `restrict access` leaves of the tables and functions of the database: patterns of names.
struct Access {
    seen: Vec<String>,
    /// An earlier restriction, which holds too.
    outer: Option<Rc<Access>>,
}

struct Frame {
    name: String,
    binding: Binding,
    outer: Environment,
}

/// What a name stands for.
#[derive(Clone)]
pub enum Binding {
    /// A scalar expression, put in place wherever the name stands.
    Scalar(Expr),
    /// Rows; renumbered wherever the name stands.
    Table(Rc<Plan>),
    /// A graph; renumbered likewise.
    Graph(Rc<Graph>),
    /// A function of this query.
    Function(Rc<Closure>),
}

/// A function with the names it saw when it was declared.
pub struct Closure {
    /// Its name.
    pub name: String,
    /// Parameters and body.
    pub declaration: FunctionDeclaration,
    /// The names above its declaration.
    pub environment: Environment,
    /// Whether it is kept in the catalog: its text is not the query's.
    pub stored: bool,
}

impl Environment {
    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<&Binding> {
        let mut frame = self.frame.as_deref();
        while let Some(found) = frame {
            if found.name == name {
                return Some(&found.binding);
            }
            frame = found.outer.frame.as_deref();
        }
        None
    }

    /// The same names and one more, which hides an older one of its name.
    pub fn with(&self, name: impl Into<String>, binding: Binding) -> Environment {
        let frame = Frame { name: name.into(), binding, outer: self.clone() };
        Environment { frame: Some(Rc::new(frame)), access: self.access.clone() }
    }

    /// Every name in reach, the newest first.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut frame = self.frame.as_deref();
        while let Some(found) = frame {
            names.push(found.name.as_str());
            frame = found.outer.frame.as_deref();
        }
        names
    }

    /// The views of the query, `let V = view () { … }`, the oldest first.
    pub fn views(&self) -> Vec<String> {
        let mut known: Vec<&str> = Vec::new();
        let mut views = Vec::new();
        for name in self.names() {
            if known.contains(&name) {
                continue;
            }
            known.push(name);
            if let Some(Binding::Function(closure)) = self.find(name)
                && closure.declaration.view
                && closure.declaration.parameters.is_empty()
            {
                views.push(name.to_owned());
            }
        }
        views.reverse();
        views
    }

    /// The same names, and before them those of columns that may be absent: nulls of their types.
    pub fn with_absent(&self, columns: &[(String, Type)]) -> Environment {
        let mut environment = self.clone();
        for (at, (name, ty)) in columns.iter().enumerate() {
            if columns[..at].iter().all(|(earlier, _)| earlier != name) {
                let absent = Expr::Literal(Value::absent(*ty));
                environment = environment.with(name.clone(), Binding::Scalar(absent));
            }
        }
        environment
    }

    /// Whether a table or function of the database may be named.
    pub fn sees(&self, name: &str) -> bool {
        let mut access = self.access.as_deref();
        while let Some(restricted) = access {
            if !restricted.seen.iter().any(|pattern| fits(pattern, name)) {
                return false;
            }
            access = restricted.outer.as_deref();
        }
        true
    }

    /// Whether anything of the database is hidden.
    pub fn is_restricted(&self) -> bool {
        self.access.is_some()
    }

    /// The names that are kept, and of the database only what fits one of these patterns.
    pub fn restricted(&self, seen: Vec<String>, mut keep: impl FnMut(&str, &Binding) -> bool) -> Environment {
        let access = Some(Rc::new(Access { seen, outer: self.access.clone() }));
        let mut kept = Environment { frame: None, access };
        for name in self.names().into_iter().rev() {
            if let Some(binding) = self.find(name).filter(|binding| keep(name, binding)) {
                kept = kept.with(name, binding.clone());
            }
        }
        kept
    }
}

impl Drop for Frame {
    /// Long chains are taken apart in a loop: dropping them by recursion would exhaust the stack.
    fn drop(&mut self) {
        let mut next = self.outer.frame.take();
        while let Some(frame) = next {
            match Rc::try_unwrap(frame) {
                Ok(mut frame) => next = frame.outer.frame.take(),
                Err(_) => break,
            }
        }
    }
}
