//! What one JSON value is: a record of one of the shapes, a container of records, or no log record.

use crate::json_text::{Object, elements};
use crate::record::{AUDIT_TABLE, PROVISIONING_TABLE};

/// What a JSON value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// `{"records":[…]}`, `{"value":[…]}`, `{"Results":[…]}` or an array: the records are inside.
    Container(&'static str),
    /// Answer of the Query API.
    QueryAnswer,
    /// Diagnostic record of a category.
    Diagnostic(Category),
    /// A row with the columns of `AADProvisioningLogs`.
    ProvisioningRow,
    /// A row with the columns of `AuditLogs`.
    AuditRow,
    /// `provisioningObjectSummary` of Graph and of the portal's JSON.
    GraphProvisioning,
    /// `directoryAudit` of Graph.
    GraphAudit,
    /// Answer of `provisionOnDemand`.
    OnDemand,
    /// Where and when records arrived.
    Arrival,
    /// Anything else.
    Other,
}

/// The category of a diagnostic record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Category {
    Provisioning,
    Audit,
    /// One that no table here holds.
    Foreign,
}

impl Kind {
    /// The shape in words, for the summary.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Kind::Container("records") => "event hub messages",
            Kind::Container("value") => "Graph pages",
            Kind::Container("Results") => "query results",
            Kind::Container(_) => "JSON array",
            Kind::QueryAnswer => "Query API answer",
            Kind::Diagnostic(_) => "diagnostic settings",
            Kind::ProvisioningRow | Kind::AuditRow => "Log Analytics rows",
            Kind::GraphProvisioning | Kind::GraphAudit => "Graph records",
            Kind::OnDemand => "provision on demand answers",
            Kind::Arrival => "arrival times",
            Kind::Other => "a table of its own",
        }
    }
}

/// What an object is.
pub(crate) fn classify(object: &Object<'_>) -> Kind {
    classify_with(object, None)
}

/// What an object is whose member `properties` may be at hand.
pub(crate) fn classify_with(object: &Object<'_>, properties: Option<&Object<'_>>) -> Kind {
    let array = |name: &str| object.get(name).is_some_and(|raw| raw.starts_with('['));
    let string = |name: &str| object.get(name).is_some_and(|raw| raw.starts_with('"'));
    if array("records") {
        return Kind::Container("records");
    }
    if array("tables") && query_tables(object).is_some() {
        return Kind::QueryAnswer;
    }
    if array("value") && (object.has("@odata.context") || object.has("@odata.nextLink") || holds_logs(object))
    {
        return Kind::Container("value");
    }
    if array("Results") {
        return Kind::Container("Results");
    }
    if string("key") && string("value") && object.text("value").trim_start().starts_with(['{', '[']) {
        return Kind::OnDemand;
    }
    if object.has("properties")
        && (object.has("category") || object.has("operationName") || object.has("time"))
        && let Some(category) = diagnostic_category(object, properties)
    {
        return Kind::Diagnostic(category);
    }
    if object.has("activityDateTime") && !object.has("TimeGenerated") {
        let any = |names: &[&str]| names.iter().any(|name| object.has(name));
        if any(&["provisioningSteps", "changeId", "provisioningAction", "jobId"]) {
            return Kind::GraphProvisioning;
        }
        if any(&["activityDisplayName", "targetResources", "loggedByService"]) {
            return Kind::GraphAudit;
        }
    }
    let table = object.text("Type");
    row_kind(&|name| object.raw(name).is_some(), &table)
}

/// Columns that only `AADProvisioningLogs` has: two of them tell it, whatever else was left out.
const TELLING: &[&str] = &[
    "Action",
    "ChangeId",
    "CycleId",
    "JobId",
    "ModifiedProperties",
    "ProvisioningAction",
    "ProvisioningStatusInfo",
    "ProvisioningSteps",
    "SourceIdentity",
    "StatusInfo",
    "TargetIdentity",
    "TargetSystem",
];

