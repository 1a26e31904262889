//! Shapes that are the table's columns: CSV of the Logs page, answers of the Query API and of az, and the portal's
//! three CSV files.

use super::graph::newest_first;
use super::in_order::in_order;
use super::sink::Folder;
use crate::generator::Run;
use crate::generator::calendar::{american, iso};
use crate::generator::event::{Event, NULL_STEPS};
use crate::generator::text::{INITIATED_BY, Texts, push_json_string};
use crate::record::{PROVISIONING_TABLE, provisioning_columns};
use std::io::{self, Write};

/// The texts of the 28 columns of one event, in their order. `time` spells `TimeGenerated`.
fn fill_row(texts: &Texts, event: &Event, time: &str, row: &mut [String; 28]) {
    row.iter_mut().for_each(String::clear);
    row[0].push_str(&texts.world.workspace);
    row[1].push_str(&texts.world.tenant);
    row[2].push_str(time);
    row[3].push_str("Provisioning activity");
    row[4].push_str("1.0");
    row[5].push_str("ProvisioningLogs");
    row[6].push_str(texts.status(event));
    row[7].push_str(texts.code(event));
    row[8].push_str(&texts.reason(event));
    row[9].push_str(&event.duration.to_string());
    texts.push_change_id(&mut row[10], event);
    row[11].push_str(texts.action(event));
    texts.push_change_id(&mut row[12], event);
    texts.push_cycle_id(&mut row[13], event);
    texts.push_id(&mut row[14], event);
    row[15].push_str(INITIATED_BY);
    row[16].push_str(texts.job_id(event));
    texts.push_modified(&mut row[17], event);
    if !event.has(NULL_STEPS) {
        texts.push_steps(&mut row[18], event, false);
    }
    row[19].push_str(texts.service_principal(event));
    texts.push_source_identity(&mut row[20], event);
    row[21].push_str(texts.source_system(event));
    texts.push_status_info(&mut row[22], event);
    texts.push_target_identity(&mut row[23], event);
    row[24].push_str(texts.target_system(event));
    row[25].push_str(texts.lower_action(event));
    texts.push_provisioning_status_info(&mut row[26], event);
    row[27].push_str(PROVISIONING_TABLE);
}

/// An empty row.
fn empty_row() -> [String; 28] {
    std::array::from_fn(|_| String::new())
}

/// A CSV writer with the line ends of the exports.
fn csv_writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// Writes the Logs page's CSV: a byte order mark, American times to the millisecond.
pub(super) fn write_log_analytics(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    folder.write("la/AADProvisioningLogs.csv", |out| {
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut csv = csv_writer(out);
        csv.write_record(provisioning_columns().iter().map(|column| match column.name.as_str() {
            "TimeGenerated" => "TimeGenerated [UTC]",
            name => name,
        }))?;
        csv.flush()?;
        drop(csv);
        write_stretches(run, out, |_, events| {
            let mut text = Vec::new();
            let mut csv = csv_writer(&mut text);
            let mut row = empty_row();
            for event in events {
                fill_row(&texts, event, &american(event.time), &mut row);
                csv.write_record(&row)?;
            }
            csv.flush()?;
            drop(csv);
            Ok(text)
        })
    })
}

/// Rows whose text is made at once.
const STRETCH: usize = 2_048;

/// Writes the text of all events, made side by side; `make` is also told how many events come before. Gives the rows.
fn write_stretches(
    run: &Run,
    out: &mut dyn Write,
    make: impl Fn(usize, &[Event]) -> io::Result<Vec<u8>> + Sync,
) -> io::Result<u64> {
    let mut rows = 0;
    in_order(
        run.stretches(STRETCH).enumerate(),
        |(number, events)| Ok((events.len(), make(number * STRETCH, &events)?)),
        |(count, text)| {
            rows += count as u64;
            out.write_all(&text)
        },
    )?;
    Ok(rows)
}

