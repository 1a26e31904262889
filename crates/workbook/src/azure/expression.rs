//! The expressions of templates for Azure Resource Manager, as far as workbooks are written with them:
//! `[string(variables('workbook'))]`, `[concat('a', parameters('b'))]`. In: the template and a text of it. Out: the
//! text's value. What only a deployment knows (a subscription's id) stays as the words of the expression, with a note.

use serde_json::Value as Json;
use std::cell::{Cell, RefCell};

/// How deep expressions may lead to others; variables that name each other end here.
const DEEPEST: usize = 32;
/// Bytes and values that all expressions of a template may make: each variable can double the one before it.
const MOST: usize = 64 << 20;

/// A template: what its expressions can name.
pub struct Template<'a> {
    root: &'a Json,
    notes: RefCell<Vec<String>>,
    /// What is left of `MOST`.
    left: Cell<usize>,
}

impl<'a> Template<'a> {
    /// The template whose whole JSON this is.
    pub fn new(root: &'a Json) -> Template<'a> {
        Template { root, notes: RefCell::default(), left: Cell::new(MOST) }
    }

    /// What was found while expressions were read: a sentence each.
    pub fn notes(&self) -> Vec<String> {
        self.notes.take()
    }

    /// The words of a text that may be an expression.
    pub fn words(&self, text: &str) -> String {
        written(&self.value(&Json::String(text.to_owned()), 0))
    }

    /// The workbook that a value is, holds as text, or leads to.
    pub fn workbook(&self, data: &Json) -> Result<Json, String> {
        let value = match data {
            // A whole object is written in the template: its texts may be expressions, too.
            Json::Object(_) => return Ok(self.value(data, 0)),
            Json::String(_) => self.value(data, 0),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => {
                return Err("it is no text".into());
            }
        };
        match value {
            Json::String(text) if is_expression(&text) => Err(format!("it is made by {}", shortened(&text))),
            Json::String(text) => serde_json::from_str(text.trim_start_matches('\u{feff}'))
                .map_err(|error| format!("not JSON: {error}")),
            other => Ok(other),
        }
    }

    /// A value with its expressions worked out.
    fn value(&self, json: &Json, depth: usize) -> Json {
        let length = json.as_str().map_or(0, str::len);
        if !self.affords(1 + length) {
            return Json::Null;
        }
        if depth > DEEPEST {
            return json.clone();
        }
        match json {
            Json::String(text) if text.starts_with("[[") => Json::String(text[1..].to_owned()),
            Json::String(text) if is_expression(text) => self.expression(text, depth),
            Json::Array(values) => values.iter().map(|value| self.value(value, depth + 1)).collect(),
            Json::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| (key.clone(), self.value(value, depth + 1)));
                Json::Object(fields.collect())
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => json.clone(),
        }
    }

    fn expression(&self, text: &str, depth: usize) -> Json {
        let mut parser = Parser { rest: &text[1..text.len() - 1], depth: 0 };
        match parser.term().filter(|_| parser.rest.trim().is_empty()) {
            Some(term) => self.work_out(&term, depth + 1).unwrap_or_else(|| {
                self.note(format!("the template's {} is only known when it is deployed", shortened(text)));
                Json::String(text.to_owned())
            }),
            None => Json::String(text.to_owned()),
        }
    }

    fn work_out(&self, term: &Term, depth: usize) -> Option<Json> {
        if depth > DEEPEST || !self.affords(1) {
            return None;
        }
        match term {
            Term::Literal(value) => Some(value.clone()),
            Term::Field(of, name) => {
                let of = self.work_out(of, depth + 1)?;
                let index = name.parse::<usize>().ok();
                let found = of.get(name).or_else(|| of.get(index?))?.clone();
                Some(self.value(&found, depth + 1))
            }
            Term::Call(name, arguments) => self.call(name, arguments, depth),
        }
    }

