//! Rules that all shapes share when they fill a row: the two spellings of action and status, errors, durations.

use crate::json_text::{Object, push_string};
use crate::record::{ProvisioningRecord, capitalised, status_name, status_number, title_action};
use crate::summary::Summary;
use crate::times::{DateOrder, parse_time};
use std::borrow::Cow;

/// What the user said that rows need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    /// TenantId of shapes that know no workspace.
    pub(crate) workspace_id: String,
    /// AADTenantId of shapes that know no directory.
    pub(crate) tenant_id: String,
    /// Whether system names from before the renaming of 2024 are renamed.
    pub(crate) rename_legacy: bool,
}

/// The ticks of a time; an unreadable one is absent and counted.
pub(crate) fn time_cell(text: &str, order: DateOrder, summary: &mut Summary) -> Option<i64> {
    let ticks = parse_time(text, order);
    if ticks.is_none() && !text.is_empty() {
        summary.warn("times that cannot be read");
    }
    ticks
}

/// A whole number, also when spelled as text or with a fraction of zero.
pub(crate) fn long_cell(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let number: f64 = text.parse().ok()?;
        // Beyond 2^53 a real no longer names one whole number.
        (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
    })
}

/// Fills the one of each pair that a shape leaves out: action and status have two columns each. `told` says whether
/// the shape has a column: one that is there and empty stays empty.
pub(crate) fn fill_pairs(record: &mut ProvisioningRecord<'_>, told: impl Fn(&str) -> bool) {
    if !told("Action") {
        record.action = Cow::Owned(title_action(&record.provisioning_action).into_owned());
    }
    if !told("ProvisioningAction") {
        record.provisioning_action = Cow::Owned(record.action.to_lowercase());
    }
    if !told("ProvisioningStatusInfo") {
        let number = Object::parse(&record.status_info).map(|info| info.text("Status").into_owned());
        let status = match number.as_deref().and_then(status_name) {
            Some(name) => name.to_owned(),
            None => record.result_type.to_lowercase(),
        };
        if !status.is_empty() {
            record.provisioning_status_info =
                Cow::Owned(status_info_text(&status, &record.result_signature, &record.result_description));
        }
    }
    if !told("StatusInfo") {
        let status =
            Object::parse(&record.provisioning_status_info).map(|info| info.text("Status").into_owned());
        let status = status.unwrap_or_else(|| record.result_type.to_lowercase());
        record.status_info = Cow::Owned(status_number_text(&status));
    }
}

/// `{"Status":2}`; '' for no status, the text itself for an unknown one.
pub(crate) fn status_number_text(status: &str) -> String {
    match status_number(status) {
        Some(number) => format!("{{\"Status\":{number}}}"),
        None if status.is_empty() => String::new(),
        None => {
            let mut text = "{\"Status\":".to_owned();
            push_string(&mut text, status);
            text.push('}');
            text
        }
    }
}

/// `ProvisioningStatusInfo` of shapes that only tell status, code and reason.
pub(crate) fn status_info_text(status: &str, code: &str, reason: &str) -> String {
    let mut text = "{\"Status\":".to_owned();
    push_string(&mut text, &status.to_lowercase());
    if code.is_empty() && reason.is_empty() {
        text.push_str(",\"errorInformation\":null}");
        return text;
    }
    text.push_str(",\"errorInformation\":{\"errorCode\":");
    push_string(&mut text, code);
    text.push_str(",\"reason\":");
    push_string(&mut text, reason);
    text.push_str("}}");
    text
}

/// The text with `errorCategory` in upper case at its start, as the table has it.
pub(crate) fn with_category_capital(text: Cow<'_, str>) -> Cow<'_, str> {
    const KEY: &str = "\"errorCategory\":\"";
    let Some(at) = text.find(KEY).map(|at| at + KEY.len()) else {
        return text;
    };
    match text.as_bytes().get(at) {
        Some(letter) if letter.is_ascii_lowercase() => {
            let capital = char::from(letter.to_ascii_uppercase());
            Cow::Owned(format!("{}{capital}{}", &text[..at], &text[at + 1..]))
        }
        _ => text,
    }
}

/// ResultType from a status: `success` gives `Success`.
pub(crate) fn result_type(status: &str) -> String {
    capitalised(&status.to_lowercase())
}

/// System names from before the renaming, renamed when the user asks for it.
pub(crate) fn rename_legacy(record: &mut ProvisioningRecord<'_>) {
    const OLD: &str = "\"Azure Active Directory\"";
    for system in [&mut record.source_system, &mut record.target_system] {
        if system.contains(OLD) {
            *system = Cow::Owned(system.replace(OLD, "\"Microsoft Entra ID\""));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_fill_each_other() {
        let mut record = ProvisioningRecord::new();
        record.provisioning_action = "stageddelete".into();
        record.status_info = "{\"Status\":2}".into();
        fill_pairs(&mut record, |name| matches!(name, "ProvisioningAction" | "StatusInfo"));
        assert_eq!(record.action, "StagedDelete");
        assert_eq!(record.provisioning_status_info, r#"{"Status":"skipped","errorInformation":null}"#);
        let mut record = ProvisioningRecord::new();
        record.action = "Create".into();
        record.provisioning_status_info = r#"{"Status":"failure","errorInformation":null}"#.into();
        fill_pairs(&mut record, |name| matches!(name, "Action" | "ProvisioningStatusInfo"));
        assert_eq!(
            (record.provisioning_action.as_ref(), record.status_info.as_ref()),
            ("create", "{\"Status\":1}")
        );
    }

    #[test]
    fn categories_begin_with_a_capital() {
        let text = r#"{"errorCategory":"nonServiceFailure"}"#;
        assert_eq!(with_category_capital(text.into()), r#"{"errorCategory":"NonServiceFailure"}"#);
        let quoted = r#"{"reason":"\"errorCategory\":\"x\""}"#;
        assert_eq!(with_category_capital(quoted.into()), quoted);
    }

    #[test]
    fn durations_may_be_text() {
        assert_eq!(long_cell("828"), Some(828));
        assert_eq!(long_cell("828.0"), Some(828));
        assert_eq!(long_cell("None"), None);
    }
}