/// Writes an answer of the Query API: one table of columns and rows.
pub(super) fn write_query_api(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    folder.write("query/AADProvisioningLogs.json", |out| {
        let mut text = String::from("{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[");
        for (place, column) in provisioning_columns().iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            text.push_str(&format!("{comma}{{\"name\":\"{}\",\"type\":\"{}\"}}", column.name, column.ty));
        }
        text.push_str("],\"rows\":[");
        out.write_all(text.as_bytes())?;
        let rows = write_stretches(run, out, |before, events| {
            let mut text = String::new();
            let mut row = empty_row();
            for (number, event) in (before..).zip(events) {
                fill_row(&texts, event, &iso(event.time), &mut row);
                text.push_str(if number > 0 { ",\n[" } else { "[" });
                for (place, cell) in row.iter().enumerate() {
                    if place > 0 {
                        text.push(',');
                    }
                    // DurationMs is the one number.
                    if place == 9 {
                        text.push_str(cell);
                    } else {
                        push_json_string(&mut text, cell);
                    }
                }
                text.push(']');
            }
            Ok(text.into_bytes())
        })?;
        out.write_all(b"]}]}")?;
        Ok(rows)
    })
}

/// Writes the output of az: a list of objects whose every value is a string.
pub(super) fn write_az_cli(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let columns = provisioning_columns();
    folder.write("az/AADProvisioningLogs.json", |out| {
        out.write_all(b"[")?;
        let rows = write_stretches(run, out, |before, events| {
            let mut text = String::new();
            let mut row = empty_row();
            for (number, event) in (before..).zip(events) {
                fill_row(&texts, event, &iso(event.time), &mut row);
                text.push_str(if number > 0 { ",\n  {\n" } else { "\n  {\n" });
                for (column, cell) in columns.iter().zip(&row) {
                    text.push_str(&format!("    \"{}\": ", column.name));
                    push_json_string(&mut text, cell);
                    text.push_str(",\n");
                }
                text.push_str("    \"TableName\": \"PrimaryResult\"\n  }");
            }
            Ok(text.into_bytes())
        })?;
        out.write_all(b"\n]\n")?;
        Ok(rows)
    })
}

const MAIN: [&str; 17] = [
    "Date",
    "Id",
    "Change ID",
    "Cycle ID",
    "Job ID",
    "Action",
    "Status",
    "Error code",
    "Status reason",
    "Identity source ID",
    "Identity source name",
    "Identity source type",
    "Identity target ID",
    "Identity target name",
    "Source system",
    "Target system",
    "Duration (ms)",
];

/// Writes the portal's three CSV files; the change id joins them.
pub(super) fn write_portal_csv(run: &Run, folder: &mut Folder) -> io::Result<()> {
    let texts = run.texts();
    let events = newest_first(run);
    let made = |push: &dyn Fn(&mut String)| {
        let mut out = String::new();
        push(&mut out);
        out
    };
    folder.write("portal/ProvisioningLogs.csv", |out| {
        let mut csv = csv_writer(out);
        csv.write_record(MAIN)?;
        for event in &events {
            let object = texts.object(event);
            csv.write_record([
                iso(event.time).as_str(),
                &made(&|out| texts.push_id(out, event)),
                &made(&|out| texts.push_change_id(out, event)),
                &made(&|out| texts.push_cycle_id(out, event)),
                texts.job_id(event),
                texts.action(event),
                texts.status(event),
                texts.code(event),
                &texts.reason(event),
                &object.source_id,
                texts.source_object_name(event),
                object.kind.source_type(),
                texts.target_object_id(event),
                texts.target_object_name(event),
                texts.source_name(event),
                texts.target_name(event),
                &event.duration.to_string(),
            ])?;
        }
        csv.flush()?;
        Ok(events.len() as u64)
    })?;
    folder.write("portal/ProvisioningLogs_ProvisioningSteps.csv", |out| {
        let mut csv = csv_writer(out);
        let mut rows = 0;
        csv.write_record(["Change ID", "Name", "Type", "Status", "Description"])?;
        for event in &events {
            let change = made(&|out| texts.push_change_id(out, event));
            for (name, kind, status, text) in texts.step_texts(event) {
                rows += 1;
                csv.write_record([&change, name, kind, status, &text])?;
            }
        }
        csv.flush()?;
        Ok(rows)
    })?;
    folder.write("portal/ProvisioningLogs_ModifiedProperties.csv", |out| {
        let mut csv = csv_writer(out);
        let mut rows = 0;
        csv.write_record(["Change ID", "Property", "Old value", "New value"])?;
        for event in &events {
            let change = made(&|out| texts.push_change_id(out, event));
            for (name, old, new) in texts.modified_texts(event) {
                rows += 1;
                csv.write_record([&change, name, old, &new])?;
            }
        }
        csv.flush()?;
        Ok(rows)
    })
}
