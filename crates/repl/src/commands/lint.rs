//! `calypso workbook lint`: what is wrong with a workbook, by reading it and by running it over the logs. In: its name or
//! file. Out: findings, each with place, reason and a way out; exit code 1 when something does not work.

use super::workbook::{load, page};
use crate::arguments::{Drawn, Lint, Shared};
use crate::failure::Failure;
use crate::{data, interrupt};
use calypso_view::text::visible;
use calypso_workbook::Page;
use calypso_workbook::lint::{Finding, Severity, findings};
use std::collections::BTreeSet;
use std::io::Write;

/// Ten years: longer than logs are kept.
const LONG: &str = "3650d";

/// Reads, runs and tells.
pub fn lint(shared: &Shared, wanted: &Lint) -> Result<(), Failure> {
    interrupt::listen(false);
    let workbook = load(&wanted.file, &wanted.templates)?;
    let mut found = findings(&workbook);
    let opened = data::engine(shared)?;
    super::query::told(&opened);
    let drawn = Drawn { name: wanted.file.clone(), templates: wanted.templates.clone(), ..Drawn::default() };
    let shown = page(shared, &opened, workbook.clone(), &drawn)?;
    let long = match workbook.time_range() {
        Some(name) if !empty(&shown).is_empty() => {
            let parameters = shared.parameters.iter().cloned().chain([format!("{name}={LONG}")]);
            let shared = Shared {
                parameters: parameters.collect(),
                last: None,
                from: None,
                to: None,
                ..shared.clone()
            };
            // A time range that refuses so long a time leaves the question open.
            page(&shared, &opened, workbook, &drawn).ok()
        }
        Some(_) | None => None,
    };
    found.extend(over_logs(&shown, long.as_ref()));
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

/// What only a run tells: panels that fail or are empty, and what the page says of the logs. The same page over a long
/// time tells whether an empty panel is so for its time alone.
fn over_logs(page: &Page, long: Option<&Page>) -> Vec<Finding> {
    let note = |notice: &String| finding("page", Severity::Note, notice, "", "");
    let mut found: Vec<Finding> = page.notices.iter().map(note).collect();
    let (empty, still) = (empty(page), long.map(empty));
    for (item, panel) in page.panels() {
        let title = [&panel.title, &item.name].into_iter().find(|text| !text.is_empty());
        let place = match title {
            Some(title) => format!("item {} ({title})", item.id),
            None => format!("item {}", item.id),
        };
        if let Err(why) = &panel.drawing {
            let way_out = "correct the query, or choose values";
            found.push(finding(&place, Severity::Fault, "has no answer over these logs", why, way_out));
        } else if empty.contains(&item.id) {
            let (why, way_out) = match &still {
                Some(still) if !still.contains(&item.id) => (
                    "the time chosen holds no row that meets its query; a longer time does",
                    "choose a longer time",
                ),
                Some(_) => (
                    "no row of these logs meets its query with the values as chosen, whatever the time",
                    "choose other values, or look whether the query asks for what the logs hold",
                ),
                None => ("no row meets its query with the values as chosen", "choose other values"),
            };
            found.push(finding(&place, Severity::Warning, "is empty over these logs", why, way_out));
        }
    }
    found
}

/// Ids of the panels that have an answer without rows.
fn empty(page: &Page) -> BTreeSet<String> {
    let panels = page.panels().into_iter();
    let empty = panels.filter(|(_, panel)| {
        panel.drawing.is_ok() && panel.answer.as_ref().is_some_and(|answer| answer.rows() == 0)
    });
    empty.map(|(item, _)| item.id.clone()).collect()
}

fn finding(place: &str, severity: Severity, what: &str, why: &str, way_out: &str) -> Finding {
    let [place, what, why, way_out] = [place, what, why, way_out].map(str::to_owned);
    Finding { place, severity, what, why, way_out }
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
