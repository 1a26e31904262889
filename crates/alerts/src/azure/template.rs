//! Finds the rules in a JSON file: a template with `resources` (also nested ones), a list of resources, or one resource.
//! In: the tree. Out: rules, and what there is to say.

use super::resource;
use super::scope::Scope;
use crate::read::{Parameters, Reading, stem};
use crate::text::{Node, Value, json};
use crate::{Finding, sentinel};

/// Log search alert rules.
pub const SEARCH_RULES: &str = "Microsoft.Insights/scheduledQueryRules";
/// Sentinel's rules, which stand below a workspace, too.
pub const SENTINEL_RULES: &str = "Microsoft.SecurityInsights/alertRules";

/// Reads a file.
pub fn read(node: &Node, file: &str, parameters: &Parameters) -> Reading {
    let mut reading = Reading::default();
    let mut names: Vec<String> = Vec::new();
    let given = parameters.iter().filter_map(|(name, value)| {
        let node = json(&value.to_string()).ok()?;
        Some((name.clone(), node))
    });
    for Found { node, path, is_search, scope } in resources(node, Scope::new(node, given.collect())) {
        let resource = scope.resolve(node);
        let name = resource.get("name").and_then(Node::text).map(last_part);
        let name = free(name.unwrap_or_else(|| stem(file)), &mut names);
        if resource.get("copy").is_some() {
            let finding = Finding::error("copies", node.place, "copies of a resource are not made here");
            reading.findings.push(finding.at(format!("{path}.copy")).of(&name));
        } else if is_search {
            reading.add(resource::read(&resource, &name, &path, file));
        } else {
            reading.add(sentinel::read_resource(&resource, &name, &path, file));
        }
    }
    if names.is_empty() {
        let what = format!("no resource of the type {SEARCH_RULES} or {SENTINEL_RULES}");
        reading.findings.push(Finding::error("empty", node.place, what));
    }
    reading
}

/// A name that no rule of the file has yet.
fn free(name: String, names: &mut Vec<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free =
        std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name)).unwrap_or(name);
    names.push(free.clone());
    free
}

/// A rule's resource that was found.
struct Found<'a> {
    node: &'a Node,
    path: String,
    is_search: bool,
    scope: Scope<'a>,
}

/// Whether a resource is a search rule; nothing where it is no rule.
fn is_search(resource: &Node) -> Option<bool> {
    let kind = resource.get("type").and_then(Node::text)?;
    let search = kind.eq_ignore_ascii_case(SEARCH_RULES);
    (search || is_sentinel(kind)).then_some(search)
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

/// The rules' resources of a file.
fn resources<'a>(root: &'a Node, scope: Scope<'a>) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    match &root.value {
        Value::List(nodes) => {
            for (at, node) in nodes.iter().enumerate() {
                one(node, format!("[{at}]"), &scope, &mut found);
            }
        }
        Value::Map(_) if root.get("type").is_some() => one(root, String::new(), &scope, &mut found),
        Value::Map(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Unknown { .. } => below(root, "", &scope, &mut found),
    }
    found
}

/// Resources within a template, in a list or by their symbolic names.
fn below<'a>(node: &'a Node, path: &str, scope: &Scope<'a>, found: &mut Vec<Found<'a>>) {
    match node.get("resources").map(|node| &node.value) {
        Some(Value::List(nodes)) => {
            for (at, node) in nodes.iter().enumerate() {
                one(node, format!("{path}resources[{at}]"), scope, found);
            }
        }
        Some(Value::Map(entries)) => {
            for entry in entries {
                one(&entry.value, format!("{path}resources.{}", entry.key), scope, found);
            }
        }
        None
        | Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Unknown { .. }) => {}
    }
}

/// A resource, those within it, and those of the template that it deploys.
fn one<'a>(node: &'a Node, path: String, scope: &Scope<'a>, found: &mut Vec<Found<'a>>) {
    if let Some(is_search) = is_search(node) {
        found.push(Found { node, path: path.clone(), is_search, scope: scope.clone() });
    }
    below(node, &format!("{path}."), scope, found);
    let Some(deployment) = node.get("properties") else { return };
    if let Some(template) = deployment.get("template") {
        let inner = scope.within(deployment, template);
        below(template, &format!("{path}.properties.template."), &inner, found);
    }
}
