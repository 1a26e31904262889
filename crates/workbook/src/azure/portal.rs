//! The words for what only the portal can show or do. In: the numbers and names of workbook files. Out: placeholders
//! and names for readers.

use super::loose;
use crate::model::Placeholder;
use serde_json::Value as Json;

/// An item that has no meaning here.
pub fn item(kind: Option<u64>, item: &Json, content: &Json) -> Placeholder {
    let title = loose::filled(content, "title").or_else(|| loose::filled(item, "name")).unwrap_or_default();
    let (what, why) = match kind {
        Some(10) => ("Metrics chart".into(), "metrics of Azure resources are not in the logs".into()),
        Some(kind @ (2 | 4..=8)) => (
            format!("Item of type {kind}"),
            format!("type {kind} belongs to an older kind of workbook whose items are not described"),
        ),
        Some(kind) => (format!("Item of type {kind}"), format!("the type {kind} is not known")),
        None if !item.is_object() => ("Item".into(), "the file has something else than an item here".into()),
        None => ("Item".into(), "the file does not say what kind of item it is".into()),
    };
    Placeholder { what, title, why }
}

/// Where the rows of a query come from that is not one over the logs; none for logs, merges and JSON.
pub fn source(query_type: u64) -> Option<String> {
    Some(match query_type {
        0 | 7 | 8 => return None,
        1 => "Azure Resource Graph".into(),
        2 | 10 => "a custom endpoint".into(),
        3 => "Azure metrics".into(),
        4 => "Azure Resource Health".into(),
        9 => "Azure Data Explorer".into(),
        11 => "Microsoft Intune".into(),
        12 => "Azure Resource Manager".into(),
        13 => "Azure Change Analysis".into(),
        14 => "Microsoft Graph".into(),
        16 => "Prometheus".into(),
        other => format!("a source with the number {other}"),
    })
}

/// What a parameter of a type stands for that is not here.
pub fn resource(kind: u64) -> Option<&'static str> {
    Some(match kind {
        5 => "a resource",
        6 => "a subscription",
        7 => "a resource type",
        8 => "a location",
        _ => return None,
    })
}

/// What a link does that only the portal can do.
pub fn action(target: &str) -> String {
    match target.to_lowercase().as_str() {
        "" => "a link without a target".into(),
        "resource" | "resourcedetails" | "resourceoverview" => "opens an Azure resource".into(),
        "openblade" => "opens a page of the portal".into(),
        "armaction" => "runs an action of Azure Resource Manager".into(),
        "armtemplate" => "deploys a template of Azure Resource Manager".into(),
        "metrics" => "opens the metrics of a resource".into(),
        "sessiontimeline" => "opens the timeline of a session".into(),
        "usertimeline" => "opens the timeline of a user".into(),
        "celldetails" => "shows a text in full".into(),
        "genericdetails" => "shows details of a row".into(),
        "copilotnudge" => "asks Copilot".into(),
        _ => format!("opens `{target}` in the portal"),
    }
}
