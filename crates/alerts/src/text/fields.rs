//! Reads the members of a map by name, remembers which were read, and tells the others: nothing in a file is lost without
//! a word. Names do not tell upper from lower case, as in Azure. A `null` counts as left out.

use super::node::{Entry, Node, Value};
use crate::{Finding, Place, Timespan};
use serde_json::Value as Json;

/// Findings as they come up, all of one rule.
#[derive(Default, Debug)]
pub(crate) struct Found {
    /// So far.
    pub(crate) findings: Vec<Finding>,
}

impl Found {
    pub(crate) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }
}

/// The members of a map.
pub(crate) struct Fields<'a> {
    path: String,
    place: Place,
    entries: &'a [Entry],
    read: Vec<bool>,
}

impl<'a> Fields<'a> {
    /// The members of a node; a finding where it has none.
    pub(crate) fn of(node: &'a Node, path: &str, found: &mut Found) -> Option<Fields<'a>> {
        match &node.value {
            Value::Map(entries) => Some(Fields {
                path: path.to_owned(),
                place: node.place,
                entries,
                read: vec![false; entries.len()],
            }),
            Value::Unknown { .. } => {
                found.add(unknown(node, path));
                None
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                found.add(wrong(node, path, "a group of fields"));
                None
            }
        }
    }

    /// The path of a member.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Where a member's value stands, else where the map begins.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        let entry = self.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key));
        entry.map_or(self.place, |entry| entry.value.place)
    }

    /// A member, if it is there and not null.
    pub(crate) fn get(&mut self, key: &str) -> Option<&'a Node> {
        let at = self.entries.iter().position(|entry| entry.key.eq_ignore_ascii_case(key))?;
        self.read[at] = true;
        Some(&self.entries[at].value).filter(|node| node.value != Value::Null)
    }

    /// A member that must be there.
    pub(crate) fn require(&mut self, key: &str, found: &mut Found) -> Option<&'a Node> {
        let node = self.get(key);
        if node.is_none() {
            found.add(
                Finding::error("missing-field", self.place, format!("`{key}` is missing")).at(self.path(key)),
            );
        }
        node
    }

    /// A text; numbers and truth values are texts, too.
    pub(crate) fn text(&mut self, key: &str, found: &mut Found) -> Option<String> {
        let node = self.get(key)?;
        scalar(node, &self.path(key), found)
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, key: &str, found: &mut Found) -> Option<String> {
        let node = self.require(key, found)?;
        scalar(node, &self.path(key), found)
    }

    /// A truth value, also as a text.
    pub(crate) fn flag(&mut self, key: &str, found: &mut Found) -> Option<bool> {
        let node = self.get(key)?;
        if let Value::Bool(flag) = &node.value {
            return Some(*flag);
        }
        match node.text().map(str::to_ascii_lowercase).as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                found.add(wrong_or_unknown(node, &self.path(key), "true or false"));
                None
            }
        }
    }

    /// A finite number, also as a text.
    pub(crate) fn number(&mut self, key: &str, found: &mut Found) -> Option<f64> {
        let node = self.get(key)?;
        let read = match &node.value {
            Value::Number(text) | Value::Text(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_) | Value::Unknown { .. } => None,
        };
        let read = read.filter(|number: &f64| number.is_finite());
        if read.is_none() {
            found.add(wrong_or_unknown(node, &self.path(key), "a number"));
        }
        read
    }

    /// A whole number, 0 or more.
    pub(crate) fn whole(&mut self, key: &str, found: &mut Found) -> Option<u64> {
        let number = self.number(key, found)?;
        if number < 0.0 || number.fract() != 0.0 || number > 9e15 {
            let what = format!("found {number}, wanted a whole number, 0 or more");
            found.add(Finding::error("wrong-value", self.place_of(key), what).at(self.path(key)));
            return None;
        }
        Some(number as u64)
    }

    /// A length of time.
    pub(crate) fn timespan(&mut self, key: &str, found: &mut Found) -> Option<Timespan> {
        let text = self.text(key, found)?;
        match Timespan::read(&text) {
            Ok(span) => Some(span),
            Err(what) => {
                found.add(Finding::error("wrong-value", self.place_of(key), what).at(self.path(key)));
                None
            }
        }
    }

    /// One of some words, whatever its case.
    pub(crate) fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)], found: &mut Found) -> Option<T> {
        let text = self.text(key, found)?;
        let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
        if known.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let what = format!("`{text}` is none of {}", names.join(", "));
            found.add(Finding::error("wrong-value", self.place_of(key), what).at(self.path(key)));
        }
        known.map(|(_, value)| *value)
    }

    /// The members of a list with their paths; a list of nothing where it is left out, or an empty text stands for it.
    pub(crate) fn list(&mut self, key: &str, found: &mut Found) -> Vec<(&'a Node, String)> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let path = self.path(key);
        let Value::List(nodes) = &node.value else {
            if node.text().is_none_or(|text| !text.trim().is_empty()) {
                found.add(wrong_or_unknown(node, &path, "a list"));
            }
            return Vec::new();
        };
        nodes.iter().enumerate().map(|(at, node)| (node, format!("{path}[{at}]"))).collect()
    }

    /// The texts of a list; a null is no text, and left out.
    pub(crate) fn texts(&mut self, key: &str, found: &mut Found) -> Vec<String> {
        let nodes = self.list(key, found);
        let some = nodes.into_iter().filter(|(node, _)| node.value != Value::Null);
        some.filter_map(|(node, path)| scalar(node, &path, found)).collect()
    }

    /// The members of a map below this one. Some files have it as the only item of a list.
    pub(crate) fn group(&mut self, key: &str, found: &mut Found) -> Option<Fields<'a>> {
        let (node, path) = (self.get(key)?, self.path(key));
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Map(_)
            | Value::Unknown { .. } => &[],
        };
        match items {
            [only @ Node { value: Value::Map(_), .. }] => {
                let what = "found a list of one group of fields, wanted the group itself";
                let finding = Finding::warning("list-of-one", node.place, what).at(&path);
                found.add(finding.because("it is read as the group, and Sentinel may refuse it"));
                Fields::of(only, &path, found)
            }
            _ => Fields::of(node, &path, found),
        }
    }

    /// The members of a map of texts.
    pub(crate) fn pairs(&mut self, key: &str, found: &mut Found) -> Vec<(String, String)> {
        let Some(fields) = self.group(key, found) else { return Vec::new() };
        let pairs = fields.entries.iter().filter(|entry| entry.value.value != Value::Null);
        pairs
            .filter_map(|entry| {
                Some((entry.key.clone(), scalar(&entry.value, &fields.path(&entry.key), found)?))
            })
            .collect()
    }

    /// Keeps members as they are, since nothing here reads them.
    pub(crate) fn keep(&mut self, keys: &[&str], kept: &mut Vec<(String, Json)>) {
        for key in keys {
            if let Some(node) = self.get(key) {
                kept.push((self.path(key), node.json()));
            }
        }
    }

    /// Tells the members that nobody read, and keeps them.
    pub(crate) fn finish(self, kept: &mut Vec<(String, Json)>, found: &mut Found) {
        for (entry, _) in self.entries.iter().zip(&self.read).filter(|(_, read)| !**read) {
            let what = format!("`{}` is no field known here", entry.key);
            let finding = Finding::warning("unknown-field", entry.place, what).at(self.path(&entry.key));
            found.add(finding.because("it is kept, and does nothing"));
            kept.push((self.path(&entry.key), entry.value.json()));
        }
    }
}

