//! The texts of an event: what its columns hold, JSON columns included, appended to a string on demand. JSON is
//! compact (no blank after a colon), as the queries' `parse` patterns need it.

use super::calendar::{HOUR, iso};
use super::codes::{CODES, NONE};
use super::event::*;
use super::options::{AttrBag, Options};
use super::random::{Stream, guid, push_guid};
use super::world::{Job, Object, World};
use std::borrow::Cow;

/// `InitiatedBy` of every row.
pub(super) const INITIATED_BY: &str =
    "{\"Type\":\"system\",\"Id\":\"\",\"Name\":\"Azure AD Provisioning Service\"}";

/// The old name of the cloud directory.
const LEGACY: &str = "Azure Active Directory";
/// Its name since the autumn of 2024.
const CURRENT: &str = "Microsoft Entra ID";

/// Appends a JSON string with its quotes.
pub fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    push_escaped(out, text);
    out.push('"');
}

/// Appends the inside of a JSON string.
fn push_escaped(out: &mut String, text: &str) {
    if !text.bytes().any(|b| b == b'"' || b == b'\\' || b < 0x20) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
}

/// What is the same for all rows of a run, ready to be copied.
pub struct Texts<'a> {
    /// The tenant.
    pub world: &'a World,
    /// How much the import steps hold.
    pub bag: AttrBag,
    /// First midnight of the run.
    pub start: i64,
    legacy_until: i64,
    /// Objects with a new sign-in name, ordered, and since when.
    renamed: &'a [(u32, i64)],
    source_systems: Vec<[String; 2]>,
    target_systems: Vec<[String; 2]>,
    services: Vec<String>,
}

