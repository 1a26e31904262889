//! Records of Microsoft Graph `auditLogs/provisioning` and of the portal's JSON download, and the answers of
//! `provisionOnDemand`, which differ from them in a few names.
//!
//! Members are found in any letter case, since PowerShell dumps write `ActivityDateTime`.

use crate::json_text::{Object, elements, json_cell, normalised, push_string};
use crate::mapping::{Defaults, fill_pairs, long_cell, result_type, status_number_text, time_cell};
use crate::record::{ProvisioningRecord, capitalised, status_number, step_type_number};
use crate::summary::Summary;
use crate::times::DateOrder;
use std::borrow::Cow;

/// Names of Graph and the names the table has; members with other names are kept as they are.
type Names = &'static [(&'static str, &'static str)];

const ENTITY: Names = &[
    ("id", "Id"),
    ("displayName", "Name"),
    ("name", "Name"),
    ("identityType", "identityType"),
    ("type", "identityType"),
    ("details", "details"),
];
const INITIATOR: Names =
    &[("initiatorType", "Type"), ("initiatingType", "Type"), ("id", "Id"), ("displayName", "Name")];
const STEP: Names = &[
    ("name", "name"),
    ("provisioningStepType", "provisioningStepType"),
    ("type", "provisioningStepType"),
    ("status", "status"),
    ("description", "description"),
    ("details", "details"),
];
const ERROR: Names = &[
    ("errorCode", "errorCode"),
    ("reason", "reason"),
    ("additionalDetails", "additionalDetails"),
    ("errorCategory", "errorCategory"),
    ("recommendedAction", "recommendedAction"),
];

/// A `provisioningObjectSummary`, or the value of a `provisionOnDemand` answer.
pub(crate) fn provisioning<'a>(
    object: &Object<'a>,
    defaults: &'a Defaults,
    summary: &mut Summary,
) -> ProvisioningRecord<'a> {
    let (start, end) = (object.text("startTime"), object.text("endTime"));
    let time = object.filled("activityDateTime").unwrap_or(end.clone());
    let time_generated = time_cell(&time, DateOrder::MonthFirst, summary);
    let duration_ms = long_cell(&object.text("durationInMilliseconds")).or_else(|| {
        let start = time_cell(&start, DateOrder::MonthFirst, summary)?;
        Some((time_cell(&end, DateOrder::MonthFirst, summary)? - start) / 10_000)
    });
    let status_object =
        object.object("provisioningStatusInfo").or_else(|| object.object("statusInfo")).unwrap_or_default();
    let status = status_object.text("status").to_lowercase();
    let error = status_object.object("errorInformation").unwrap_or_else(|| status_object.clone());
    let entity = |name: &str| object.get(name).map_or(Cow::Borrowed(""), |raw| entity_text(raw).into());
    let change_id = object.text("changeId");
    let action = object.filled("provisioningAction").or_else(|| object.filled("action")).unwrap_or_default();
    let mut record = ProvisioningRecord {
        tenant_id: (&defaults.workspace_id).into(),
        aad_tenant_id: object.filled("tenantId").unwrap_or((&defaults.tenant_id).into()),
        time_generated,
        result_type: result_type(&status).into(),
        result_signature: error.text("errorCode"),
        result_description: error.text("reason"),
        duration_ms,
        correlation_id: change_id.clone(),
        change_id,
        cycle_id: object.text("cycleId"),
        id: object.text("id"),
        initiated_by: object.get("initiatedBy").map_or(Cow::Borrowed(""), |raw| initiator_text(raw).into()),
        job_id: object.text("jobId"),
        modified_properties: object
            .get("modifiedProperties")
            .map_or("[]".into(), |raw| each(raw, property_text).into()),
        provisioning_steps: object
            .get("provisioningSteps")
            .map_or("[]".into(), |raw| each(raw, step_text).into()),
        service_principal: entity("servicePrincipal"),
        source_identity: entity("sourceIdentity"),
        source_system: entity("sourceSystem"),
        status_info: status_number_text(&status).into(),
        target_identity: entity("targetIdentity"),
        target_system: entity("targetSystem"),
        provisioning_action: action.to_lowercase().into(),
        provisioning_status_info: status_text(&status, &error, status_object.has("errorInformation")).into(),
        ..ProvisioningRecord::new()
    };
    fill_pairs(&mut record, |name| name != "Action");
    record
}

