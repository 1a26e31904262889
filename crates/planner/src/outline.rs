//! A bound plan as indented text, for people who ask what a query means. In: a plan. Out: one line per node, its inputs
//! below it; a column that an expression reads is written `name#number`.

use crate::plan::{AggregateExpr, ColumnId, Expr, Node, Plan, PlanColumn, SortKey};
use calypso_library::Value;
use calypso_library::plugin::{Given, PluginCall};
use std::collections::HashMap;
use std::fmt::Write;

/// The plan, drawn; every line ends in a line feed.
pub fn outline(plan: &Plan) -> String {
    let mut names = HashMap::new();
    collect(plan, &mut names);
    let mut out = String::new();
    draw(plan, 0, &names, &mut out);
    out
}

type Names = HashMap<ColumnId, String>;

fn collect(plan: &Plan, names: &mut Names) {
    names.extend(plan.columns.iter().map(|column| (column.id, name(column).to_owned())));
    if let Node::Scan { memory, .. } = &plan.node {
        names.extend(memory.iter().map(|one| (one.column.id, name(&one.column).to_owned())));
    }
    for input in plan.inputs() {
        collect(input, names);
    }
}

fn draw(plan: &Plan, depth: usize, names: &Names, out: &mut String) {
    let line = line(plan, names);
    let _ = writeln!(out, "{:indent$}{line}", "", indent = depth * 2);
    for input in plan.inputs() {
        draw(input, depth + 1, names, out);
    }
}

/// One node without its inputs.
fn line(plan: &Plan, names: &Names) -> String {
    match &plan.node {
        Node::Table { name } => format!("table {name} ({} columns)", plan.columns.len()),
        Node::External(source) => format!("external {} [{}]", source.addresses.join(", "), typed(plan)),
        Node::Values { rows } => format!("values {} rows [{}]", rows.len(), typed(plan)),
        Node::Range { from, to, step } => {
            format!("range {} to {} step {}", text(from, names), text(to, names), text(step, names))
        }
        Node::Filter { predicate, .. } => format!("filter {}", text(predicate, names)),
        Node::Project { expressions, .. } => {
            let outputs = plan.columns.iter().zip(expressions).map(|(column, e)| {
                format!("{}#{}: {} = {}", name(column), column.id.0, column.ty, text(e, names))
            });
            format!("project {}", joined(outputs))
        }
        Node::Aggregate { keys, aggregates, .. } => {
            let parts = keys
                .iter()
                .map(|key| text(key, names))
                .chain(aggregates.iter().map(|aggregate| aggregate_text(aggregate, names)));
            let outputs =
                plan.columns.iter().zip(parts).map(|(column, part)| {
                    format!("{}#{}: {} = {part}", name(column), column.id.0, column.ty)
                });
            format!("aggregate by {} keys: {}", keys.len(), joined(outputs))
        }
        Node::Sort { keys, .. } => format!("sort {}", sort_keys(keys, names)),
        Node::Take { count, .. } => format!("take {count}"),
        Node::Join { kind, keys, .. } => {
            let pairs = keys.iter().map(|(l, r)| format!("{} == {}", text(l, names), text(r, names)));
            format!("join {kind:?} on {}", joined(pairs))
        }
        Node::Union { inputs } => format!("union of {} [{}]", inputs.len(), typed(plan)),
        Node::MvExpand { expansions, limit, .. } => {
            let parts = expansions.iter().map(|e| format!("{} to {}", text(&e.source, names), e.to));
            let limit = if *limit == u64::MAX { String::new() } else { format!(" limit {limit}") };
            format!("mv-expand {}{limit}", joined(parts))
        }
        Node::Window { partition, calls, .. } => {
            let parts = calls.iter().map(|call| call_text(call.function.name, &call.arguments, names));
            format!("window {}{}", joined(parts), within(partition, names))
        }
        Node::Rank { partition, keys, .. } => {
            let within = joined(partition.iter().map(|e| text(e, names)));
            format!("rank within [{within}] by [{}]", sort_keys(keys, names))
        }
        Node::Parse { source, pattern, only_matches, .. } => {
            let word = if *only_matches { "parse-where" } else { "parse" };
            format!("{word} {} {:?} {:?}", text(source, names), pattern.kind, pattern.parts)
        }
        Node::ParseKv { source, keys, .. } => {
            let wanted = keys.keys.iter().map(|(name, ty)| format!("{name}: {ty}"));
            format!("parse-kv {} for {}", text(source, names), joined(wanted))
        }
        Node::Evaluate { plugin, call, .. } => {
            let given = call.given.iter().map(|(slot, given)| format!("{slot}: {}", argument(given, call)));
            format!("evaluate {}({}) [{}]", plugin.name, joined(given), typed(plan))
        }
        Node::Scan { partition, steps, .. } => {
            let steps = steps.iter().map(|step| text(&step.condition, names));
            format!("scan for {}{}", joined(steps), within(partition, names))
        }
        Node::GraphMeasure { measures, .. } => {
            format!("graph measure {}", joined(measures.iter().map(|measure| format!("{measure:?}"))))
        }
        Node::GraphMatch { pattern, .. } => {
            let (nodes, edges) = (pattern.nodes.len(), pattern.edges.len());
            format!("graph match of {nodes} nodes and {edges} edges {:?} [{}]", pattern.search, typed(plan))
        }
        Node::Shared { number, .. } => format!("shared {number}: computed once"),
    }
}