impl<'a> Texts<'a> {
    /// The texts of a run.
    pub(super) fn new(options: &Options, world: &'a World, renamed: &'a [(u32, i64)]) -> Texts<'a> {
        let both = |make: &dyn Fn(&str, bool) -> String, name: &str| [make(name, false), make(name, true)];
        let name = |name: &str, legacy: bool| {
            if legacy && name == CURRENT { LEGACY.to_owned() } else { name.to_owned() }
        };
        let sources = |job: &Job| {
            both(
                &|text, legacy| {
                    format!(
                        "{{\"details\":{{}},\"Id\":\"{}\",\"Name\":\"{}\"}}",
                        job.source_id,
                        name(text, legacy)
                    )
                },
                job.source,
            )
        };
        let targets = |job: &Job| {
            both(
                &|text, legacy| {
                    format!(
                        "{{\"details\":{{\"ApplicationId\":\"{}\",\"ServicePrincipalId\":\"{}\",\"ServicePrincipalDisplayName\":\"{}\"}},\"Id\":\"{}\",\"Name\":\"{}\"}}",
                        job.application_id,
                        job.service_id,
                        job.service,
                        job.target_id,
                        name(text, legacy)
                    )
                },
                job.target,
            )
        };
        Texts {
            world,
            bag: options.bag(),
            start: options.start(),
            legacy_until: options.legacy_until.unwrap_or(i64::MIN),
            renamed,
            source_systems: world.jobs.iter().map(sources).collect(),
            target_systems: world.jobs.iter().map(targets).collect(),
            services: world
                .jobs
                .iter()
                .map(|job| format!("{{\"Id\":\"{}\",\"Name\":\"{}\"}}", job.service_id, job.service))
                .collect(),
        }
    }

    /// The object of an event.
    pub fn object(&self, event: &Event) -> &'a Object {
        &self.world.objects[event.object as usize]
    }

    /// The job of an event.
    pub fn job(&self, event: &Event) -> &'a Job {
        &self.world.jobs[usize::from(event.job)]
    }

    /// The object's display name, safe within a JSON text.
    pub(super) fn escaped_name(&self, object: &'a Object) -> &'a str {
        &object.name_json[1..object.name_json.len() - 1]
    }

    /// DNS name of the domain an object belongs to.
    pub(super) fn dns(&self, object: &Object) -> &'static str {
        let domains = self.world.domains.iter();
        domains
            .rev()
            .find(|domain| domain.first <= object.serial)
            .map_or("northlake.example", |domain| domain.dns)
    }

    /// `Action`.
    pub fn action(&self, event: &Event) -> &'static str {
        if event.has(BLANK_ACTION) { "" } else { event.action.name() }
    }

    /// `ProvisioningAction`.
    pub fn lower_action(&self, event: &Event) -> &'static str {
        if event.has(BLANK_ACTION) { "" } else { event.action.lower_name() }
    }

    /// `ResultType`.
    pub fn status(&self, event: &Event) -> &'static str {
        if event.has(BLANK_RESULT) { "" } else { event.status.name() }
    }

    /// `ProvisioningStatusInfo.Status`.
    pub fn lower_status(&self, event: &Event) -> &'static str {
        if event.has(BLANK_RESULT) { "" } else { event.status.lower_name() }
    }

    /// `JobId`.
    pub fn job_id(&self, event: &Event) -> &'a str {
        if event.has(BLANK_JOB) { "" } else { &self.job(event).id }
    }

    /// `ResultSignature`.
    pub fn code(&self, event: &Event) -> &'static str {
        CODES[usize::from(event.code)].name
    }

    fn is_legacy(&self, event: &Event) -> bool {
        event.time < self.legacy_until
    }

    /// `SourceSystem.Name`.
    pub fn source_name(&self, event: &Event) -> &'static str {
        let name = self.job(event).source;
        if self.is_legacy(event) && name == CURRENT { LEGACY } else { name }
    }

    /// `TargetSystem.Name`.
    pub fn target_name(&self, event: &Event) -> &'static str {
        let name = self.job(event).target;
        if self.is_legacy(event) && name == CURRENT { LEGACY } else { name }
    }

    /// `SourceSystem`.
    pub fn source_system(&self, event: &Event) -> &str {
        &self.source_systems[usize::from(event.job)][usize::from(self.is_legacy(event))]
    }

    /// `TargetSystem`.
    pub fn target_system(&self, event: &Event) -> &str {
        &self.target_systems[usize::from(event.job)][usize::from(self.is_legacy(event))]
    }

    /// `ServicePrincipal`.
    pub fn service_principal(&self, event: &Event) -> &str {
        &self.services[usize::from(event.job)]
    }

    /// The object's user principal name at the time of the event; '' when it has none.
    pub fn upn(&self, event: &Event) -> Cow<'a, str> {
        let object = self.object(event);
        match self.renamed.binary_search_by_key(&event.object, |renamed| renamed.0) {
            Ok(place) if self.renamed[place].1 <= event.time => {
                Cow::Owned(object.upn.replacen('@', ".new@", 1))
            }
            Ok(_) | Err(_) => Cow::Borrowed(&object.upn),
        }
    }

    /// `SourceIdentity.Name`.
    pub fn source_object_name(&self, event: &Event) -> &'a str {
        if event.has(SOURCE_UNNAMED) { "" } else { &self.object(event).name }
    }

    /// `TargetIdentity.Id`.
    pub fn target_object_id(&self, event: &Event) -> &'a str {
        if event.has(TARGET_ABSENT) { "" } else { &self.object(event).target_id }
    }

    /// `TargetIdentity.Name`.
    pub fn target_object_name(&self, event: &Event) -> &'a str {
        if event.has(TARGET_ABSENT | TARGET_UNNAMED) { "" } else { &self.object(event).name }
    }

    /// `TargetIdentity.details.UserPrincipalName`.
    pub fn target_upn(&self, event: &Event) -> Cow<'a, str> {
        if event.has(TARGET_ABSENT) { Cow::Borrowed("") } else { self.upn(event) }
    }

    /// What descriptions call the object, safe within a JSON text.
    pub(super) fn push_who(&self, out: &mut String, event: &Event) {
        let object = self.object(event);
        if object.upn.is_empty() {
            out.push_str(self.escaped_name(object));
        } else {
            out.push_str(&self.upn(event));
        }
    }

    /// `Id`.
    pub fn push_id(&self, out: &mut String, event: &Event) {
        push_guid(out, id(event));
    }

    /// `ChangeId`, which is `CorrelationId` too.
    pub fn push_change_id(&self, out: &mut String, event: &Event) {
        match event.edge {
            0 => push_guid(out, guid(event.key ^ 0x0C4A)),
            edge => push_guid(out, fixed(0x2, edge)),
        }
    }

    /// `CycleId`.
    pub fn push_cycle_id(&self, out: &mut String, event: &Event) {
        let salt = u64::from(event.job) << 40 | u64::from(event.cycle);
        push_guid(out, guid(salt ^ self.start as u64));
    }

    /// `SourceIdentity`.
    pub fn push_source_identity(&self, out: &mut String, event: &Event) {
        let object = self.object(event);
        let kind = object.kind.source_type();
        // Key order differs between records, as on the wire.
        let id_first = object.serial % 10 == 7;
        out.push('{');
        if id_first {
            self.push_source_key(out, event);
            out.push(',');
        }
        out.push_str("\"identityType\":\"");
        out.push_str(kind);
        out.push_str("\",\"details\":{\"id\":\"");
        out.push_str(&object.source_id);
        out.push_str("\",\"odatatype\":\"");
        out.push_str(object.kind.target_type());
        out.push('"');
        if !event.has(SOURCE_UNNAMED) {
            out.push_str(",\"DisplayName\":");
            out.push_str(&object.name_json);
            if !object.upn.is_empty() {
                out.push_str(",\"UserPrincipalName\":\"");
                out.push_str(&self.upn(event));
                out.push('"');
            }
        }
        out.push('}');
        if !id_first {
            out.push(',');
            self.push_source_key(out, event);
        }
        out.push('}');
    }

    fn push_source_key(&self, out: &mut String, event: &Event) {
        let object = self.object(event);
        out.push_str("\"Id\":\"");
        out.push_str(&object.source_id);
        out.push_str("\",\"Name\":");
        out.push_str(if event.has(SOURCE_UNNAMED) { "\"\"" } else { &object.name_json });
    }

    /// `TargetIdentity`.
    pub fn push_target_identity(&self, out: &mut String, event: &Event) {
        let object = self.object(event);
        out.push_str("{\"identityType\":\"");
        out.push_str(object.kind.target_type());
        out.push_str("\",\"details\":{");
        let upn = self.target_upn(event);
        if !upn.is_empty() {
            out.push_str("\"UserPrincipalName\":\"");
            out.push_str(&upn);
            out.push('"');
        }
        out.push_str("},\"Id\":\"");
        out.push_str(self.target_object_id(event));
        out.push_str("\",\"Name\":");
        out.push_str(if event.has(TARGET_ABSENT | TARGET_UNNAMED) { "\"\"" } else { &object.name_json });
        out.push('}');
    }

    /// `StatusInfo`; '' where the status is.
    pub fn push_status_info(&self, out: &mut String, event: &Event) {
        if event.has(BLANK_RESULT) {
            return;
        }
        out.push_str("{\"Status\":");
        out.push((b'0' + event.status as u8) as char);
        out.push('}');
    }

    /// `ProvisioningStatusInfo`.
    pub fn push_provisioning_status_info(&self, out: &mut String, event: &Event) {
        out.push_str("{\"Status\":\"");
        out.push_str(self.lower_status(event));
        out.push_str("\",\"errorInformation\":");
        if event.code == NONE {
            out.push_str("null}");
            return;
        }
        let code = &CODES[usize::from(event.code)];
        out.push_str("{\"errorCode\":\"");
        out.push_str(code.name);
        out.push_str("\",\"reason\":");
        push_json_string(out, &self.reason(event));
        out.push_str(",\"additionalDetails\":null,\"errorCategory\":\"");
        out.push_str(if code.service { "Failure" } else { "NonServiceFailure" });
        out.push_str("\",\"recommendedAction\":null}}");
    }

    /// `ResultDescription`.
    pub fn reason(&self, event: &Event) -> String {
        if event.code == NONE {
            return String::new();
        }
        let object = self.object(event);
        let upn = self.upn(event);
        let who = if upn.is_empty() { object.name.as_str() } else { &upn };
        let mut out = CODES[usize::from(event.code)].reason.replace("{}", who);
        if Stream::of(event.key ^ 0x4EA5).chance(1, 20) {
            out.push_str(&format!(
                "\r\nThe service answered: {{\"error\":{{\"code\":\"{}\",\"target\":\"{}\"}}}}",
                self.code(event),
                object.source_id
            ));
        }
        if event.has(LONG_REASON) {
            while out.len() < 16 * 1024 {
                out.push_str("\r\nat Directory.Write(entry \"");
                out.push_str(&object.source_id);
                out.push_str("\")");
            }
            out.truncate(16 * 1024);
        }
        if event.status == Status::Failure {
            out.push_str(&format!(
                " This operation was retried {} times. It will be retried again after this date: {} UTC",
                event.retries,
                iso(next_attempt(event))
            ));
        }
        out
    }
}

/// When a failure is tried again.
pub(super) fn next_attempt(event: &Event) -> i64 {
    let hours = match event.retries {
        0 | 1 => 6,
        2 => 12,
        _ => 24,
    };
    event.time + hours * HOUR
}

/// The event's own id: the key under which deliveries of it are one.
pub fn id(event: &Event) -> u128 {
    match event.edge {
        0 => guid(event.key),
        edge => fixed(0x1, edge),
    }
}

/// The ids of the rows that are always there: `00000000-000N-4000-8000-0000000000EE`.
fn fixed(group: u128, edge: u8) -> u128 {
    (group << 80) | (0x4000u128 << 64) | (0x8000u128 << 48) | u128::from(edge)
}
