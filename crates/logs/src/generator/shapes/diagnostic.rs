//! Diagnostic-settings records: hour blobs and event hub messages. At-least-once: three records of a hundred come
//! again, the same within, with a fresh envelope time.

use super::sink::Folder;
use crate::generator::calendar::{HOUR, MINUTE, date, push_iso, push_iso_trimmed};
use crate::generator::codes;
use crate::generator::event::{BLANK_RESULT, Event};
use crate::generator::random::{Stream, key};
use crate::generator::tables::{audit_text, blob_path};
use crate::generator::text::{INITIATED_BY, Texts, push_json_string};
use crate::generator::{AuditEvent, Run, redeliveries};
use std::io::{self, Write};

/// One delivery of one record.
struct Delivery {
    envelope: i64,
    arrival: i64,
    event: u32,
}

/// Every delivery of every record, in the order of arrival.
fn deliveries(run: &Run) -> Vec<Delivery> {
    let mut all = Vec::with_capacity(run.events.len() + run.events.len() / 24);
    for (place, event) in run.events.iter().enumerate() {
        let event_place = place as u32;
        let (envelope, arrival) = (event.time, event.arrival);
        all.push(Delivery { envelope, arrival, event: event_place });
        for (envelope, arrival) in redeliveries(event) {
            all.push(Delivery { envelope, arrival, event: event_place });
        }
    }
    all.sort_by_key(|delivery| (delivery.arrival, delivery.event, delivery.envelope));
    all
}

/// Writes the hour blobs: a record lies in the hour of its envelope time, in the order of arrival.
pub(super) fn write_blobs(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let mut all = deliveries(run);
    all.sort_by_key(|delivery| delivery.envelope.div_euclid(HOUR));
    let last_hour = all.last().map(|delivery| delivery.envelope.div_euclid(HOUR));
    let mut number = 0;
    for hour in all.chunk_by(|a, b| a.envelope.div_euclid(HOUR) == b.envelope.div_euclid(HOUR)) {
        let envelope = hour[0].envelope;
        let path = format!("blob/insights-logs-provisioninglogs/{}", blob_path(&run.world.tenant, envelope));
        let cut = run.options.truncate_last && last_hour == Some(envelope.div_euclid(HOUR));
        folder.write(&path, |out| {
            let mut line = String::new();
            for (place, delivery) in hour.iter().enumerate() {
                number += 1;
                if run.options.dirty {
                    write_dirt(run, &texts, out, delivery, number)?;
                }
                line.clear();
                push_record(&mut line, run, &texts, delivery, run.options.dirty && number % 10_000 == 502);
                if cut && place + 1 == hour.len() {
                    let mut half = line.len() / 2;
                    while !line.is_char_boundary(half) {
                        half -= 1;
                    }
                    line.truncate(half);
                } else {
                    line.push_str("\r\n");
                }
                out.write_all(line.as_bytes())?;
            }
            Ok(hour.len() as u64)
        })?;
    }
    write_audit_blobs(run, folder)
}