/// What was given to a plugin.
fn argument(given: &Given, call: &PluginCall) -> String {
    match given {
        Given::Column(place) => {
            call.columns.get(*place).map(|column| column.name.clone()).unwrap_or_default()
        }
        Given::TableColumn(place) => {
            call.lookup.get(*place).map(|column| column.name.clone()).unwrap_or_default()
        }
        Given::Constant(value) => literal(value),
    }
}

/// The name without the mark of a hidden column.
fn name(column: &PlanColumn) -> &str {
    column.name.trim_start_matches('\0')
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn typed(plan: &Plan) -> String {
    joined(plan.columns.iter().map(|column| format!("{}#{}: {}", name(column), column.id.0, column.ty)))
}

fn sort_keys(keys: &[SortKey], names: &Names) -> String {
    joined(keys.iter().map(|key| {
        let direction = if key.descending { "desc" } else { "asc" };
        let nulls = if key.nulls_first { "nulls first" } else { "nulls last" };
        format!("{} {direction} {nulls}", text(&key.expr, names))
    }))
}

fn aggregate_text(aggregate: &AggregateExpr, names: &Names) -> String {
    let call = call_text(aggregate.aggregate.name, &aggregate.arguments, names);
    match &aggregate.predicate {
        Some(predicate) => format!("{call} where {}", text(predicate, names)),
        None => call,
    }
}

fn call_text(name: &str, arguments: &[Expr], names: &Names) -> String {
    let symbol = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    match arguments {
        [left, right] if symbol => format!("({} {name} {})", text(left, names), text(right, names)),
        _ => format!("{name}({})", joined(arguments.iter().map(|argument| text(argument, names)))),
    }
}

fn within(partition: &[Expr], names: &Names) -> String {
    match partition {
        [] => String::new(),
        keys => format!(" within [{}]", joined(keys.iter().map(|e| text(e, names)))),
    }
}

fn text(expr: &Expr, names: &Names) -> String {
    match expr {
        Expr::Column(id, _) => format!("{}#{}", names.get(id).map_or("?", String::as_str), id.0),
        Expr::Literal(value) => literal(value),
        Expr::Call { function, arguments, .. } => call_text(function.name, arguments, names),
        Expr::Scalar(plan, _) => format!("toscalar({})", inner(plan)),
        Expr::FirstColumn(plan) => format!("first column of ({})", inner(plan)),
    }
}

/// An inner plan on one line.
fn inner(plan: &Plan) -> String {
    outline(plan).lines().map(str::trim).collect::<Vec<_>>().join(" < ")
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null(ty) => format!("{ty}(null)"),
        Value::String(text) => format!("{text:?}"),
        Value::DateTime(_) | Value::TimeSpan(_) | Value::Guid(_) | Value::Dynamic(_) => {
            format!("{}({})", value.ty(), value.text())
        }
        Value::Bool(_) | Value::Int(_) | Value::Long(_) | Value::Real(_) | Value::Decimal(_) => value.text(),
    }
}
