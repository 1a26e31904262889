//! One row of `AADProvisioningLogs`, and the columns of the three log tables in the order `getschema` shows.

use crate::builder::Cell;
use calypso_library::{Column, Type};
use std::borrow::Cow;

/// The table of provisioning events.
pub const PROVISIONING_TABLE: &str = "AADProvisioningLogs";
/// The table of directory audit events.
pub const AUDIT_TABLE: &str = "AuditLogs";
/// The table of arrivals and copies.
pub const DELIVERY_TABLE: &str = "ProvisioningDelivery";

/// Columns of `AADProvisioningLogs` whose long texts hardly repeat.
pub const UNIQUE_COLUMNS: &[&str] =
    &["CorrelationId", "ChangeId", "Id", "ModifiedProperties", "ProvisioningSteps"];

/// Names and types of `AADProvisioningLogs`.
pub(crate) const PROVISIONING: &[(&str, Type)] = &[
    ("TenantId", Type::String),
    ("AADTenantId", Type::String),
    ("TimeGenerated", Type::DateTime),
    ("OperationName", Type::String),
    ("OperationVersion", Type::String),
    ("Category", Type::String),
    ("ResultType", Type::String),
    ("ResultSignature", Type::String),
    ("ResultDescription", Type::String),
    ("DurationMs", Type::Long),
    ("CorrelationId", Type::String),
    ("Action", Type::String),
    ("ChangeId", Type::String),
    ("CycleId", Type::String),
    ("Id", Type::String),
    ("InitiatedBy", Type::String),
    ("JobId", Type::String),
    ("ModifiedProperties", Type::String),
    ("ProvisioningSteps", Type::String),
    ("ServicePrincipal", Type::String),
    ("SourceIdentity", Type::String),
    ("SourceSystem", Type::String),
    ("StatusInfo", Type::String),
    ("TargetIdentity", Type::String),
    ("TargetSystem", Type::String),
    ("ProvisioningAction", Type::String),
    ("ProvisioningStatusInfo", Type::String),
    ("Type", Type::String),
];

/// Names and types of `AuditLogs`.
pub(crate) const AUDIT: &[(&str, Type)] = &[
    ("TenantId", Type::String),
    ("SourceSystem", Type::String),
    ("TimeGenerated", Type::DateTime),
    ("ResourceId", Type::String),
    ("OperationName", Type::String),
    ("OperationVersion", Type::String),
    ("Category", Type::String),
    ("ResultType", Type::String),
    ("ResultSignature", Type::String),
    ("ResultDescription", Type::String),
    ("DurationMs", Type::Long),
    ("CorrelationId", Type::String),
    ("Resource", Type::String),
    ("ResourceGroup", Type::String),
    ("ResourceProvider", Type::String),
    ("Identity", Type::String),
    ("Level", Type::String),
    ("Location", Type::String),
    ("AdditionalDetails", Type::Dynamic),
    ("Id", Type::String),
    ("InitiatedBy", Type::Dynamic),
    ("LoggedByService", Type::String),
    ("Result", Type::String),
    ("ResultReason", Type::String),
    ("TargetResources", Type::Dynamic),
    ("AADTenantId", Type::String),
    ("ActivityDisplayName", Type::String),
    ("ActivityDateTime", Type::DateTime),
    ("AADOperationType", Type::String),
    ("Type", Type::String),
];

/// One provisioning event. Fields with JSON hold compact JSON text, or '' for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvisioningRecord<'a> {
    /// TenantId: the workspace, not the directory.
    pub tenant_id: Cow<'a, str>,
    /// AADTenantId: the directory.
    pub aad_tenant_id: Cow<'a, str>,
    /// TimeGenerated: ticks of the activity.
    pub time_generated: Option<i64>,
    /// OperationName: "Provisioning activity".
    pub operation_name: Cow<'a, str>,
    /// OperationVersion: "1.0".
    pub operation_version: Cow<'a, str>,
    /// Category: "ProvisioningLogs".
    pub category: Cow<'a, str>,
    /// ResultType: Success, Failure, Skipped, Warning or ''.
    pub result_type: Cow<'a, str>,
    /// ResultSignature: the error code or ''.
    pub result_signature: Cow<'a, str>,
    /// ResultDescription: the error's reason or ''.
    pub result_description: Cow<'a, str>,
    /// DurationMs.
    pub duration_ms: Option<i64>,
    /// CorrelationId: the change id.
    pub correlation_id: Cow<'a, str>,
    /// Action in title case.
    pub action: Cow<'a, str>,
    /// ChangeId.
    pub change_id: Cow<'a, str>,
    /// CycleId.
    pub cycle_id: Cow<'a, str>,
    /// Id: unique per event.
    pub id: Cow<'a, str>,
    /// InitiatedBy, JSON.
    pub initiated_by: Cow<'a, str>,
    /// JobId.
    pub job_id: Cow<'a, str>,
    /// ModifiedProperties, JSON array.
    pub modified_properties: Cow<'a, str>,
    /// ProvisioningSteps, JSON array.
    pub provisioning_steps: Cow<'a, str>,
    /// ServicePrincipal, JSON.
    pub service_principal: Cow<'a, str>,
    /// SourceIdentity, JSON.
    pub source_identity: Cow<'a, str>,
    /// SourceSystem, JSON.
    pub source_system: Cow<'a, str>,
    /// StatusInfo, JSON with a number.
    pub status_info: Cow<'a, str>,
    /// TargetIdentity, JSON.
    pub target_identity: Cow<'a, str>,
    /// TargetSystem, JSON.
    pub target_system: Cow<'a, str>,
    /// ProvisioningAction in lower case.
    pub provisioning_action: Cow<'a, str>,
    /// ProvisioningStatusInfo, JSON with text and error.
    pub provisioning_status_info: Cow<'a, str>,
}