/// Lines that do not belong: of every ten thousand one broken, one of another category.
fn write_dirt(
    run: &Run,
    texts: &Texts,
    out: &mut dyn Write,
    delivery: &Delivery,
    number: u64,
) -> io::Result<()> {
    match number % 10_000 {
        500 => {
            let mut line = String::new();
            push_record(&mut line, run, texts, delivery, false);
            let broken = line.get(..200).unwrap_or("{\"time\":");
            writeln!(out, "{broken}\u{FFFD}}}\r")
        }
        501 => match run.audit.first() {
            Some(event) => writeln!(out, "{}\r", audit_record(run, event)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Writes the audit events as hour blobs of their own container.
fn write_audit_blobs(run: &Run, folder: &mut Folder) -> io::Result<()> {
    for hour in run.audit.chunk_by(|a, b| a.time.div_euclid(HOUR) == b.time.div_euclid(HOUR)) {
        let path = format!("blob/insights-logs-auditlogs/{}", blob_path(&run.world.tenant, hour[0].time));
        folder.write(&path, |out| {
            for event in hour {
                write!(out, "{}\r\n", audit_record(run, event))?;
            }
            Ok(hour.len() as u64)
        })?;
    }
    Ok(())
}

/// Writes event hub messages: what arrives within five minutes is one message; a line a message, a file a day.
pub(super) fn write_messages(run: &Run, folder: &mut Folder) -> io::Result<()> {
    const BATCH: i64 = 5 * MINUTE;
    let texts = run.texts();
    let all = deliveries(run);
    let day = |delivery: &Delivery| date(delivery.arrival);
    for messages in all.chunk_by(|a, b| day(a) == day(b)) {
        let path = format!("eventhub/{}.json", day(&messages[0]));
        folder.write(&path, |out| {
            let mut text = String::new();
            for message in
                messages.chunk_by(|a, b| a.arrival.div_euclid(BATCH) == b.arrival.div_euclid(BATCH))
            {
                text.clear();
                text.push_str("{\"records\":[");
                for (place, delivery) in message.iter().enumerate() {
                    if place > 0 {
                        text.push(',');
                    }
                    push_record(&mut text, run, &texts, delivery, false);
                }
                text.push_str("]}\n");
                out.write_all(text.as_bytes())?;
            }
            Ok(messages.len() as u64)
        })?;
    }
    Ok(())
}

/// Appends a record: the envelope, then what is within.
fn push_record(out: &mut String, run: &Run, texts: &Texts, delivery: &Delivery, unknown_fields: bool) {
    let event = &run.events[delivery.event as usize];
    out.push_str("{\"time\":\"");
    push_iso(out, delivery.envelope);
    out.push_str("\",\"resourceId\":\"/tenants/");
    out.push_str(&run.world.tenant);
    out.push_str(
        "/providers/Microsoft.aadiam\",\"operationName\":\"Provisioning activity\",\"operationVersion\":\"1.0\",\"category\":\"ProvisioningLogs\",\"tenantId\":\"",
    );
    out.push_str(&run.world.tenant);
    out.push_str("\",\"resultType\":\"");
    out.push_str(texts.status(event));
    if event.code != codes::NONE {
        out.push_str("\",\"resultSignature\":\"");
        out.push_str(texts.code(event));
        out.push_str("\",\"resultDescription\":");
        push_json_string(out, &texts.reason(event));
    } else {
        out.push('"');
    }
    // Half of the files spell the duration as text.
    let hour = delivery.envelope.div_euclid(HOUR) as u64;
    let quote = if key(run.options.seed, "duration text", hour) & 1 == 0 { "\"" } else { "" };
    out.push_str(&format!(",\"durationMs\":{quote}{}{quote},\"correlationId\":\"", event.duration));
    texts.push_change_id(out, event);
    out.push_str("\",\"identity\":\"");
    texts.push_id(out, event);
    out.push_str("\",\"Level\":4");
    if unknown_fields {
        out.push_str(",\"region\":\"north\",\"extension\":{\"version\":2,\"tags\":[\"a\",\"b\"]}");
    }
    out.push_str(",\"properties\":");
    push_properties(out, run, texts, event);
    out.push('}');
}

/// Appends what is the same in every delivery of a record.
fn push_properties(out: &mut String, run: &Run, texts: &Texts, event: &Event) {
    out.push_str("{\"id\":\"");
    texts.push_id(out, event);
    out.push_str("\",\"activityDateTime\":\"");
    if Stream::of(event.key ^ 0x7213).chance(1, 10) {
        push_iso_trimmed(out, event.time);
    } else {
        push_iso(out, event.time);
    }
    out.push_str("\",\"tenantId\":\"");
    out.push_str(&run.world.tenant);
    out.push_str("\",\"jobId\":\"");
    out.push_str(texts.job_id(event));
    out.push_str("\",\"cycleId\":\"");
    texts.push_cycle_id(out, event);
    out.push_str("\",\"changeId\":\"");
    texts.push_change_id(out, event);
    out.push_str("\",\"action\":\"");
    out.push_str(texts.action(event));
    out.push_str("\",\"provisioningAction\":\"");
    out.push_str(texts.lower_action(event));
    out.push_str("\",\"servicePrincipal\":");
    out.push_str(texts.service_principal(event));
    out.push_str(",\"sourceSystem\":");
    out.push_str(texts.source_system(event));
    out.push_str(",\"targetSystem\":");
    out.push_str(texts.target_system(event));
    out.push_str(",\"initiatedBy\":");
    out.push_str(INITIATED_BY);
    out.push_str(",\"sourceIdentity\":");
    texts.push_source_identity(out, event);
    out.push_str(",\"targetIdentity\":");
    texts.push_target_identity(out, event);
    out.push_str(",\"provisioningStatusInfo\":");
    texts.push_provisioning_status_info(out, event);
    if !event.has(BLANK_RESULT) {
        out.push_str(",\"statusInfo\":");
        texts.push_status_info(out, event);
    }
    out.push_str(",\"provisioningSteps\":");
    texts.push_steps(out, event, false);
    out.push_str(",\"modifiedProperties\":");
    texts.push_modified(out, event);
    out.push_str(",\"durationInMilliseconds\":");
    out.push_str(&event.duration.to_string());
    out.push('}');
}

/// An audit event as a diagnostic record.
fn audit_record(run: &Run, event: &AuditEvent) -> String {
    let text = |column: &str| audit_text(run, event, column);
    let mut time = String::new();
    push_iso(&mut time, event.time);
    let mut activity = String::new();
    push_json_string(&mut activity, event.activity);
    let mut reason = String::new();
    push_json_string(&mut reason, &event.description);
    let (id, correlation) = (text("Id"), text("CorrelationId"));
    let (resource, tenant, identity) = (text("ResourceId"), text("AADTenantId"), text("Identity"));
    let (category, service, kind) = (text("Category"), text("LoggedByService"), text("AADOperationType"));
    let (initiator, targets, more) =
        (text("InitiatedBy"), text("TargetResources"), text("AdditionalDetails"));
    format!(
        "{{\"time\":\"{time}\",\"resourceId\":\"{resource}\",\"operationName\":{activity},\"operationVersion\":\"1.0\",\"category\":\"AuditLogs\",\"tenantId\":\"{tenant}\",\"resultSignature\":\"None\",\"resultDescription\":{reason},\"durationMs\":0,\"correlationId\":\"{correlation}\",\"identity\":\"{identity}\",\"Level\":4,\"properties\":{{\"id\":\"{id}\",\"category\":\"{category}\",\"correlationId\":\"{correlation}\",\"result\":\"success\",\"resultReason\":{reason},\"activityDisplayName\":{activity},\"activityDateTime\":\"{time}\",\"loggedByService\":\"{service}\",\"operationType\":\"{kind}\",\"initiatedBy\":{initiator},\"targetResources\":{targets},\"additionalDetails\":{more}}}}}"
    )
}
