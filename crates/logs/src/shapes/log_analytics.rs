//! Rows that already have the table's columns: Query API, az CLI, PowerShell, data export, CSV of the Logs blade.
//!
//! Columns may be missing, since the user may have projected them away. az CLI writes every value as text: null is
//! `"None"` and a dynamic is what Python prints for it.

use crate::json_text::compact;
use crate::mapping::{fill_pairs, long_cell, time_cell, with_category_capital};
use crate::python_repr::to_json;
use crate::record::ProvisioningRecord;
use crate::summary::Summary;
use crate::times::DateOrder;
use std::borrow::Cow;

/// A row of `AADProvisioningLogs`; `get` gives a column's text, `None` when there is no such column.
pub(crate) fn provisioning<'a>(
    get: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    order: DateOrder,
    summary: &mut Summary,
) -> ProvisioningRecord<'a> {
    let text = |name: &str| get(name).unwrap_or_default();
    let json = |name: &str| json_text(get(name));
    let mut record = ProvisioningRecord {
        tenant_id: text("TenantId"),
        aad_tenant_id: text("AADTenantId"),
        time_generated: time_cell(&text("TimeGenerated"), order, summary),
        operation_name: text("OperationName"),
        operation_version: text("OperationVersion"),
        category: text("Category"),
        result_type: text("ResultType"),
        result_signature: text("ResultSignature"),
        result_description: text("ResultDescription"),
        duration_ms: long_cell(&text("DurationMs")),
        correlation_id: text("CorrelationId"),
        action: text("Action"),
        change_id: text("ChangeId"),
        cycle_id: text("CycleId"),
        id: text("Id"),
        initiated_by: json("InitiatedBy"),
        job_id: text("JobId"),
        modified_properties: json("ModifiedProperties"),
        provisioning_steps: json("ProvisioningSteps"),
        service_principal: json("ServicePrincipal"),
        source_identity: json("SourceIdentity"),
        source_system: json("SourceSystem"),
        status_info: json("StatusInfo"),
        target_identity: json("TargetIdentity"),
        target_system: json("TargetSystem"),
        provisioning_action: text("ProvisioningAction"),
        provisioning_status_info: with_category_capital(json("ProvisioningStatusInfo")),
    };
    fill_pairs(&mut record, |name| get(name).is_some());
    record
}

/// JSON text of a cell, compact; Python's spelling is turned into JSON.
fn json_text(text: Option<Cow<'_, str>>) -> Cow<'_, str> {
    let Some(text) = text else {
        return Cow::Borrowed("");
    };
    let start = text.trim_start();
    if ["{'", "[{'", "['"].iter().any(|python| start.starts_with(python))
        && let Some(json) = to_json(&text)
    {
        return Cow::Owned(json);
    }
    match text {
        Cow::Borrowed(text) => compact(text),
        Cow::Owned(text) => match compact(&text) {
            Cow::Borrowed(_) => Cow::Owned(text),
            Cow::Owned(shorter) => Cow::Owned(shorter),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_columns_stay_empty_and_pairs_are_filled() {
        let get = |name: &str| -> Option<Cow<'static, str>> {
            Some(match name {
                "TimeGenerated" => "11/20/2026, 8:02:11.481 AM".into(),
                "ProvisioningAction" => "stageddelete".into(),
                "SourceIdentity" => "{'Id': 'a', 'Name': None}".into(),
                "StatusInfo" => "{\"Status\": 2}".into(),
                _ => return None,
            })
        };
        let record = provisioning(&get, DateOrder::MonthFirst, &mut Summary::default());
        assert_eq!(record.action, "StagedDelete");
        assert_eq!(record.source_identity, r#"{"Id":"a","Name":null}"#);
        assert_eq!(record.status_info, r#"{"Status":2}"#);
        assert_eq!(record.provisioning_status_info, r#"{"Status":"skipped","errorInformation":null}"#);
        assert_eq!((record.category.as_ref(), record.duration_ms), ("", None));
    }

    #[test]
    fn empty_columns_stay_empty() {
        let get = |_: &str| Some(Cow::Borrowed(""));
        let record = provisioning(&get, DateOrder::MonthFirst, &mut Summary::default());
        assert_eq!((record.action.as_ref(), record.status_info.as_ref()), ("", ""));
    }
}