impl<'a> ProvisioningRecord<'a> {
    /// A record with the constant columns filled.
    pub fn new() -> ProvisioningRecord<'a> {
        ProvisioningRecord {
            operation_name: Cow::Borrowed("Provisioning activity"),
            operation_version: Cow::Borrowed("1.0"),
            category: Cow::Borrowed("ProvisioningLogs"),
            ..ProvisioningRecord::default()
        }
    }

    /// The cells in the order of `provisioning_columns`.
    pub fn cells(&self) -> [Cell<'_>; 28] {
        [
            Cell::Text(&self.tenant_id),
            Cell::Text(&self.aad_tenant_id),
            Cell::long(self.time_generated),
            Cell::Text(&self.operation_name),
            Cell::Text(&self.operation_version),
            Cell::Text(&self.category),
            Cell::Text(&self.result_type),
            Cell::Text(&self.result_signature),
            Cell::Text(&self.result_description),
            Cell::long(self.duration_ms),
            Cell::Text(&self.correlation_id),
            Cell::Text(&self.action),
            Cell::Text(&self.change_id),
            Cell::Text(&self.cycle_id),
            Cell::Text(&self.id),
            Cell::Text(&self.initiated_by),
            Cell::Text(&self.job_id),
            Cell::Text(&self.modified_properties),
            Cell::Text(&self.provisioning_steps),
            Cell::Text(&self.service_principal),
            Cell::Text(&self.source_identity),
            Cell::Text(&self.source_system),
            Cell::Text(&self.status_info),
            Cell::Text(&self.target_identity),
            Cell::Text(&self.target_system),
            Cell::Text(&self.provisioning_action),
            Cell::Text(&self.provisioning_status_info),
            Cell::Text(PROVISIONING_TABLE),
        ]
    }
}

/// The 28 columns of `AADProvisioningLogs`.
pub fn provisioning_columns() -> Vec<Column> {
    columns(PROVISIONING)
}

/// The 30 columns of `AuditLogs`.
pub fn audit_columns() -> Vec<Column> {
    columns(AUDIT)
}

/// The columns of `ProvisioningDelivery`, one row per record.
pub fn delivery_columns() -> Vec<Column> {
    columns(&[
        ("Id", Type::String),
        ("ArrivalTime", Type::DateTime),
        ("EnvelopeTime", Type::DateTime),
        ("File", Type::String),
        ("Copies", Type::Long),
    ])
}

/// Whether a log table has a column of that name, or the name is one that every row carries.
pub(crate) fn is_kept(columns: &[(&str, Type)], name: &str) -> bool {
    name.starts_with('_') || name == "TableName" || columns.iter().any(|(column, _)| *column == name)
}

fn columns(columns: &[(&str, Type)]) -> Vec<Column> {
    columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect()
}

/// Action in title case: `stageddelete` gives `StagedDelete`.
pub fn title_action(action: &str) -> Cow<'_, str> {
    match action.to_ascii_lowercase().as_str() {
        "create" => "Create".into(),
        "update" => "Update".into(),
        "delete" => "Delete".into(),
        "disable" => "Disable".into(),
        "stageddelete" => "StagedDelete".into(),
        "other" => "Other".into(),
        _ => capitalised(action).into(),
    }
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The number that `StatusInfo` and the steps hold for a status.
pub fn status_number(status: &str) -> Option<i64> {
    Some(match status.to_ascii_lowercase().as_str() {
        "success" => 0,
        "failure" => 1,
        "skipped" => 2,
        "warning" => 3,
        _ => return None,
    })
}

/// The status of a number, in lower case.
pub fn status_name(number: &str) -> Option<&'static str> {
    Some(match number {
        "0" => "success",
        "1" => "failure",
        "2" => "skipped",
        "3" => "warning",
        _ => return None,
    })
}

/// The number that steps hold for their type.
pub fn step_type_number(name: &str) -> Option<i64> {
    Some(match name.to_ascii_lowercase().as_str() {
        "import" => 0,
        "scoping" => 1,
        "matching" => 2,
        "processing" => 3,
        "referenceresolution" => 4,
        "export" => 5,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_follow_the_columns() {
        let names: Vec<_> = provisioning_columns().into_iter().map(|column| column.name).collect();
        assert_eq!(names.len(), ProvisioningRecord::new().cells().len());
        assert_eq!(audit_columns().len(), 30);
        let mut record = ProvisioningRecord::new();
        record.id = "the id".into();
        let place = names.iter().position(|name| name == "Id").unwrap();
        assert_eq!(record.cells()[place], Cell::Text("the id"));
        record.provisioning_status_info = "{}".into();
        let place = names.iter().position(|name| name == "ProvisioningStatusInfo").unwrap();
        assert_eq!(record.cells()[place], Cell::Text("{}"));
    }

    #[test]
    fn actions_are_titled() {
        for (action, title) in [("stageddelete", "StagedDelete"), ("stagedDelete", "StagedDelete"), ("", "")]
        {
            assert_eq!(title_action(action), title);
        }
        assert_eq!(title_action("restore"), "Restore");
    }
}
