//! Names that are no columns: `let`s, parameters, query-defined functions, names given by `as`.

use crate::plan::{Expr, Plan};
use calypso_parser::ast::FunctionDeclaration;
use std::rc::Rc;

/// A chain of names, the newest first. Cloning shares.
#[derive(Clone, Default)]
pub struct Environment(Option<Rc<Frame>>);

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
}

impl Environment {
    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<&Binding> {
        let mut frame = self.0.as_deref();
        while let Some(found) = frame {
            if found.name == name {
                return Some(&found.binding);
            }
            frame = found.outer.0.as_deref();
        }
        None
    }

    /// The same names and one more, which hides an older one of its name.
    pub fn with(&self, name: impl Into<String>, binding: Binding) -> Environment {
        Environment(Some(Rc::new(Frame { name: name.into(), binding, outer: self.clone() })))
    }

    /// Every name in reach, the newest first.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut frame = self.0.as_deref();
        while let Some(found) = frame {
            names.push(found.name.as_str());
            frame = found.outer.0.as_deref();
        }
        names
    }
}

impl Drop for Frame {
    /// Long chains are taken apart in a loop: dropping them by recursion would exhaust the stack.
    fn drop(&mut self) {
        let mut next = self.outer.0.take();
        while let Some(frame) = next {
            match Rc::try_unwrap(frame) {
                Ok(mut frame) => next = frame.outer.0.take(),
                Err(_) => break,
            }
        }
    }
}
