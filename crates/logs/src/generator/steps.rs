//! `ProvisioningSteps` and `ModifiedProperties` of an event, as compact JSON texts, and the plain facts about them
//! that the manifest counts.

use super::attributes::push_attributes;
use super::calendar::{american, iso, push_digits};
use super::codes::CODES;
use super::event::*;
use super::names::DEPARTMENTS;
use super::options::AttrBag;
use super::random::{Stream, guid, push_guid};
use super::text::{Texts, next_attempt};
use super::world::Kind;

/// A step: its name and the number of its type.
type Step = (&'static str, u8);

const RETRY: Step = ("EntryEscrowRetry", 0);
const IMPORT_ADD: Step = ("EntryImportAdd", 0);
const IMPORT_UPDATE: Step = ("EntryImportUpdate", 0);
const IMPORT_DELETE: Step = ("EntryImportDelete", 0);
const IMPORT: Step = ("EntryImport", 0);
const NOT_FOUND: Step = ("EntryImportObjectNotFound", 2);
const SCOPING: Step = ("EntrySynchronizationScoping", 1);
const ADD: Step = ("EntrySynchronizationAdd", 3);
const SKIP: Step = ("EntrySynchronizationSkip", 3);
const REFERENCE: Step = ("RemoveReferenceAttribute", 4);
const EXPORT_ADD: Step = ("EntryExportAdd", 5);
const EXPORT_UPDATE: Step = ("EntryExportUpdate", 5);
const EXPORT_DELETE: Step = ("EntryExportDelete", 5);

/// Names of the step types, as Graph spells them; the place is the number.
pub(super) const STEP_TYPES: [&str; 6] =
    ["import", "scoping", "matching", "processing", "referenceResolution", "export"];

/// The steps a story shows, without a first retry step.
fn story_steps(story: Story) -> &'static [Step] {
    match story {
        Story::Add => &[IMPORT_ADD, IMPORT, NOT_FOUND, SCOPING, ADD, EXPORT_ADD],
        Story::Change | Story::Rename | Story::Members | Story::Crowd => {
            &[IMPORT_UPDATE, IMPORT, SCOPING, EXPORT_UPDATE]
        }
        Story::MissingMember => &[IMPORT_UPDATE, REFERENCE, SCOPING, EXPORT_UPDATE],
        Story::Remove => &[IMPORT_DELETE, SCOPING, EXPORT_DELETE],
        Story::Block => &[IMPORT_UPDATE, SCOPING, EXPORT_UPDATE],
        Story::Redundant | Story::OutOfScope => &[IMPORT_UPDATE, SCOPING, SKIP],
        Story::Staged => &[IMPORT_DELETE, SKIP],
        Story::Password => &[IMPORT_UPDATE, EXPORT_UPDATE],
    }
}

/// The names of an event's steps in their order; none for an empty or a null array.
pub fn step_names(event: &Event) -> Vec<&'static str> {
    let retry = (event.retries > 0).then_some(RETRY);
    let shown: &[Step] = if event.has(NO_STEPS | NULL_STEPS) { &[] } else { story_steps(event.story) };
    retry.filter(|_| !shown.is_empty()).iter().chain(shown).map(|step| step.0).collect()
}

/// How a step of a story went: 0 success, 1 failure, 2 skipped, 3 warning.
fn step_status(step: Step, event: &Event) -> u8 {
    match (step, event.status) {
        (EXPORT_ADD | EXPORT_UPDATE | EXPORT_DELETE, Status::Failure) => 1,
        (EXPORT_UPDATE, Status::Warning) | (REFERENCE, _) => 3,
        (SKIP, _) => 2,
        (SCOPING, _) if event.story == Story::OutOfScope => 2,
        (EXPORT_UPDATE, Status::Skipped) => 2,
        _ => 0,
    }
}

