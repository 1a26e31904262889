//! The portal's CSV download: three files, joined on the change id.
//!
//! Their headers are not documented, so columns are known by their letters alone, with the spellings that are likely.
//! The main file knows 17 columns; steps and changed properties come from the two other files when they are given.

use crate::json_text::push_string;
use crate::mapping::{Defaults, fill_pairs, long_cell, result_type, time_cell};
use crate::record::{ProvisioningRecord, status_number, step_type_number};
use crate::summary::Summary;
use crate::times::DateOrder;
use std::collections::HashMap;

/// What a column of one of the three files holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Field {
    Time,
    Id,
    ChangeId,
    CycleId,
    JobId,
    TenantId,
    Action,
    Status,
    ErrorCode,
    Reason,
    SourceId,
    SourceName,
    SourceType,
    TargetId,
    TargetName,
    TargetType,
    SourceSystem,
    TargetSystem,
    Duration,
    PrincipalId,
    PrincipalName,
    Name,
    Type,
    Description,
    OldValue,
    NewValue,
}

/// Which of the three files a header belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum File {
    Main,
    Steps,
    Properties,
}

/// What each column of a header holds; `None` for one that nothing maps to.
pub(crate) fn fields(header: &[String]) -> Vec<Option<Field>> {
    header.iter().map(|name| field(name)).collect()
}

/// The file that these columns make.
pub(crate) fn file(fields: &[Option<Field>]) -> Option<File> {
    let has = |field| fields.contains(&Some(field));
    if !has(Field::ChangeId) {
        return None;
    }
    if has(Field::NewValue) {
        return Some(File::Properties);
    }
    if has(Field::Time) && (has(Field::Action) || has(Field::Status)) && (has(Field::Id) || has(Field::JobId))
    {
        return Some(File::Main);
    }
    (has(Field::Name) && (has(Field::Type) || has(Field::Description))).then_some(File::Steps)
}

fn field(name: &str) -> Option<Field> {
    let letters: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    Some(match letters.as_str() {
        "date" | "dateutc" | "activitydatetime" | "activitydate" | "time" | "timegenerated"
        | "timegeneratedutc" => Field::Time,
        "id" | "logid" | "eventid" => Field::Id,
        "changeid" => Field::ChangeId,
        "cycleid" => Field::CycleId,
        "jobid" => Field::JobId,
        "tenantid" | "aadtenantid" => Field::TenantId,
        "action" | "provisioningaction" => Field::Action,
        "status" | "resulttype" | "stepstatus" => Field::Status,
        "errorcode" | "resultsignature" | "statuserrorcode" => Field::ErrorCode,
        "reason" | "statusreason" | "resultdescription" | "errorreason" | "errordescription" => Field::Reason,
        "sourcesystem" | "sourcesystemname" => Field::SourceSystem,
        "targetsystem" | "targetsystemname" => Field::TargetSystem,
        "serviceprincipalid" => Field::PrincipalId,
        "serviceprincipalname" | "serviceprincipal" | "application" | "applicationname" => {
            Field::PrincipalName
        }
        "name" | "stepname" => Field::Name,
        "type" | "steptype" | "provisioningsteptype" => Field::Type,
        "description" | "stepdescription" => Field::Description,
        "property" | "propertyname" | "displayname" | "attribute" | "attributename" => Field::Name,
        "oldvalue" => Field::OldValue,
        "newvalue" => Field::NewValue,
        letters if letters.starts_with("duration") => Field::Duration,
        letters => return side(letters),
    })
}

/// `source*id`, `identitysourceid`, `targetidentityname` and the like.
fn side(letters: &str) -> Option<Field> {
    let source = letters.contains("source");
    if source == letters.contains("target") || letters.contains("system") {
        return None;
    }
    Some(if letters.ends_with("id") {
        if source { Field::SourceId } else { Field::TargetId }
    } else if letters.ends_with("name") && !letters.contains("principal") {
        if source { Field::SourceName } else { Field::TargetName }
    } else if letters.ends_with("type") {
        if source { Field::SourceType } else { Field::TargetType }
    } else {
        return None;
    })
}

/// Steps and changed properties by change id, as the elements of a JSON array.
#[derive(Default)]
pub(crate) struct Joined {
    steps: HashMap<String, String>,
    properties: HashMap<String, String>,
}