/// The records inside a `provisionOnDemand` answer, as text.
pub(crate) fn on_demand_texts(object: &Object<'_>) -> Vec<String> {
    let value = object.text("value");
    if crate::json_text::validate(&value).is_err() {
        return Vec::new();
    }
    match elements(&value) {
        Some(all) => all.into_iter().map(str::to_owned).collect(),
        None => vec![value.into_owned()],
    }
}

/// An identity, system or service principal; of a list, its first.
fn entity_text(raw: &str) -> String {
    let first = elements(raw).map(|all| all.first().copied().unwrap_or("{}"));
    rewritten(first.unwrap_or(raw), ENTITY, |name, value| match (name, value) {
        ("Id" | "Name", "null") => "\"\"".into(),
        ("details", "null") => "{}".into(),
        _ => normalised(value),
    })
}

fn initiator_text(raw: &str) -> String {
    let Some(object) = Object::parse(raw) else {
        return json_cell(Some(raw)).into_owned();
    };
    let mut text = String::new();
    for (name, from) in [("Type", ["initiatorType", "initiatingType"]), ("Id", ["id", "id"])] {
        text.push_str(if text.is_empty() { "{" } else { "," });
        push_string(&mut text, name);
        text.push(':');
        let value = from.iter().find_map(|from| object.filled(from)).unwrap_or_default();
        push_string(&mut text, &value);
    }
    text.push_str(",\"Name\":");
    push_string(
        &mut text,
        &object.filled("displayName").or_else(|| object.filled("name")).unwrap_or_default(),
    );
    for (name, value) in object.members() {
        let known = INITIATOR.iter().any(|(from, _)| name.eq_ignore_ascii_case(from));
        if !known && !name.eq_ignore_ascii_case("name") && !is_noise(name) {
            text.push(',');
            push_string(&mut text, name);
            text.push(':');
            text.push_str(&normalised(value));
        }
    }
    text.push('}');
    text
}

/// A step with type and status as numbers; an unknown word stays a word. On-demand steps lose their time stamp.
fn step_text(raw: &str) -> String {
    rewritten(raw, STEP, |name, value| {
        let word = || crate::json_text::scalar_text(value);
        let number = match name {
            "provisioningStepType" => step_type_number(&word()),
            "status" => status_number(&word()),
            "timestamp" => return "".into(),
            "details" if value == "null" => return "{}".into(),
            _ => None,
        };
        number.map_or_else(|| normalised(value), |number| number.to_string().into())
    })
}

/// A changed property: its name, the old value, null where none is told, and the new one.
fn property_text(raw: &str) -> String {
    let Some(object) = Object::parse(raw) else {
        return normalised(raw).into_owned();
    };
    let mut text = String::new();
    for name in ["displayName", "oldValue", "newValue"] {
        text.push_str(if text.is_empty() { "{" } else { "," });
        push_string(&mut text, name);
        text.push(':');
        text.push_str(&normalised(object.raw(name).unwrap_or("null")));
    }
    text.push('}');
    text
}

/// `{"Status":"failure","errorInformation":{…}}`.
fn status_text(status: &str, error: &Object<'_>, nested: bool) -> String {
    let mut text = "{\"Status\":".to_owned();
    push_string(&mut text, status);
    text.push_str(",\"errorInformation\":");
    if error.filled("errorCode").is_none() && error.filled("reason").is_none() {
        text.push_str("null}");
        return text;
    }
    let members = error.members().iter().filter(|(name, _)| nested || !name.eq_ignore_ascii_case("status"));
    write_members(&mut text, members, ERROR, |name, value| match name {
        "errorCategory" if value.starts_with('"') => {
            let mut word = String::new();
            push_string(&mut word, &capitalised(&crate::json_text::scalar_text(value)));
            word.into()
        }
        _ => normalised(value),
    });
    text.push('}');
    text
}

/// Each element of an array, rewritten.
fn each(raw: &str, rewrite: impl Fn(&str) -> String) -> String {
    let Some(all) = elements(raw) else {
        return json_cell(Some(raw)).into_owned();
    };
    let texts: Vec<String> = all.into_iter().map(rewrite).collect();
    format!("[{}]", texts.join(","))
}

/// An object with its members renamed and their values rewritten; an empty value drops the member.
fn rewritten(raw: &str, names: Names, value: impl for<'v> Fn(&str, &'v str) -> Cow<'v, str>) -> String {
    let Some(object) = Object::parse(raw) else {
        return normalised(raw).into_owned();
    };
    let mut text = String::new();
    write_members(&mut text, object.members().iter(), names, value);
    text
}