    fn call(&self, name: &str, arguments: &[Term], depth: usize) -> Option<Json> {
        let value = |at: usize| self.work_out(arguments.get(at)?, depth + 1);
        // What only the deployment knows stays as its words within a longer text.
        let text = |at: usize| {
            let term = arguments.get(at)?;
            Some(match self.work_out(term, depth + 1) {
                Some(value) => written(&value),
                None => {
                    let words = term.words();
                    self.note(format!("the template's {words} is only known when it is deployed"));
                    words
                }
            })
        };
        Some(match name.to_ascii_lowercase().as_str() {
            "variables" => self.named("variables", &written(&value(0)?), depth)?,
            "parameters" => self.named("parameters", &written(&value(0)?), depth)?,
            "string" => match value(0)? {
                text @ Json::String(_) => text,
                other => Json::String(other.to_string()),
            },
            "json" => serde_json::from_str(&written(&value(0)?)).ok()?,
            "concat" => Json::String((0..arguments.len()).filter_map(text).collect()),
            "format" => {
                let (format, values) = (text(0)?, (1..arguments.len()).filter_map(text).collect::<Vec<_>>());
                let longest = values.iter().map(String::len).max().unwrap_or(0);
                self.may_make(format.matches('{').count(), longest)?;
                Json::String(formatted(&format, &values))
            }
            "replace" => {
                let (whole, part, by) = (text(0)?, text(1)?, text(2)?);
                self.may_make(whole.matches(&part).count(), by.len())?;
                Json::String(whole.replace(&part, &by))
            }
            "tolower" => Json::String(text(0)?.to_lowercase()),
            "toupper" => Json::String(text(0)?.to_uppercase()),
            "trim" => Json::String(text(0)?.trim().to_owned()),
            _ => return None,
        })
    }

    /// A variable, or the value a parameter has where none is given.
    fn named(&self, kind: &str, name: &str, depth: usize) -> Option<Json> {
        let named = self.root.get(kind)?.as_object()?;
        let found = named.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
        let found =
            if kind == "parameters" { found.get("defaultValue").or(found.get("value"))? } else { found };
        Some(self.value(found, depth + 1))
    }

    /// Takes off what is made; whether there is anything left.
    fn affords(&self, cost: usize) -> bool {
        let left = self.left.get().saturating_sub(cost);
        self.left.set(left);
        if left == 0 {
            self.note(
                "the template's expressions make too much of each other; they are not worked out".to_owned(),
            );
        }
        left > 0
    }

    /// Whether a text may be put in so many times.
    fn may_make(&self, count: usize, length: usize) -> Option<()> {
        self.affords(count.saturating_mul(length)).then_some(())
    }

    fn note(&self, note: String) {
        let mut notes = self.notes.borrow_mut();
        if notes.len() < super::MOST_NOTES && !notes.contains(&note) {
            notes.push(note);
        }
    }
}

fn is_expression(text: &str) -> bool {
    text.len() > 2 && text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[")
}

fn written(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// `{0}` and `{1}` in a text; two braces are one.
fn formatted(format: &str, values: &[String]) -> String {
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            out.push_str(brace);
            rest = after;
            continue;
        }
        let inside = rest.find('}').map(|end| (end, rest[..end].parse::<usize>().ok()));
        match inside.and_then(|(end, number)| Some((end, values.get(number?)?))) {
            Some((end, value)) if brace == "{" => {
                out.push_str(value);
                rest = &rest[end + 1..];
            }
            Some(_) | None => out.push_str(brace),
        }
    }
    out + rest
}

/// The start of a text, for a sentence.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 80 { text.to_owned() } else { text.chars().take(79).chain(['…']).collect() }
}

/// A parsed expression.
enum Term {
    Literal(Json),
    Call(String, Vec<Term>),
    Field(Box<Term>, String),
}

