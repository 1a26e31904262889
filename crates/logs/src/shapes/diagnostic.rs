//! Records of diagnostic settings: what storage blobs and event hubs hold.
//!
//! An envelope (`time`, `category`, `resultType`, …) around `properties`, whose nested objects are real JSON here and
//! compact text in the table.

use crate::json_text::{Object, json_cell};
use crate::mapping::{Defaults, fill_pairs, long_cell, result_type, time_cell, with_category_capital};
use crate::record::{ProvisioningRecord, status_name};
use crate::summary::Summary;
use crate::times::DateOrder;
use std::borrow::Cow;

/// A record of category ProvisioningLogs. `is_plain` says that nested values are written as the table has them.
pub(crate) fn provisioning<'a>(
    envelope: &Object<'a>,
    properties: &Object<'a>,
    is_plain: bool,
    defaults: &'a Defaults,
    summary: &mut Summary,
) -> ProvisioningRecord<'a> {
    let json = |name: &str| match properties.get(name) {
        Some(raw) if is_plain && raw.starts_with(['{', '[']) => Cow::Borrowed(raw),
        raw => json_cell(raw),
    };
    let or = |first: &str, second: &str| {
        properties.filled(first).or_else(|| envelope.filled(second)).unwrap_or_default()
    };
    let time = or("activityDateTime", "time");
    let mut record = ProvisioningRecord {
        tenant_id: (&defaults.workspace_id).into(),
        aad_tenant_id: properties
            .filled("tenantId")
            .or_else(|| envelope.filled("tenantId"))
            .unwrap_or((&defaults.tenant_id).into()),
        time_generated: time_cell(&time, DateOrder::MonthFirst, summary),
        duration_ms: long_cell(&or("durationInMilliseconds", "durationMs")),
        correlation_id: envelope.filled("correlationId").unwrap_or_else(|| properties.text("changeId")),
        action: properties.text("action"),
        change_id: properties.text("changeId"),
        cycle_id: properties.text("cycleId"),
        id: properties.text("id"),
        initiated_by: json("initiatedBy"),
        job_id: properties.text("jobId"),
        modified_properties: json("modifiedProperties"),
        provisioning_steps: json("provisioningSteps"),
        service_principal: json("servicePrincipal"),
        source_identity: json("sourceIdentity"),
        source_system: json("sourceSystem"),
        status_info: json("statusInfo"),
        target_identity: json("targetIdentity"),
        target_system: json("targetSystem"),
        provisioning_action: properties.text("provisioningAction"),
        provisioning_status_info: with_category_capital(json("provisioningStatusInfo")),
        ..ProvisioningRecord::new()
    };
    if let Some(name) = envelope.filled("operationName") {
        record.operation_name = name;
    }
    if let Some(version) = envelope.filled("operationVersion") {
        record.operation_version = version;
    }
    if let Some(category) = envelope.filled("category") {
        record.category = category;
    }
    fill_result(&mut record, envelope, properties, summary);
    fill_pairs(&mut record, |name| properties.get(name).is_some());
    record
}

/// The envelope's result wins over the one inside, as in the portal; a conflict is counted.
fn fill_result<'a>(
    record: &mut ProvisioningRecord<'a>,
    envelope: &Object<'a>,
    properties: &Object<'a>,
    summary: &mut Summary,
) {
    let info = properties.object("provisioningStatusInfo").unwrap_or_default();
    let error = info.object("errorInformation").unwrap_or_default();
    let status = info.filled("Status").map(|status| status.into_owned()).or_else(|| {
        let legacy = properties.object("statusInfo")?.text("Status").into_owned();
        Some(status_name(&legacy).map_or(legacy.clone(), str::to_owned))
    });
    let inner = status.map_or(String::new(), |status| result_type(&status));
    record.result_type = match envelope.get("resultType") {
        Some(_) => envelope.text("resultType"),
        None => inner.clone().into(),
    };
    if !inner.is_empty() && !record.result_type.is_empty() && !record.result_type.eq_ignore_ascii_case(&inner)
    {
        summary.warn("records whose resultType and status differ: resultType is taken");
    }
    let text = |outer: &str, within: &str| {
        envelope.filled(outer).or_else(|| error.filled(within)).unwrap_or_default()
    };
    record.result_signature = text("resultSignature", "errorCode");
    record.result_description = text("resultDescription", "reason");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (ProvisioningRecord<'static>, Summary) {
        let mut summary = Summary::default();
        let envelope = Object::parse(text).unwrap();
        let properties = envelope.object("properties").unwrap();
        let defaults = Defaults { workspace_id: "w".into(), ..Defaults::default() };
        let record = provisioning(&envelope, &properties, false, &defaults, &mut summary);
        let action = record.action.into_owned().into();
        let owned = ProvisioningRecord {
            time_generated: record.time_generated,
            duration_ms: record.duration_ms,
            action,
            tenant_id: record.tenant_id.into_owned().into(),
            result_type: record.result_type.into_owned().into(),
            result_signature: record.result_signature.into_owned().into(),
            provisioning_action: record.provisioning_action.into_owned().into(),
            status_info: record.status_info.into_owned().into(),
            correlation_id: record.correlation_id.into_owned().into(),
            ..ProvisioningRecord::default()
        };
        (owned, summary)
    }

    #[test]
    fn activity_time_and_result_type_win() {
        let (record, summary) = read(
            r#"{"time":"2026-01-02T00:00:00Z","resultType":"Success","durationMs":"828","properties":{
            "activityDateTime":"2026-01-01T00:00:00.5Z","provisioningAction":"stageddelete","changeId":"c",
            "provisioningStatusInfo":{"Status":"failure","errorInformation":{"errorCode":"X"}}}}"#,
        );
        assert_eq!(crate::times::format_time(record.time_generated.unwrap()), "2026-01-01T00:00:00.5000000Z");
        assert_eq!(record.result_type, "Success");
        assert_eq!(record.result_signature, "X");
        assert_eq!(record.action, "StagedDelete");
        assert_eq!(record.status_info, "{\"Status\":1}");
        assert_eq!(record.duration_ms, Some(828));
        assert_eq!(record.correlation_id, "c");
        assert_eq!(record.tenant_id, "w");
        assert_eq!(summary.warnings.len(), 1);
    }

    #[test]
    fn a_bare_envelope_is_read() {
        let (record, summary) = read(r#"{"time":"2026-01-02T00:00:00Z","properties":{"action":"Create"}}"#);
        assert!(record.time_generated.is_some());
        assert_eq!(record.provisioning_action, "create");
        assert_eq!(record.result_type, "");
        assert!(summary.warnings.is_empty());
    }
}
