//! What a template's expressions stand for. In: a template, and the values given for its parameters. Out: trees without
//! expressions; what only a deployment knows is [`Value::Unknown`] with the reason.

use super::term::{Term, term};
use crate::text::{Entry, Node, Value};
use crate::{Place, azure::call};
use std::cell::Cell;
use std::rc::Rc;

/// How deep expressions may lead to others; variables that name each other end here.
const DEEPEST: usize = 32;
/// Bytes and values that all expressions of a file may make: each variable can double the one before it.
const MOST: usize = 16 << 20;

/// What expressions of one template can name.
#[derive(Clone)]
pub struct Scope<'a> {
    /// Values that were given: by the caller, or by the deployment that holds a nested template.
    given: Rc<Vec<(String, Node)>>,
    parameters: Option<&'a Node>,
    variables: Option<&'a Node>,
    left: Rc<Cell<usize>>,
}

/// A value, or why there is none: lower case, no full stop.
pub type Worked = Result<Node, String>;

impl<'a> Scope<'a> {
    /// The scope of a file's template.
    pub fn new(template: &'a Node, given: Vec<(String, Node)>) -> Scope<'a> {
        Scope {
            given: Rc::new(given),
            parameters: template.get("parameters"),
            variables: template.get("variables"),
            left: Rc::new(Cell::new(MOST)),
        }
    }

    /// The scope of a template within a deployment, whose values for parameters stand in the scope around it.
    pub fn within(&self, deployment: &Node, template: &'a Node) -> Scope<'a> {
        let options = deployment.get("expressionEvaluationOptions").and_then(|node| node.get("scope"));
        if !options.and_then(Node::text).is_some_and(|scope| scope.eq_ignore_ascii_case("inner")) {
            return self.clone();
        }
        let mut given = Vec::new();
        if let Some(Value::Map(entries)) = deployment.get("parameters").map(|node| &node.value) {
            for entry in entries {
                if let Some(value) = entry.value.get("value") {
                    given.push((entry.key.clone(), self.resolve(value)));
                }
            }
        }
        Scope { given: Rc::new(given), left: self.left.clone(), ..Scope::new(template, Vec::new()) }
    }

    /// A tree with its expressions worked out.
    pub fn resolve(&self, node: &Node) -> Node {
        self.value(node, 0)
    }

    fn value(&self, node: &Node, depth: usize) -> Node {
        if let Err(why) = self.spend(1 + node.text().map_or(0, str::len)) {
            return unknown("…", why, node.place);
        }
        let value = match &node.value {
            Value::Text(text) => match expression(text).map(|inner| (inner, inner.strip_prefix('['))) {
                Some((_, Some(plain))) => Value::Text(format!("[{plain}]")),
                Some((inner, None)) => return self.expression(inner, text, node.place, depth),
                None => Value::Text(text.clone()),
            },
            Value::List(nodes) => Value::List(nodes.iter().map(|node| self.value(node, depth)).collect()),
            Value::Map(entries) => {
                let entry = |entry: &Entry| Entry { value: self.value(&entry.value, depth), ..entry.clone() };
                Value::Map(entries.iter().map(entry).collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Unknown { .. } => node.value.clone(),
        };
        Node::new(value, node.place)
    }

    fn expression(&self, inner: &str, text: &str, place: Place, depth: usize) -> Node {
        // A text in brackets that is no expression is itself, as a query may begin with one.
        let Some(term) = term(inner) else { return Node::new(Value::Text(text.to_owned()), place) };
        match self.work_out(&term, depth + 1) {
            Ok(node) => Node::new(node.value, place),
            Err(why) => unknown(text, why, place),
        }
    }

    /// The value of a term.
    pub fn work_out(&self, term: &Term, depth: usize) -> Worked {
        if depth > DEEPEST {
            return Err("its expressions lead to each other without end".to_owned());
        }
        self.spend(1)?;
        let plain = |value| Ok(Node::new(value, Place::default()));
        match term {
            Term::Text(text) => plain(Value::Text(text.clone())),
            Term::Number(number) => plain(Value::Number(number.clone())),
            Term::Bool(flag) => plain(Value::Bool(*flag)),
            Term::Null => plain(Value::Null),
            Term::Member(of, member) => {
                let (of, member) = (self.work_out(of, depth + 1)?, self.work_out(member, depth + 1)?);
                call::member(&of, &member)
            }
            Term::Call(name, arguments) => call::call(self, name, arguments, depth),
        }
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str, depth: usize) -> Worked {
        let given = self.given.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        if let Some((_, node)) = given {
            return known(node.clone());
        }
        let declared = self.parameters.and_then(|parameters| parameters.get(name));
        let default = declared.and_then(|parameter| parameter.get("defaultValue").or(parameter.get("value")));
        match (declared, default) {
            (_, Some(default)) => known(self.value(default, depth + 1)),
            (Some(_), None) => Err(format!(
                "the parameter `{name}` has no default value and none was given (`--param {name}=…`)"
            )),
            (None, None) => Err(format!("there is no parameter `{name}`")),
        }
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str, depth: usize) -> Worked {
        let declared = self.variables.and_then(|variables| variables.get(name));
        let node = declared.ok_or_else(|| format!("there is no variable `{name}`"))?;
        known(self.value(node, depth + 1))
    }

    /// Counts what is made, so that a small text cannot become a large one.
    pub fn spend(&self, cost: usize) -> Result<(), String> {
        let left = self.left.get().saturating_sub(cost);
        self.left.set(left);
        if left == 0 {
            Err("the template's expressions make too much of each other".to_owned())
        } else {
            Ok(())
        }
    }
}

/// The text between the brackets of an expression; one that begins with another bracket is a text in brackets.
fn expression(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

fn known(node: Node) -> Worked {
    match node.value {
        Value::Unknown { why, .. } => Err(why),
        value => Ok(Node::new(value, node.place)),
    }
}

fn unknown(expression: &str, why: String, place: Place) -> Node {
    Node::new(Value::Unknown { expression: expression.to_owned(), why }, place)
}