impl Term {
    /// As it is written.
    fn words(&self) -> String {
        match self {
            Term::Literal(Json::String(text)) => format!("'{text}'"),
            Term::Literal(other) => other.to_string(),
            Term::Call(name, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(Term::words).collect();
                format!("{name}({})", arguments.join(", "))
            }
            Term::Field(of, name) => format!("{}.{name}", of.words()),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn term(&mut self) -> Option<Term> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut term = self.first()?;
        loop {
            if self.take('.') {
                term = Term::Field(Box::new(term), self.name()?);
            } else if self.take('[') {
                let index = match self.term()? {
                    Term::Literal(value) => written(&value),
                    Term::Call(..) | Term::Field(..) => return None,
                };
                self.take(']').then_some(())?;
                term = Term::Field(Box::new(term), index);
            } else {
                self.depth -= 1;
                return Some(term);
            }
        }
    }

    fn first(&mut self) -> Option<Term> {
        if self.take('\'') {
            return Some(Term::Literal(Json::String(self.quoted()?)));
        }
        let name = self.name()?;
        if let Ok(number) = name.parse::<i64>() {
            return Some(Term::Literal(number.into()));
        }
        match name.as_str() {
            "true" => return Some(Term::Literal(true.into())),
            "false" => return Some(Term::Literal(false.into())),
            "null" => return Some(Term::Literal(Json::Null)),
            _ => self.take('(').then_some(())?,
        }
        let mut arguments = Vec::new();
        if self.take(')') {
            return Some(Term::Call(name, arguments));
        }
        loop {
            arguments.push(self.term()?);
            if self.take(')') {
                return Some(Term::Call(name, arguments));
            }
            self.take(',').then_some(())?;
        }
    }

    /// The text up to the next quote; two quotes are one.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let end = self.rest.find('\'')?;
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('\'') {
                Some(rest) => {
                    text.push('\'');
                    self.rest = rest;
                }
                None => return Some(text),
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && !"_-$#".contains(c));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn take(&mut self, wanted: char) -> bool {
        match self.rest.trim_start().strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(root: &Json, text: &str) -> String {
        Template::new(root).words(text)
    }

    #[test]
    fn expressions_that_workbooks_are_written_with() {
        let root = json!({
            "variables": {"a": "x", "b": "[concat(variables('a'), 'y''z')]", "o": {"p": ["q", "r"]}, "loop": "[variables('loop')]"},
            "parameters": {"n": {"type": "string", "defaultValue": "[toUpper('name')]"}, "none": {"type": "string"}},
        });
        for (text, value) in [
            ("plain", "plain"),
            ("[[not one]", "[not one]"),
            ("[variables('b')]", "xy'z"),
            ("[string(variables('o').p)]", "[\"q\",\"r\"]"),
            ("[variables('o').p[1]]", "r"),
            ("[format('{0}-{1} {{2}}', parameters('n'), 3)]", "NAME-3 {2}"),
            ("[concat('in ', resourceGroup().name)]", "in resourceGroup().name"),
            ("[parameters('none')]", "[parameters('none')]"),
            ("[click here](https://x.example)", "[click here](https://x.example)"),
            ("[broken(']", "[broken(']"),
        ] {
            assert_eq!(words(&root, text), value, "{text}");
        }
        assert!(words(&root, "[variables('loop')]").contains("loop"));
    }

    #[test]
    fn expressions_that_grow_end() {
        let mut variables = serde_json::Map::new();
        let ten = |name: &str| vec![format!("variables('{name}')"); 10].join(", ");
        for at in 0..30 {
            variables.insert(format!("v{at}"), format!("[concat({})]", ten(&format!("v{}", at + 1))).into());
        }
        variables.insert("v30".into(), "x".repeat(100).into());
        variables.insert("long".into(), "a".repeat(1 << 20).into());
        let root = json!({ "variables": variables });
        for text in [
            "[variables('v0')]",
            "[replace(variables('long'), 'a', variables('long'))]",
            "[replace(variables('long'), '', variables('long'))]",
            "[format(replace(variables('long'), 'a', '{0}'), variables('long'))]",
        ] {
            let template = Template::new(&root);
            assert!(template.words(text).len() <= MOST);
            assert!(
                template.notes().iter().any(|note| note.contains("make too much of each other")),
                "{text}"
            );
        }
        assert_eq!(words(&root, "[variables('v28')]").len(), 10_000);
    }

    #[test]
    fn what_only_a_deployment_knows_is_noted() {
        let root = json!({});
        let template = Template::new(&root);
        template.words("[concat('/subscriptions/', subscription().subscriptionId)]");
        let notes = template.notes();
        assert_eq!(notes, ["the template's subscription().subscriptionId is only known when it is deployed"]);
    }
}
