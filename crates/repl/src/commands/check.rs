//! `calypso check`: what is wrong with query files, without running them. Tables are those of `--data`, or the log tables.

use crate::arguments::Shared;
use crate::failure::Failure;
use crate::known::Known;
use crate::{data, draw, saved};
use calypso_engine::QueryError;
use calypso_parser::{Diagnostic, Severity};
use calypso_planner::BindOptions;
use std::io::Write;

/// Checks each file; all findings are shown, and any error fails the run.
pub fn files(shared: &Shared, names: &[String]) -> Result<(), Failure> {
    let found = names.iter().map(|name| saved::find(name)).collect::<Result<Vec<_>, _>>()?;
    let opened = data::engine(shared)?;
    let options =
        BindOptions { parameters: data::run_options(shared, &opened)?.parameters, values_later: true };
    let known = Known::new(&opened.engine, opened.now.unwrap_or_else(data::clock));
    let mut failed = 0;
    for saved in &found {
        let findings = findings(&saved.text, &known, &options);
        let errors = findings.iter().filter(|one| one.severity == Severity::Error).count();
        failed += usize::from(errors > 0);
        let mut err = std::io::stderr().lock();
        if shared.format == "json" {
            for one in findings {
                let mut reply = draw::error_json(&QueryError::Diagnostics(vec![one]));
                reply["file"] = saved.origin.clone().into();
                writeln!(err, "{}", calypso_view::json_text(&reply))?;
            }
            continue;
        }
        for one in &findings {
            write!(err, "{}", draw::diagnostic(&saved.text, &saved.origin, one, &shared.color))?;
        }
    }
    match failed {
        0 => Ok(()),
        _ => Err(Failure::Found(format!("{failed} of {} files have errors", found.len()))),
    }
}

fn findings(text: &str, known: &Known, options: &BindOptions) -> Vec<Diagnostic> {
    let parsed = calypso_parser::parse(text);
    let ok = parsed.is_ok();
    let mut all = parsed.diagnostics;
    if ok {
        all.extend(calypso_planner::bind(&parsed.query, known, options).1);
    }
    all
}