impl Joined {
    /// Takes a row of the steps file.
    pub(crate) fn step<'a>(&mut self, get: &dyn Fn(Field) -> &'a str) {
        let mut text = "{\"name\":".to_owned();
        push_string(&mut text, get(Field::Name));
        text.push_str(",\"provisioningStepType\":");
        push_word(&mut text, step_type_number(get(Field::Type)), get(Field::Type));
        text.push_str(",\"status\":");
        push_word(&mut text, status_number(get(Field::Status)), get(Field::Status));
        text.push_str(",\"description\":");
        push_string(&mut text, get(Field::Description));
        text.push_str(",\"details\":{}}");
        append(&mut self.steps, get(Field::ChangeId), &text);
    }

    /// Takes a row of the changed properties file.
    pub(crate) fn property<'a>(&mut self, get: &dyn Fn(Field) -> &'a str) {
        let mut text = "{\"displayName\":".to_owned();
        push_string(&mut text, get(Field::Name));
        text.push_str(",\"oldValue\":");
        match get(Field::OldValue) {
            "" => text.push_str("null"),
            old => push_string(&mut text, old),
        }
        text.push_str(",\"newValue\":");
        push_string(&mut text, get(Field::NewValue));
        text.push('}');
        append(&mut self.properties, get(Field::ChangeId), &text);
    }

    /// Gives a row its steps and changed properties, `[]` where none are known.
    pub(crate) fn fill(&self, record: &mut ProvisioningRecord<'_>) {
        let array = |known: &HashMap<String, String>| match known.get(record.change_id.as_ref()) {
            Some(elements) => format!("[{elements}]"),
            None => "[]".to_owned(),
        };
        (record.provisioning_steps, record.modified_properties) =
            (array(&self.steps).into(), array(&self.properties).into());
    }
}

fn append(known: &mut HashMap<String, String>, change_id: &str, text: &str) {
    let elements = known.entry(change_id.to_owned()).or_default();
    if !elements.is_empty() {
        elements.push(',');
    }
    elements.push_str(text);
}

/// The number of a known word, else the word.
fn push_word(text: &mut String, number: Option<i64>, word: &str) {
    match number {
        Some(number) => text.push_str(&number.to_string()),
        None => push_string(text, word),
    }
}

/// A row of the main file; steps and changed properties are filled in later.
pub(crate) fn provisioning<'a>(
    get: &dyn Fn(Field) -> &'a str,
    order: DateOrder,
    defaults: &Defaults,
    summary: &mut Summary,
) -> ProvisioningRecord<'static> {
    let text = |field| get(field).to_owned().into();
    let tenant = match get(Field::TenantId) {
        "" => defaults.tenant_id.clone(),
        told => told.to_owned(),
    };
    let mut record = ProvisioningRecord {
        tenant_id: defaults.workspace_id.clone().into(),
        aad_tenant_id: tenant.into(),
        time_generated: time_cell(get(Field::Time), order, summary),
        result_type: result_type(get(Field::Status)).into(),
        result_signature: text(Field::ErrorCode),
        result_description: text(Field::Reason),
        duration_ms: long_cell(get(Field::Duration)),
        correlation_id: text(Field::ChangeId),
        change_id: text(Field::ChangeId),
        cycle_id: text(Field::CycleId),
        id: text(Field::Id),
        job_id: text(Field::JobId),
        provisioning_action: get(Field::Action).to_lowercase().into(),
        service_principal: entity(None, get(Field::PrincipalId), get(Field::PrincipalName)).into(),
        source_identity: entity(Some(get(Field::SourceType)), get(Field::SourceId), get(Field::SourceName))
            .into(),
        target_identity: entity(Some(get(Field::TargetType)), get(Field::TargetId), get(Field::TargetName))
            .into(),
        source_system: system(get(Field::SourceSystem)).into(),
        target_system: system(get(Field::TargetSystem)).into(),
        ..ProvisioningRecord::new()
    };
    fill_pairs(&mut record, |name| name == "ProvisioningAction");
    record
}

/// `{"identityType":…,"details":{},"Id":…,"Name":…}`; '' when nothing is known.
fn entity(kind: Option<&str>, id: &str, name: &str) -> String {
    let mut text = "{".to_owned();
    match kind {
        None if id.is_empty() && name.is_empty() => return String::new(),
        None => {}
        Some(kind) => {
            text.push_str("\"identityType\":");
            push_string(&mut text, kind);
            text.push_str(",\"details\":{},");
        }
    }
    text.push_str("\"Id\":");
    push_string(&mut text, id);
    text.push_str(",\"Name\":");
    push_string(&mut text, name);
    text.push('}');
    text
}

fn system(name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let mut text = "{\"details\":{},\"Id\":\"\",\"Name\":".to_owned();
    push_string(&mut text, name);
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<File> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        file(&fields(&header))
    }

    #[test]
    fn files_are_known_by_their_columns() {
        assert_eq!(of("Date,Id,Change ID,Action,Status"), Some(File::Main));
        assert_eq!(of("ChangeId,Name,Type,Status,Description"), Some(File::Steps));
        assert_eq!(of("Change ID,Property,Old value,New value"), Some(File::Properties));
        assert_eq!(of("Name,Type"), None);
        assert_eq!(field("Identity source ID"), Some(Field::SourceId));
        assert_eq!(field("Duration (ms)"), Some(Field::Duration));
        assert_eq!(field("Source system ID"), None);
    }
}