impl Texts<'_> {
    /// `ProvisioningSteps`; `named` spells types and statuses as Graph does, as words.
    pub fn push_steps(&self, out: &mut String, event: &Event, named: bool) {
        if event.has(NULL_STEPS) {
            out.push_str("null");
            return;
        }
        out.push('[');
        if !event.has(NO_STEPS) {
            if event.retries > 0 {
                self.push_step(out, event, RETRY, named);
                out.push(',');
            }
            for (place, step) in story_steps(event.story).iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                self.push_step(out, event, *step, named);
            }
        }
        out.push(']');
    }

    /// Name, type, status and description of each step, for shapes that write them as columns.
    pub(super) fn step_texts(
        &self,
        event: &Event,
    ) -> Vec<(&'static str, &'static str, &'static str, String)> {
        let retry = (event.retries > 0).then_some(RETRY);
        let shown: &[Step] = if event.has(NO_STEPS | NULL_STEPS) { &[] } else { story_steps(event.story) };
        let text = |step: Step| {
            let mut description = String::new();
            self.push_description(&mut description, event, step);
            let status = Status::ALL[usize::from(step_status(step, event))].lower_name();
            (step.0, STEP_TYPES[usize::from(step.1)], status, unescaped(description))
        };
        retry.filter(|_| !shown.is_empty()).iter().chain(shown).map(|step| text(*step)).collect()
    }

    fn push_step(&self, out: &mut String, event: &Event, step: Step, named: bool) {
        let status = step_status(step, event);
        out.push_str("{\"name\":\"");
        out.push_str(step.0);
        out.push_str("\",\"provisioningStepType\":");
        if named {
            out.push('"');
            out.push_str(STEP_TYPES[usize::from(step.1)]);
            out.push_str("\",\"status\":\"");
            out.push_str(Status::ALL[usize::from(status)].lower_name());
            out.push('"');
        } else {
            out.push((b'0' + step.1) as char);
            out.push_str(",\"status\":");
            out.push((b'0' + status) as char);
        }
        out.push_str(",\"description\":\"");
        self.push_description(out, event, step);
        out.push_str("\",\"details\":");
        self.push_step_details(out, event, step);
        out.push('}');
    }

    /// What a step says, safe within a JSON text.
    fn push_description(&self, out: &mut String, event: &Event, step: Step) {
        let low = low_name(self.object(event).kind);
        let high = high_name(self.object(event).kind);
        let target = self.target_name(event);
        let source = self.source_name(event);
        let mut say = |before: &[&str], after: &[&str]| {
            before.iter().for_each(|part| out.push_str(part));
            self.push_who(out, event);
            after.iter().for_each(|part| out.push_str(part));
        };
        match step {
            RETRY => {
                let id = &self.object(event).source_id;
                out.push_str("We are retrying an operation that previously failed.\\r\\nIdentifier: ");
                out.push_str(id);
                out.push_str("\\r\\nObject type: ");
                out.push_str(low);
                out.push_str("\\r\\nDirectory: ");
                out.push_str(source);
            }
            IMPORT_ADD => say(&["Received ", low, " '"], &["' change of type (Add) from ", source]),
            IMPORT_UPDATE => say(&["Received ", low, " '"], &["' change of type (Update) from ", source]),
            IMPORT_DELETE => say(&["Received ", low, " '"], &["' change of type (Delete) from ", source]),
            IMPORT => say(&["Retrieved ", low, " '"], &["' from ", source]),
            NOT_FOUND => say(&[high, " '"], &["' was not found in ", target]),
            SCOPING => {
                out.push_str("Determine if ");
                out.push_str(low);
                out.push_str(" in scope by evaluating against each scoping filter");
            }
            ADD => say(&[high, " '"], &["' will be created in ", target]),
            SKIP if event.story == Story::Staged => out.push_str("Delete threshold exceeded"),
            SKIP if event.story == Story::OutOfScope => {
                say(&["The ", high, " '"], &["' will be skipped because it is not in scope"]);
            }
            SKIP => {
                let before = [
                    "The state of the ",
                    low,
                    " in both the source and target systems already match. No change to the ",
                ];
                before.iter().for_each(|part| out.push_str(part));
                say_rest(self, out, event, high);
            }
            REFERENCE => {
                out.push_str("We were unable to assign ");
                push_guid(out, guid(event.key ^ 0x3E3B));
                out.push_str(" as the members of ");
                self.push_who(out, event);
                out.push('.');
            }
            _ => {
                let done = match step {
                    EXPORT_ADD => ("create", "created"),
                    EXPORT_DELETE => ("delete", "deleted"),
                    _ => ("update", "updated"),
                };
                if event.status == Status::Failure {
                    say(&["Failed to ", done.0, " ", high, " '"], &["' in ", target]);
                } else {
                    say(&[high, " '"], &["' was ", done.1, " in ", target]);
                }
            }
        }
    }

    fn push_step_details(&self, out: &mut String, event: &Event, step: Step) {
        match step {
            RETRY => self.push_retry_details(out, event),
            IMPORT_UPDATE if event.story == Story::Password => {
                out.push_str("{\"PasswordHash\":\"[Redacted]\",\"PasswordChangeDate\":\"");
                out.push_str(&iso(event.time));
                out.push_str("\",\"userPrincipalName\":\"");
                out.push_str(&self.upn(event));
                out.push_str("\"}");
            }
            EXPORT_UPDATE if event.story == Story::Password => {
                out.push_str("{\"CredentialData\":\"[Redacted]\",\"ChangeDate\":\"");
                out.push_str(&iso(event.time));
                out.push_str("\"}");
            }
            IMPORT_UPDATE if event.story == Story::Crowd => self.push_crowd(out, event),
            IMPORT_ADD | IMPORT_UPDATE => push_attributes(out, self, event, true),
            IMPORT => push_attributes(out, self, event, false),
            SCOPING => {
                let passed = if event.story == Story::OutOfScope { "False" } else { "True" };
                out.push_str(
                    "{\"Active in the source system\":\"True\",\"Scoping filter evaluation passed\":\"",
                );
                out.push_str(passed);
                out.push_str("\"}");
            }
            SKIP => {
                out.push_str("{\"SkipReason\":\"");
                out.push_str(match event.story {
                    Story::Staged => "DeleteThresholdExceeded",
                    Story::OutOfScope => "NotEffectivelyEntitled",
                    _ => "RedundantExport",
                });
                out.push_str("\"}");
            }
            REFERENCE => out.push_str("{\"SkipReason\":\"UnableToResolveReferenceAttributeValue\"}"),
            EXPORT_ADD | EXPORT_UPDATE | EXPORT_DELETE if event.status == Status::Failure => {
                out.push_str("{\"ErrorCode\":\"");
                out.push_str(CODES[usize::from(event.code)].name);
                out.push_str("\",\"ReportableIdentifier\":\"");
                self.push_who(out, event);
                out.push_str("\"}");
            }
            EXPORT_UPDATE if event.story == Story::Block => out.push_str("{\"AccountEnabled\":\"False\"}"),
            _ => out.push_str("{}"),
        }
    }

    fn push_retry_details(&self, out: &mut String, event: &Event) {
        out.push_str("{\"CountProcessed\":\"");
        push_digits(out, i64::from(event.retries), if event.retries > 9 { 2 } else { 1 });
        out.push_str("\",\"Identifier\":\"");
        out.push_str(&self.object(event).source_id);
        out.push_str("\",\"ModificationType\":\"");
        out.push_str(event.action.name());
        out.push_str("\",\"NextAttempt\":\"");
        // To the second and without a comma: `3/24/2026 7:17:42 AM`.
        let time = american(next_attempt(event)).replace(',', "");
        let (before, after) = time.split_once('.').unwrap_or((&time, ""));
        out.push_str(before);
        out.push_str(after.get(3..).unwrap_or(""));
        out.push_str("\",\"Origin\":\"Export\",\"TypeName\":\"EscrowedEntryDefault\"}");
    }

    /// Two thousand members.
    fn push_crowd(&self, out: &mut String, event: &Event) {
        out.push_str("{\"member\":\"");
        let mut stream = Stream::of(event.key);
        for place in 0..2_000 {
            if place > 0 {
                out.push(';');
            }
            push_guid(out, guid(stream.draw()));
        }
        out.push_str("\"}");
    }

    /// `ModifiedProperties`.
    pub fn push_modified(&self, out: &mut String, event: &Event) {
        out.push('[');
        let mut first = true;
        for name in self.modified(event) {
            if !first {
                out.push(',');
            }
            first = false;
            out.push_str("{\"displayName\":\"");
            out.push_str(name);
            out.push_str("\",\"oldValue\":");
            if has_old_value(event, name) {
                out.push_str("\"Operations\"");
            } else {
                out.push_str("null");
            }
            out.push_str(",\"newValue\":\"");
            self.push_new_value(out, event, name);
            out.push_str("\"}");
        }
        out.push(']');
    }

    /// The names of the properties an event changed.
    pub fn modified(&self, event: &Event) -> Vec<&'static str> {
        if event.status != Status::Success && event.status != Status::Warning {
            return Vec::new();
        }
        match event.story {
            Story::Password => vec!["CredentialData"],
            Story::Members | Story::Crowd | Story::MissingMember => vec!["Member"],
            Story::Block => vec!["AccountEnabled"],
            Story::Rename => vec!["UserPrincipalName", "ProxyAddresses", "Mail"],
            Story::Add => match self.bag {
                AttrBag::Full => PROPERTIES.iter().chain(&ADDRESSES).copied().collect(),
                AttrBag::Lean => [&ADDRESSES[..], &PROPERTIES[..4]].concat(),
            },
            Story::Change => {
                let mut stream = Stream::of(event.key ^ 0x30D1);
                let count = 2 + stream.below(5) as usize;
                // PROPERTIES is a prime number of names, so every step visits each of them once.
                let (from, step) = (stream.below(31) as usize, 1 + stream.below(30) as usize);
                let mut names: Vec<_> = (0..count).map(|n| PROPERTIES[(from + n * step) % 31]).collect();
                if stream.chance(1, 200) {
                    names.push("ProxyAddresses");
                }
                names
            }
            Story::Remove | Story::Redundant | Story::OutOfScope | Story::Staged => Vec::new(),
        }
    }

    /// Name, old and new value of each changed property, for shapes that write them as columns.
    pub(super) fn modified_texts(&self, event: &Event) -> Vec<(&'static str, &'static str, String)> {
        let text = |name: &'static str| {
            let mut value = String::new();
            self.push_new_value(&mut value, event, name);
            let old = if has_old_value(event, name) { "Operations" } else { "" };
            (name, old, unescaped(value))
        };
        self.modified(event).into_iter().map(text).collect()
    }

    fn push_new_value(&self, out: &mut String, event: &Event, name: &str) {
        let object = self.object(event);
        match name {
            "CredentialData" => out.push_str("[Redacted]"),
            "AccountEnabled" => out.push_str(if event.story == Story::Block { "False" } else { "True" }),
            "UserPrincipalName" | "Mail" | "OnPremisesUserPrincipalName" => out.push_str(&self.upn(event)),
            "ProxyAddresses" => {
                out.push_str("SMTP:");
                out.push_str(&self.upn(event));
            }
            "DisplayName" | "CommonName" => out.push_str(self.escaped_name(object)),
            "Department" => out.push_str(DEPARTMENTS[(event.key % 12) as usize]),
            "Member" => push_guid(out, guid(event.key ^ 0x3E3B)),
            "LastPasswordChangeTimestamp" => out.push_str("20260901080000.0Z"),
            _ => {
                out.push_str("value ");
                push_digits(out, (event.key % 10_000) as i64, 4);
            }
        }
    }
}

