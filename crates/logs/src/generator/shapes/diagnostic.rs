//! Diagnostic-settings records: hour blobs and event hub messages. At-least-once: three records of a hundred come
//! again, the same within, with a fresh envelope time.

use super::in_order::in_order;
use super::sink::Folder;
use crate::generator::calendar::{DAY, HOUR, MINUTE, date, push_iso, push_iso_trimmed};
use crate::generator::codes;
use crate::generator::event::{BLANK_RESULT, Event};
use crate::generator::random::{Stream, key};
use crate::generator::tables::{audit_text, blob_path};
use crate::generator::text::{INITIATED_BY, Texts, push_json_string};
use crate::generator::timeline::LATEST;
use crate::generator::{AuditEvent, Run, redeliveries};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One delivery of one record.
struct Delivery {
    envelope: i64,
    arrival: i64,
    /// The place of the event among all.
    place: u64,
    event: Event,
}

/// The deliveries of all records, those of one group at a time, each group in the order of arrival. `group` names the
/// group of a delivery by envelope time and arrival; `closed` says whether a group gets no more once all that comes
/// arrives at a time or later.
struct Grouped<'a> {
    events: std::iter::Enumerate<Box<dyn Iterator<Item = Event> + 'a>>,
    open: BTreeMap<i64, Vec<Delivery>>,
    group: fn(i64, i64) -> i64,
    closed: fn(i64, i64) -> bool,
    /// The arrival of the newest event.
    arrived: i64,
}

impl<'a> Grouped<'a> {
    fn new(run: &'a Run, group: fn(i64, i64) -> i64, closed: fn(i64, i64) -> bool) -> Grouped<'a> {
        let events = run.each().enumerate();
        Grouped { events, open: BTreeMap::new(), group, closed, arrived: i64::MIN }
    }

    fn add(&mut self, place: u64, event: Event) {
        self.arrived = event.arrival;
        let first = (event.time, event.arrival);
        for (envelope, arrival) in std::iter::once(first).chain(redeliveries(&event)) {
            let delivery = Delivery { envelope, arrival, place, event: event.clone() };
            self.open.entry((self.group)(envelope, arrival)).or_default().push(delivery);
        }
    }
}

impl Iterator for Grouped<'_> {
    type Item = Vec<Delivery>;

    fn next(&mut self) -> Option<Vec<Delivery>> {
        let mut group = loop {
            if let Some(first) = self.open.first_entry()
                && (self.closed)(*first.key(), self.arrived)
            {
                break first.remove();
            }
            match self.events.next() {
                Some((place, event)) => self.add(place as u64, event),
                None => break self.open.pop_first()?.1,
            }
        };
        group.sort_by_key(|delivery| (delivery.arrival, delivery.place, delivery.envelope));
        Some(group)
    }
}

/// The records of one hour blob.
struct Hour {
    deliveries: Vec<Delivery>,
    /// How many deliveries come in blobs before.
    before: u64,
    /// Whether the last line is cut.
    cut: bool,
}

/// Writes the hour blobs: a record lies in the hour of its envelope time, in the order of arrival.
pub(super) fn write_blobs(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let grouped = Grouped::new(
        run,
        |envelope, _| envelope.div_euclid(HOUR),
        |hour, arrived| (hour + 1) * HOUR <= arrived - LATEST,
    );
    let mut grouped = grouped.peekable();
    let mut before = 0;
    let hours = std::iter::from_fn(move || {
        let deliveries = grouped.next()?;
        let cut = run.options.truncate_last && grouped.peek().is_none();
        let hour = Hour { before, cut, deliveries };
        before += hour.deliveries.len() as u64;
        Some(hour)
    });
    let mut written = Vec::new();
    in_order(
        hours,
        |hour| {
            let path = blob_path(&run.world.tenant, hour.deliveries[0].envelope);
            folder.packed(&format!("blob/insights-logs-provisioninglogs/{path}"), |out| {
                write_hour(run, &texts, out, &hour)
            })
        },
        |file| {
            written.push(file);
            Ok(())
        },
    )?;
    folder.written.append(&mut written);
    write_audit_blobs(run, folder)
}

/// Writes the lines of one hour.
fn write_hour(run: &Run, texts: &Texts, out: &mut dyn Write, hour: &Hour) -> io::Result<u64> {
    let mut line = String::new();
    let last = hour.before + hour.deliveries.len() as u64;
    for (number, delivery) in (hour.before + 1..).zip(&hour.deliveries) {
        if run.options.dirty {
            write_dirt(run, texts, out, delivery, number)?;
        }
        line.clear();
        push_record(&mut line, run, texts, delivery, run.options.dirty && number % 10_000 == 502);
        if hour.cut && number == last {
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
    Ok(hour.deliveries.len() as u64)
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
    let days = Grouped::new(
        run,
        |_, arrival| arrival.div_euclid(DAY),
        // What comes later arrives later.
        |day, arrived| (day + 1) * DAY <= arrived,
    );
    let mut written = Vec::new();
    in_order(
        days,
        |messages| {
            let path = format!("eventhub/{}.json", date(messages[0].arrival));
            folder.packed(&path, |out| {
                let mut text = String::new();
                let batch = |delivery: &Delivery| delivery.arrival.div_euclid(BATCH);
                for message in messages.chunk_by(|a, b| batch(a) == batch(b)) {
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
            })
        },
        |file| {
            written.push(file);
            Ok(())
        },
    )?;
    folder.written.append(&mut written);
    Ok(())
}

/// Appends a record: the envelope, then what is within.
fn push_record(out: &mut String, run: &Run, texts: &Texts, delivery: &Delivery, unknown_fields: bool) {
    let event = &delivery.event;
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
