//! The functions of template expressions that need no deployment. In: a name and its arguments. Out: a value, or why there
//! is none here.

use super::scope::{Scope, Worked};
use super::term::Term;
use crate::Place;
use crate::text::{Node, Value, json};

/// Calls a function.
pub fn call(scope: &Scope, name: &str, arguments: &[Term], depth: usize) -> Worked {
    let value = |at: usize| match arguments.get(at) {
        Some(term) => scope.work_out(term, depth + 1),
        None => Err(format!("`{name}` lacks an argument")),
    };
    let text = |at: usize| value(at).and_then(|node| written(&node));
    let flag = |at: usize| value(at).and_then(|node| truth(&node));
    let all = || (0..arguments.len()).map(value).collect::<Result<Vec<Node>, String>>();
    let made = match name.to_ascii_lowercase().as_str() {
        "parameters" => return scope.parameter(&text(0)?, depth),
        "variables" => return scope.variable(&text(0)?, depth),
        "concat" => concat(&all()?)?,
        "format" => Value::Text(formatted(&text(0)?, &all()?[1..])?),
        "string" => Value::Text(text(0)?),
        "json" => json(&text(0)?).map_err(|broken| broken.what)?.value,
        "int" => Value::Number(number(&value(0)?)?.to_string()),
        "bool" => Value::Bool(flag(0)?),
        "tolower" => Value::Text(text(0)?.to_lowercase()),
        "toupper" => Value::Text(text(0)?.to_uppercase()),
        "trim" => Value::Text(text(0)?.trim().to_owned()),
        "replace" => {
            let (whole, part, by) = (text(0)?, text(1)?, text(2)?);
            scope.spend(whole.matches(&part).count().saturating_mul(by.len()))?;
            Value::Text(whole.replace(&part, &by))
        }
        "join" => {
            let parts = items(&value(0)?)?.iter().map(written).collect::<Result<Vec<_>, _>>()?;
            Value::Text(parts.join(&text(1)?))
        }
        "split" => {
            let (whole, by) = (text(0)?, text(1)?);
            scope.spend(whole.matches(&by).count())?;
            Value::List(whole.split(&by).map(|part| node(Value::Text(part.to_owned()))).collect())
        }
        "if" => return if flag(0)? { value(1) } else { value(2) },
        "not" => Value::Bool(!flag(0)?),
        "and" => {
            Value::Bool((0..arguments.len()).map(flag).collect::<Result<Vec<_>, _>>()?.iter().all(|one| *one))
        }
        "or" => {
            Value::Bool((0..arguments.len()).map(flag).collect::<Result<Vec<_>, _>>()?.iter().any(|one| *one))
        }
        "equals" => Value::Bool(value(0)?.json() == value(1)?.json()),
        "empty" => Value::Bool(length(&value(0)?)? == 0),
        "length" => Value::Number(length(&value(0)?)?.to_string()),
        "coalesce" => {
            let first = all()?.into_iter().find(|node| node.value != Value::Null);
            first.map_or(Value::Null, |node| node.value)
        }
        "createarray" => Value::List(all()?),
        "add" => Value::Number(calculated(number(&value(0)?)?.checked_add(number(&value(1)?)?))?),
        "sub" => Value::Number(calculated(number(&value(0)?)?.checked_sub(number(&value(1)?)?))?),
        "mul" => Value::Number(calculated(number(&value(0)?)?.checked_mul(number(&value(1)?)?))?),
        "first" => return edge(&value(0)?, |items| items.first()),
        "last" => return edge(&value(0)?, |items| items.last()),
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => return Err(format!("what `{name}` gives is only known when it is deployed")),
    };
    let made = node(made);
    scope.spend(made.text().map_or(1, str::len))?;
    Ok(made)
}

/// A member by name, or an item by number.
pub fn member(of: &Node, member: &Node) -> Worked {
    let name = written(member)?;
    let item = match (&of.value, name.parse::<usize>()) {
        (Value::List(items), Ok(at)) => items.get(at),
        _ => of.get(&name),
    };
    item.cloned().ok_or_else(|| format!("there is no `{name}` in it"))
}

fn node(value: Value) -> Node {
    Node::new(value, Place::default())
}

/// A value as a text.
fn written(node: &Node) -> Result<String, String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(if *flag { "True" } else { "False" }.to_owned()),
        Value::Null => Ok(String::new()),
        Value::List(_) | Value::Map(_) => Ok(node.json().to_string()),
        Value::Unknown { why, .. } => Err(why.clone()),
    }
}

fn truth(node: &Node) -> Result<bool, String> {
    match &node.value {
        Value::Bool(flag) => Ok(*flag),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Value::Unknown { why, .. } => Err(why.clone()),
        Value::Null | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
            Err(format!("{} is neither true nor false", node.kind()))
        }
    }
}

fn number(node: &Node) -> Result<i64, String> {
    written(node)?.trim().parse().map_err(|_| "it is no whole number".to_owned())
}

fn calculated(number: Option<i64>) -> Result<String, String> {
    number.map(|number| number.to_string()).ok_or_else(|| "the number is too large".to_owned())
}

fn items(node: &Node) -> Result<&[Node], String> {
    match &node.value {
        Value::List(items) => Ok(items),
        Value::Unknown { why, .. } => Err(why.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Map(_) => {
            Err(format!("{} is no list", node.kind()))
        }
    }
}

fn length(node: &Node) -> Result<usize, String> {
    match &node.value {
        Value::Null => Ok(0),
        Value::Text(text) => Ok(text.chars().count()),
        Value::Map(entries) => Ok(entries.len()),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Unknown { .. } => {
            items(node).map(<[Node]>::len)
        }
    }
}

fn edge(of: &Node, pick: impl Fn(&[Node]) -> Option<&Node>) -> Worked {
    if let Value::Text(_) = of.value {
        return Err("the first and last letters of texts are not taken here".to_owned());
    }
    pick(items(of)?).cloned().ok_or_else(|| "the list is empty".to_owned())
}

/// Texts one after the other, or lists.
fn concat(nodes: &[Node]) -> Result<Value, String> {
    if nodes.iter().any(|node| matches!(node.value, Value::List(_))) {
        let lists = nodes.iter().map(items).collect::<Result<Vec<_>, _>>()?;
        return Ok(Value::List(lists.concat()));
    }
    nodes.iter().map(written).collect::<Result<String, String>>().map(Value::Text)
}

/// `{0}` and `{1}` in a text; two braces are one.
fn formatted(format: &str, values: &[Node]) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        out += &rest[..at];
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out += brace;
            rest = after;
            continue;
        }
        let (inside, after) =
            rest.split_once('}').filter(|_| brace == "{").ok_or("a brace has no partner")?;
        let value = inside.trim().parse::<usize>().ok().and_then(|at| values.get(at));
        out += &written(value.ok_or_else(|| format!("there is no value for `{{{inside}}}`"))?)?;
        if out.len() > 1 << 20 {
            return Err("the text is too long".to_owned());
        }
        rest = after;
    }
    Ok(out + rest)
}