/// The rare property whose old value is logged.
fn has_old_value(event: &Event, name: &str) -> bool {
    name == "Department" && event.key.is_multiple_of(3)
}

/// The inside of a JSON string as plain text.
fn unescaped(text: String) -> String {
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or(text)
}

fn say_rest(texts: &Texts, out: &mut String, event: &Event, high: &str) {
    out.push_str(high);
    out.push_str(" '");
    texts.push_who(out, event);
    out.push_str("' currently needs to be made.");
}

fn low_name(kind: Kind) -> &'static str {
    match kind {
        Kind::User | Kind::AppUser | Kind::CapitalUser => "user",
        Kind::Worker => "worker",
        Kind::Group | Kind::CloudGroup => "group",
        Kind::Contact => "contact",
        Kind::Device => "device",
    }
}

fn high_name(kind: Kind) -> &'static str {
    match kind {
        Kind::User | Kind::AppUser | Kind::CapitalUser | Kind::Worker => "User",
        Kind::Group | Kind::CloudGroup => "Group",
        Kind::Contact => "Contact",
        Kind::Device => "Device",
    }
}

/// Properties of sign-in and mail: many changed at once is a story of its own.
const ADDRESSES: [&str; 2] = ["UserPrincipalName", "ProxyAddresses"];

/// The other properties.
const PROPERTIES: [&str; 31] = [
    "AccountEnabled",
    "DisplayName",
    "Department",
    "JobTitle",
    "Alias",
    "City",
    "CommonName",
    "Company",
    "Country",
    "CountryCode",
    "CountryLetterCode",
    "DnsDomainName",
    "ExtensionAttribute1",
    "ExtensionAttribute2",
    "GivenName",
    "Initials",
    "LastPasswordChangeTimestamp",
    "LegacyExchangeDN",
    "Mail",
    "Manager",
    "NetBiosName",
    "OnPremisesDistinguishedName",
    "OnPremiseSecurityIdentifier",
    "OnPremisesSamAccountName",
    "OnPremisesUserPrincipalName",
    "PostalCode",
    "State",
    "StreetAddress",
    "Surname",
    "TargetAddress",
    "PhysicalDeliveryOfficeName",
];
