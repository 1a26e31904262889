//! Rows of `AuditLogs`: diagnostic records of category AuditLogs, Graph `directoryAudits`, and Log Analytics rows.

use crate::builder::Cell;
use crate::json_text::{Object, compact, json_cell};
use crate::mapping::{Defaults, long_cell, time_cell};
use crate::record::{AUDIT, AUDIT_TABLE};
use crate::summary::Summary;
use crate::times::DateOrder;
use calypso_library::Type;
use std::borrow::Cow;

/// One row: each column's text, or its number.
pub(crate) struct AuditRow<'a> {
    cells: Vec<AuditCell<'a>>,
    /// The dedupe key.
    pub(crate) id: String,
}

enum AuditCell<'a> {
    Text(Cow<'a, str>),
    Json(Cow<'a, str>),
    Long(Option<i64>),
}

impl AuditRow<'_> {
    /// The cells in the order of `audit_columns`.
    pub(crate) fn cells(&self) -> Vec<Cell<'_>> {
        let cell = |cell| match cell {
            &AuditCell::Long(value) => Cell::long(value),
            AuditCell::Json(text) if text.is_empty() => Cell::Absent,
            AuditCell::Text(text) | AuditCell::Json(text) => Cell::Text(text),
        };
        self.cells.iter().map(cell).collect()
    }
}

/// A row from a source that gives the text of a column by name.
fn row<'a>(
    summary: &mut Summary,
    order: DateOrder,
    text: impl Fn(&str) -> Cow<'a, str>,
    json: impl Fn(&str) -> Cow<'a, str>,
) -> AuditRow<'a> {
    let id = text("Id").into_owned();
    let cells = AUDIT
        .iter()
        .map(|&(name, ty)| match ty {
            Type::DateTime => AuditCell::Long(time_cell(&text(name), order, summary)),
            Type::Long => AuditCell::Long(long_cell(&text(name))),
            Type::Dynamic => AuditCell::Json(json(name)),
            Type::String
            | Type::Bool
            | Type::Int
            | Type::Real
            | Type::Decimal
            | Type::TimeSpan
            | Type::Guid => AuditCell::Text(text(name)),
        })
        .collect();
    AuditRow { cells, id }
}

/// A diagnostic record of category AuditLogs.
pub(crate) fn diagnostic<'a>(
    envelope: &Object<'a>,
    properties: &Object<'a>,
    defaults: &Defaults,
    summary: &mut Summary,
) -> AuditRow<'a> {
    let or = |first: &Object<'a>, name: &str, second: &Object<'a>, other: &str| {
        first.filled(name).or_else(|| second.filled(other)).unwrap_or_default()
    };
    let text = |column: &str| -> Cow<'a, str> {
        match column {
            "TenantId" => defaults.workspace_id.clone().into(),
            "AADTenantId" => envelope.filled("tenantId").unwrap_or_else(|| defaults.tenant_id.clone().into()),
            "SourceSystem" => "Azure AD".into(),
            "TimeGenerated" | "ActivityDateTime" => or(properties, "activityDateTime", envelope, "time"),
            "OperationName" => or(envelope, "operationName", properties, "activityDisplayName"),
            // The table's Category is the activity's, such as UserManagement.
            "Category" => or(properties, "category", envelope, "category"),
            "CorrelationId" => or(envelope, "correlationId", properties, "correlationId"),
            "Resource" | "ResourceGroup" => "Microsoft.aadiam".into(),
            "ResourceProvider" => "".into(),
            "Type" => AUDIT_TABLE.into(),
            _ => graph_text(properties, column)
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| envelope.text(column)),
        }
    };
    row(summary, DateOrder::MonthFirst, text, |column| json_cell(properties.get(column)))
}

/// A `directoryAudit` of Graph.
pub(crate) fn graph<'a>(object: &Object<'a>, defaults: &Defaults, summary: &mut Summary) -> AuditRow<'a> {
    let text = |column: &str| -> Cow<'a, str> {
        match column {
            "TenantId" => defaults.workspace_id.clone().into(),
            "AADTenantId" => object.filled("tenantId").unwrap_or_else(|| defaults.tenant_id.clone().into()),
            "SourceSystem" => "Azure AD".into(),
            "TimeGenerated" | "ActivityDateTime" => object.text("activityDateTime"),
            "OperationName" => object.text("activityDisplayName"),
            "Resource" | "ResourceGroup" => "Microsoft.aadiam".into(),
            "Category" | "CorrelationId" => object.text(column),
            "ResultDescription" => object.text("resultReason"),
            "Type" => AUDIT_TABLE.into(),
            _ => graph_text(object, column).unwrap_or_default(),
        }
    };
    row(summary, DateOrder::MonthFirst, text, |column| json_cell(object.get(column)))
}

/// The columns that Graph and the inner record name alike, but for the operation's type.
fn graph_text<'a>(object: &Object<'a>, column: &str) -> Option<Cow<'a, str>> {
    Some(match column {
        "Id" | "LoggedByService" | "Result" | "ResultReason" | "ActivityDisplayName" => object.text(column),
        "AADOperationType" => object.text("operationType"),
        _ => return None,
    })
}

/// A row with the table's own column names.
pub(crate) fn flat<'a>(
    get: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    order: DateOrder,
    summary: &mut Summary,
) -> AuditRow<'a> {
    let text = |column: &str| match column {
        "Type" => AUDIT_TABLE.into(),
        _ => get(column).unwrap_or_default(),
    };
    let json = |column: &str| match get(column) {
        Some(text) => compact(&text).into_owned().into(),
        None => Cow::Borrowed(""),
    };
    row(summary, order, text, json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'r>(row: &'r AuditRow<'_>, column: &str) -> Cell<'r> {
        row.cells()[AUDIT.iter().position(|c| c.0 == column).unwrap()]
    }

    #[test]
    fn diagnostic_records_and_graph_agree() {
        let inner = r#"{"id":"a","category":"UserManagement","result":"success","activityDisplayName":"Add user",
            "activityDateTime":"2026-01-01T00:00:00Z","operationType":"Add","initiatedBy":{"app": {}},"targetResources":[]}"#;
        let outer = format!(
            r#"{{"time":"2026-01-02T00:00:00Z","category":"AuditLogs","operationName":"Add user","Level":4,"properties":{inner}}}"#
        );
        let mut summary = Summary::default();
        let envelope = Object::parse(&outer).unwrap();
        let one = diagnostic(
            &envelope,
            &envelope.object("properties").unwrap(),
            &Defaults::default(),
            &mut summary,
        );
        let two = graph(&Object::parse(inner).unwrap(), &Defaults::default(), &mut summary);
        for column in
            ["Id", "Category", "TimeGenerated", "Result", "AADOperationType", "InitiatedBy", "OperationName"]
        {
            assert_eq!(cell(&one, column), cell(&two, column), "{column}");
        }
        assert_eq!(cell(&one, "InitiatedBy"), Cell::Text(r#"{"app":{}}"#));
        assert_eq!(cell(&one, "AdditionalDetails"), Cell::Absent);
        assert_eq!(cell(&one, "Level"), Cell::Text("4"));
        assert_eq!(one.id, "a");
    }
}
