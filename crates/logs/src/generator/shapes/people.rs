//! Files beside the logs: when each record arrived, and what the HR system knows of the users.

use super::sink::Folder;
use crate::generator::Run;
use crate::generator::calendar::{DAY, date, push_iso};
use crate::generator::event::{Action, Status};
use crate::generator::names::DEPARTMENTS;
use crate::generator::random::mix;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// Writes `arrival.jsonl`: a line for each record with its first arrival.
pub(super) fn write_arrivals(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    folder.write("arrival.jsonl", |out| {
        let mut rows = 0;
        let mut line = String::new();
        for event in run.each() {
            rows += 1;
            line.clear();
            line.push_str("{\"Id\":\"");
            texts.push_id(&mut line, &event);
            line.push_str("\",\"ArrivalTime\":\"");
            push_iso(&mut line, event.arrival);
            line.push_str("\"}\n");
            out.write_all(line.as_bytes())?;
        }
        Ok(rows)
    })
}

/// Users the HR system does not know, and users who have left by its books but may still sign in.
const MISSING: u32 = 5;
const LEAVERS: u32 = 7;

/// Writes `hr.csv`; gives the users that a join with the logs must find.
pub(super) fn write_hr(run: &Run, folder: &mut Folder) -> io::Result<Value> {
    let mut left: BTreeMap<u32, i64> = BTreeMap::new();
    let gone = |action| matches!(action, Action::Disable | Action::Delete);
    for event in run.each().filter(|event| gone(event.action) && event.status == Status::Success) {
        left.insert(event.object, event.time);
    }
    let users = run.world.domains.iter().flat_map(|domain| domain.first..domain.first + domain.users);
    let (mut missing, mut leavers) = (Vec::new(), Vec::new());
    folder.write("hr.csv", |out| {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        csv.write_record(["employeeId", "upn", "start", "end", "department"])?;
        let mut rows = 0;
        for (number, place) in users.enumerate() {
            let object = &run.world.objects[place as usize];
            if (40..40 + MISSING as usize).contains(&number) {
                missing.push(object.upn.clone());
                continue;
            }
            let started = run.options.start() - (1 + (mix(u64::from(place)) % 4_000) as i64) * DAY;
            let mut end = left.get(&place).map_or_else(String::new, |time| date(*time));
            if end.is_empty() && number >= 60 && leavers.len() < LEAVERS as usize && number % 9 == 0 {
                end = date(run.options.now - 10 * DAY);
                leavers.push(object.upn.clone());
            }
            rows += 1;
            csv.write_record([
                &format!("{:07}", 100_000 + place),
                &object.upn,
                &date(started),
                &end,
                DEPARTMENTS[usize::from(object.department)],
            ])?;
        }
        csv.flush()?;
        Ok(rows)
    })?;
    Ok(json!({ "missing": missing, "left_but_enabled": leavers }))
}
