//! Finds the rules in a JSON file: a template with `resources` (also nested ones), a list of resources, or one resource.
//! In: the tree. Out: rules, and what there is to say.

use super::resource;
use crate::read::{Parameters, Reading, stem};
use crate::text::{Node, Value};
use crate::{Finding, sentinel};

/// Log search alert rules.
pub const SEARCH_RULES: &str = "Microsoft.Insights/scheduledQueryRules";
/// Sentinel's rules, which stand below a workspace, too.
pub const SENTINEL_RULES: &str = "Microsoft.SecurityInsights/alertRules";

/// Reads a file.
pub fn read(node: &Node, file: &str, _parameters: &Parameters) -> Reading {
    let mut reading = Reading::default();
    let mut rules = 0;
    for (resource, path) in resources(node) {
        let Some(kind) = resource.get("type").and_then(Node::text) else { continue };
        let name = resource.get("name").and_then(Node::text).map_or_else(|| stem(file), last_part);
        if kind.eq_ignore_ascii_case(SEARCH_RULES) {
            rules += 1;
            reading.add(resource::read(resource, &name, &path, file));
        } else if is_sentinel(kind) {
            rules += 1;
            reading.add(sentinel::read_resource(resource, &name, &path, file));
        }
    }
    if rules == 0 && reading.findings.is_empty() {
        let what = format!("no resource of the type {SEARCH_RULES} or {SENTINEL_RULES}");
        reading.findings.push(Finding::error("empty", node.place, what));
    }
    reading
}

fn is_sentinel(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let known = SENTINEL_RULES.to_ascii_lowercase();
    kind == known || kind == "microsoft.operationalinsights/workspaces/providers/alertrules"
}

/// The last part of a name such as `workspace/Microsoft.SecurityInsights/rule`.
fn last_part(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

/// The resources of a file with their paths.
fn resources(node: &Node) -> Vec<(&Node, String)> {
    let mut found = Vec::new();
    match &node.value {
        Value::List(nodes) => {
            found.extend(nodes.iter().enumerate().map(|(at, node)| (node, format!("[{at}]"))));
        }
        _ if node.get("type").is_some() => found.push((node, String::new())),
        _ => below(node, "", &mut found),
    }
    found
}

/// Resources within a template, in a list or by their symbolic names, and those within deployments.
fn below<'a>(node: &'a Node, path: &str, found: &mut Vec<(&'a Node, String)>) {
    let Some(resources) = node.get("resources") else { return };
    let within: Vec<(&Node, String)> = match &resources.value {
        Value::List(nodes) => {
            nodes.iter().enumerate().map(|(at, node)| (node, format!("{path}resources[{at}]"))).collect()
        }
        Value::Map(entries) => {
            entries.iter().map(|entry| (&entry.value, format!("{path}resources.{}", entry.key))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Unknown { .. } => return,
    };
    for (resource, path) in within {
        found.push((resource, path.clone()));
        below(resource, &format!("{path}."), found);
        if let Some(template) = resource.get("properties").and_then(|node| node.get("template")) {
            below(template, &format!("{path}.properties.template."), found);
        }
    }
}
