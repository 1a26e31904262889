//! `calypso workbook lint`: what is wrong with a workbook, by reading it and by running it over the logs. In: its name or
//! file. Out: findings, each with place, reason and a way out; exit code 1 when something does not work.

use super::workbook::{load, page};
use crate::arguments::{Drawn, Lint, Shared};
use crate::failure::Failure;
use crate::{data, interrupt};
use calypso_view::text::visible;
use calypso_workbook::Page;
use calypso_workbook::lint::{Finding, Severity, findings};
use std::io::Write;

/// Reads, runs and tells.
pub fn lint(shared: &Shared, wanted: &Lint) -> Result<(), Failure> {
    interrupt::listen(false);
    let workbook = load(&wanted.file, &wanted.templates)?;
    let mut found = findings(&workbook);
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    let drawn = Drawn { name: wanted.file.clone(), templates: wanted.templates.clone(), ..Drawn::default() };
    found.extend(over_logs(&page(shared, &opened, workbook, &drawn)?));
    let mut out = std::io::stdout().lock();
    if shared.format == "json" {
        let list = found.iter().map(json).collect();
        writeln!(out, "{}", calypso_view::json_text(&serde_json::Value::Array(list)))?;
    } else {
        for one in &found {
            for line in lines(one) {
                writeln!(out, "{}", visible(&line, true))?;
            }
        }
        writeln!(out, "{}", sum(&found))?;
    }
    match found.iter().filter(|one| one.severity == Severity::Fault).count() {
        0 => Ok(()),
        1 => Err(Failure::Found("one fault".to_owned())),
        faults => Err(Failure::Found(format!("{faults} faults"))),
    }
}

/// What only a run tells: panels that fail or are empty, and what the page says of the logs.
fn over_logs(page: &Page) -> Vec<Finding> {
    let mut found = Vec::new();
    for notice in &page.notices {
        found.push(Finding {
            place: "page".to_owned(),
            severity: Severity::Note,
            what: notice.clone(),
            why: String::new(),
            way_out: String::new(),
        });
    }
    for (item, panel) in page.panels() {
        let title = [&panel.title, &item.name].into_iter().find(|text| !text.is_empty());
        let place = match title {
            Some(title) => format!("item {} ({title})", item.id),
            None => format!("item {}", item.id),
        };
        let (severity, what, why, way_out) = match (&panel.drawing, &panel.answer) {
            (Err(why), _) => (
                Severity::Fault,
                "has no answer over these logs",
                why.clone(),
                "correct the query or choose values",
            ),
            (Ok(_), Some(answer)) if answer.rows() == 0 => (
                Severity::Warning,
                "is empty over these logs",
                empty(panel),
                "choose a longer time or other values",
            ),
            (Ok(_), _) => continue,
        };
        found.push(Finding { place, severity, what: what.to_owned(), why, way_out: way_out.to_owned() });
    }
    found
}

/// Why a panel may be empty, as far as the page knows.
fn empty(panel: &calypso_workbook::page_model::PagePanel) -> String {
    let first = "no row meets its query with the values as chosen".to_owned();
    std::iter::once(first).chain(panel.notes.iter().cloned()).collect::<Vec<_>>().join("; ")
}

fn lines(finding: &Finding) -> Vec<String> {
    let mut lines = vec![format!("{}: {}: {}", finding.severity.name(), finding.place, finding.what)];
    lines.extend(Some(&finding.why).filter(|why| !why.is_empty()).map(|why| format!("  {why}")));
    let way_out = Some(&finding.way_out).filter(|way| !way.is_empty());
    lines.extend(way_out.map(|way| format!("  way out: {way}")));
    lines
}

fn sum(found: &[Finding]) -> String {
    let count = |severity| found.iter().filter(|one| one.severity == severity).count();
    let (faults, warnings, notes) = (count(Severity::Fault), count(Severity::Warning), count(Severity::Note));
    format!("faults: {faults}, warnings: {warnings}, notes: {notes}")
}

fn json(finding: &Finding) -> serde_json::Value {
    serde_json::json!({
        "severity": finding.severity.name(),
        "place": finding.place,
        "what": finding.what,
        "why": finding.why,
        "way_out": finding.way_out,
    })
}