/// What a row with these columns is; `table` is the value of its `Type` column, if any.
pub(crate) fn row_kind(has: &dyn Fn(&str) -> bool, table: &str) -> Kind {
    if table == PROVISIONING_TABLE {
        return Kind::ProvisioningRow;
    }
    if table == AUDIT_TABLE {
        return Kind::AuditRow;
    }
    if has("Id") && has("ArrivalTime") {
        return Kind::Arrival;
    }
    if !has("TimeGenerated") && !has("TimeGenerated [UTC]") {
        return Kind::Other;
    }
    if TELLING.iter().filter(|name| has(name)).count() >= 2 {
        return Kind::ProvisioningRow;
    }
    if has("ActivityDisplayName") && (has("TargetResources") || has("LoggedByService")) {
        return Kind::AuditRow;
    }
    Kind::Other
}

/// The tables of a Query API answer: objects with columns and rows.
pub(crate) fn query_tables<'a>(object: &Object<'a>) -> Option<Vec<Object<'a>>> {
    let tables: Option<Vec<_>> = elements(object.get("tables")?)?.into_iter().map(Object::parse).collect();
    tables.filter(|tables| tables.iter().all(|table| table.has("columns") && table.has("rows")))
}

/// Whether the first element under `value` is a log record.
fn holds_logs(object: &Object<'_>) -> bool {
    let first = object.get("value").and_then(elements).and_then(|all| all.first().copied());
    first.and_then(Object::parse).is_some_and(|first| !first.has("value") && classify(&first) != Kind::Other)
}

fn diagnostic_category(object: &Object<'_>, properties: Option<&Object<'_>>) -> Option<Category> {
    let parsed;
    let properties = match properties {
        Some(properties) => properties,
        None => {
            parsed = object.object("properties").or_else(|| {
                // Some pipelines hand on nested JSON as text.
                object.get("properties").filter(|raw| raw.starts_with('"')).map(|_| Object::default())
            })?;
            &parsed
        }
    };
    let category = object.text("category");
    Some(match category.as_ref() {
        name if name.eq_ignore_ascii_case("provisioninglogs") => Category::Provisioning,
        name if name.eq_ignore_ascii_case("auditlogs") => Category::Audit,
        "" if properties.has("provisioningSteps") || properties.has("provisioningAction") => {
            Category::Provisioning
        }
        "" if properties.has("activityDisplayName") => Category::Audit,
        "" => return None,
        _ => Category::Foreign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        classify(&Object::parse(text).unwrap())
    }

    #[test]
    fn shapes_are_known_by_their_members() {
        for (text, expected) in [
            (
                r#"{"time":"t","category":"ProvisioningLogs","properties":{}}"#,
                Kind::Diagnostic(Category::Provisioning),
            ),
            (r#"{"time":"t","category":"SignInLogs","properties":{}}"#, Kind::Diagnostic(Category::Foreign)),
            (
                r#"{"time":"t","properties":{"provisioningSteps":[]}}"#,
                Kind::Diagnostic(Category::Provisioning),
            ),
            (r#"{"records":[]}"#, Kind::Container("records")),
            (r#"{"@odata.context":"c","value":[]}"#, Kind::Container("value")),
            (r#"{"value":[{"id":"i","activityDateTime":"t","changeId":"c"}]}"#, Kind::Container("value")),
            (r#"{"value":[{"a":1}]}"#, Kind::Other),
            (r#"{"key":"{}","value":"{}"}"#, Kind::OnDemand),
            (r#"{"Id":"i","ActivityDateTime":"t","ChangeId":"c"}"#, Kind::GraphProvisioning),
            (r#"{"activityDateTime":"t","activityDisplayName":"a"}"#, Kind::GraphAudit),
            (r#"{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}]}"#, Kind::QueryAnswer),
            (r#"{"tables":["x"]}"#, Kind::Other),
            (r#"{"TimeGenerated":"t","Action":"","JobId":""}"#, Kind::ProvisioningRow),
            (r#"{"TimeGenerated":"t","Type":"AuditLogs"}"#, Kind::AuditRow),
            (r#"{"TimeGenerated":"t","count_":1}"#, Kind::Other),
            (r#"{"Id":"i","ArrivalTime":"t"}"#, Kind::Arrival),
            (r#"{"name":"x"}"#, Kind::Other),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