fn write_members<'m, 'a: 'm>(
    text: &mut String,
    members: impl Iterator<Item = &'m (Cow<'a, str>, &'a str)>,
    names: Names,
    value: impl for<'v> Fn(&str, &'v str) -> Cow<'v, str>,
) {
    let mut separator = '{';
    for (name, raw) in members.filter(|(name, _)| !is_noise(name)) {
        let known = names.iter().find(|(from, _)| name.eq_ignore_ascii_case(from));
        let name = known.map_or(name.as_ref(), |(_, to)| to);
        let raw = value(name, raw);
        if raw.is_empty() {
            continue;
        }
        text.push(separator);
        push_string(text, name);
        text.push(':');
        text.push_str(&raw);
        separator = ',';
    }
    if separator == '{' {
        text.push('{');
    }
    text.push('}');
}

/// Members that clients add to objects and the table does not have.
fn is_noise(name: &str) -> bool {
    name.eq_ignore_ascii_case("AdditionalProperties") || name.starts_with("@odata.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, look: impl Fn(ProvisioningRecord<'_>) -> T) -> T {
        let object = Object::parse(text).unwrap();
        look(provisioning(&object, &Defaults::default(), &mut Summary::default()))
    }

    #[test]
    fn names_and_numbers_become_the_tables() {
        read(
            r#"{"Id":"i","ActivityDateTime":"2026-01-01T00:00:00Z","ChangeId":"c","ProvisioningAction":"stagedDelete",
            "ServicePrincipal":[{"id":"s","displayName":"n"}],
            "sourceIdentity":{"id":null,"displayName":"A","identityType":"user","details":{"b": 1},"AdditionalProperties":{}},
            "initiatedBy":{"id":"","displayName":"N","initiatorType":"system"},
            "provisioningSteps":[{"name":"x","provisioningStepType":"Import","status":"success","details":null},
            {"name":"y","provisioningStepType":"novel","status":4}],
            "provisioningStatusInfo":{"status":"failure","errorInformation":{"errorCode":"E","errorCategory":"nonServiceFailure"}}}"#,
            |record| {
                assert_eq!(
                    (record.action.as_ref(), record.provisioning_action.as_ref()),
                    ("StagedDelete", "stageddelete")
                );
                assert_eq!(record.service_principal, r#"{"Id":"s","Name":"n"}"#);
                let identity = r#"{"Id":"","Name":"A","identityType":"user","details":{"b":1}}"#;
                assert_eq!(record.source_identity, identity);
                assert_eq!(record.initiated_by, r#"{"Type":"system","Id":"","Name":"N"}"#);
                let steps = r#"[{"name":"x","provisioningStepType":0,"status":0,"details":{}},{"name":"y","provisioningStepType":"novel","status":4}]"#;
                assert_eq!(record.provisioning_steps, steps);
                let info = r#"{"Status":"failure","errorInformation":{"errorCode":"E","errorCategory":"NonServiceFailure"}}"#;
                assert_eq!(record.provisioning_status_info, info);
                assert_eq!(record.status_info, r#"{"Status":1}"#);
                assert_eq!((record.result_type.as_ref(), record.result_signature.as_ref()), ("Failure", "E"));
                assert_eq!(record.modified_properties, "[]");
            },
        );
    }

    #[test]
    fn on_demand_answers_are_read() {
        let answer = r#"{"key":"{}","value":"[{\"action\":\"Create\",\"startTime\":\"2026-01-01T00:00:00Z\",\"endTime\":\"2026-01-01T00:00:01.5Z\",\"statusInfo\":{\"status\":\"Success\"},\"sourceIdentity\":{\"id\":\"i\",\"type\":\"user\"},\"provisioningSteps\":[{\"name\":\"n\",\"type\":\"Export\",\"timestamp\":\"t\",\"status\":\"Success\"}],\"modifiedProperties\":[{\"displayName\":\"d\",\"newValue\":\"v\"}]}]"}"#;
        let texts = on_demand_texts(&Object::parse(answer).unwrap());
        read(&texts[0], |record| {
            assert_eq!(record.duration_ms, Some(1500));
            assert_eq!(record.source_identity, r#"{"Id":"i","identityType":"user"}"#);
            assert_eq!(record.provisioning_steps, r#"[{"name":"n","provisioningStepType":5,"status":0}]"#);
            assert_eq!(record.modified_properties, r#"[{"displayName":"d","oldValue":null,"newValue":"v"}]"#);
            assert_eq!(record.provisioning_status_info, r#"{"Status":"success","errorInformation":null}"#);
        });
    }
}