/// What is kept of a resource, named from the resource on.
pub(crate) fn within(path: &str, kept: Vec<(String, Json)>) -> Vec<(String, Json)> {
    let shorter = |name: String| match name.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) {
        Some(rest) if !path.is_empty() => rest.to_owned(),
        _ => name,
    };
    kept.into_iter().map(|(name, value)| (shorter(name), value)).collect()
}

/// The text of a value that is no list, map or null.
pub(crate) fn scalar(node: &Node, path: &str, found: &mut Found) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Unknown { .. } => {
            found.add(wrong_or_unknown(node, path, "a text"));
            None
        }
    }
}

fn wrong_or_unknown(node: &Node, path: &str, wanted: &str) -> Finding {
    match &node.value {
        Value::Unknown { .. } => unknown(node, path),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
            wrong(node, path, wanted)
        }
    }
}

fn wrong(node: &Node, path: &str, wanted: &str) -> Finding {
    let found = match &node.value {
        Value::Text(text) => format!("`{text}`"),
        Value::Number(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_) | Value::Unknown { .. } => {
            node.kind().to_owned()
        }
    };
    Finding::error("wrong-value", node.place, format!("found {found}, wanted {wanted}")).at(path)
}

fn unknown(node: &Node, path: &str) -> Finding {
    let Value::Unknown { expression, why } = &node.value else { return wrong(node, path, "a value") };
    Finding::error("unknown-value", node.place, format!("`{expression}` has no value here: {why}")).at(path)
}
