//! Graph's `provisioningObjectSummary`: pages of `auditLogs/provisioning`, and the portal's JSON download.

use super::sink::Folder;
use crate::generator::Run;
use crate::generator::calendar::{DAY, push_iso};
use crate::generator::codes;
use crate::generator::event::Event;
use crate::generator::text::{Texts, push_json_string};
use serde_json::Value;
use std::io::{self, Write};

/// What Graph keeps.
const KEPT: i64 = 30 * DAY;
/// Records of a full page.
const PAGE: usize = 1_000;
/// Records of a download at most.
const DOWNLOAD: usize = 250_000;

const CONTEXT: &str = "https://graph.microsoft.com/v1.0/$metadata#auditLogs/provisioning";

/// The events Graph still has, the newest first.
pub(super) fn newest_first(run: &Run) -> Vec<Event> {
    let from = run.options.now - KEPT;
    let mut events: Vec<Event> = run.each().filter(|event| event.time > from).collect();
    events.sort_by_key(|event| (std::cmp::Reverse(event.time), event.key));
    events
}

/// Writes pages of a thousand, one empty page among them, each but the last with a link to the next.
pub(super) fn write_pages(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let events = newest_first(run);
    let mut pages: Vec<&[Event]> = events.chunks(PAGE).collect();
    pages.insert(pages.len().min(2), &[]);
    let last = pages.len();
    for (place, page) in pages.into_iter().enumerate() {
        let number = place + 1;
        folder.write(&format!("graph/page-{number:04}.json"), |out| {
            write!(out, "{{\"@odata.context\":\"{CONTEXT}\",")?;
            if number < last {
                let token = format!("{:016x}", run.options.seed.wrapping_add(number as u64));
                write!(
                    out,
                    "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/auditLogs/provisioning?$top={PAGE}&$skiptoken={token}\","
                )?;
            }
            out.write_all(b"\"value\":")?;
            write_array(&texts, page, out)?;
            out.write_all(b"}")?;
            Ok(page.len() as u64)
        })?;
    }
    Ok(())
}

/// Writes the portal's JSON: one array.
pub(super) fn write_portal_json(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let mut events = newest_first(run);
    events.truncate(DOWNLOAD);
    folder.write("portal/ProvisioningLogs.json", |out| {
        write_array(&texts, &events, out)?;
        Ok(events.len() as u64)
    })
}

fn write_array(texts: &Texts, events: &[Event], out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("[");
    for (place, event) in events.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        push_summary(&mut text, texts, event);
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    text.push(']');
    out.write_all(text.as_bytes())
}

/// Appends one `provisioningObjectSummary`.
fn push_summary(out: &mut String, texts: &Texts, event: &Event) {
    out.push_str("{\"id\":\"");
    texts.push_id(out, event);
    out.push_str("\",\"activityDateTime\":\"");
    push_iso(out, event.time);
    out.push_str("\",\"tenantId\":\"");
    out.push_str(&texts.world.tenant);
    out.push_str("\",\"jobId\":\"");
    out.push_str(texts.job_id(event));
    out.push_str("\",\"cycleId\":\"");
    texts.push_cycle_id(out, event);
    out.push_str("\",\"changeId\":\"");
    texts.push_change_id(out, event);
    out.push_str("\",\"provisioningAction\":\"");
    out.push_str(match texts.lower_action(event) {
        "stageddelete" => "stagedDelete",
        action => action,
    });
    out.push_str("\",\"durationInMilliseconds\":");
    out.push_str(&event.duration.to_string());
    let job = texts.job(event);
    out.push_str(&format!(
        ",\"servicePrincipal\":{{\"id\":\"{}\",\"displayName\":\"{}\"}}",
        job.service_id, job.service
    ));
    push_renamed(out, "sourceSystem", texts.source_system(event));
    push_renamed(out, "targetSystem", texts.target_system(event));
    out.push_str(
        ",\"initiatedBy\":{\"id\":\"\",\"displayName\":\"Azure AD Provisioning Service\",\"initiatorType\":\"system\"}",
    );
    let mut identity = String::new();
    texts.push_source_identity(&mut identity, event);
    push_renamed(out, "sourceIdentity", &identity);
    identity.clear();
    texts.push_target_identity(&mut identity, event);
    push_renamed(out, "targetIdentity", &identity);
    push_status(out, texts, event);
    out.push_str(",\"provisioningSteps\":");
    texts.push_steps(out, event, true);
    out.push_str(",\"modifiedProperties\":");
    texts.push_modified(out, event);
    out.push('}');
}

/// Appends an object of the table with `Id` and `Name` under Graph's names; all else is kept.
fn push_renamed(out: &mut String, name: &str, text: &str) {
    let object: Value = serde_json::from_str(text).expect("the generator's own texts are JSON");
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    let mut mark = '{';
    for (key, value) in object.as_object().into_iter().flatten() {
        out.push(mark);
        mark = ',';
        push_json_string(
            out,
            match key.as_str() {
                "Id" => "id",
                "Name" => "displayName",
                other => other,
            },
        );
        out.push(':');
        out.push_str(&value.to_string());
    }
    out.push('}');
}

fn push_status(out: &mut String, texts: &Texts, event: &Event) {
    out.push_str(",\"provisioningStatusInfo\":{\"status\":\"");
    out.push_str(texts.lower_status(event));
    out.push_str("\",\"errorInformation\":");
    if event.code == codes::NONE {
        out.push_str("null}");
        return;
    }
    out.push_str("{\"errorCode\":\"");
    out.push_str(texts.code(event));
    out.push_str("\",\"reason\":");
    push_json_string(out, &texts.reason(event));
    out.push_str(",\"additionalDetails\":null,\"errorCategory\":\"");
    out.push_str(if codes::CODES[usize::from(event.code)].service { "failure" } else { "nonServiceFailure" });
    out.push_str("\",\"recommendedAction\":null}}");
}
