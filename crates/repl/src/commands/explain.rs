//! `calypso explain`: what becomes of a query at each stage of its way.

use crate::arguments::{Shared, Stage};
use crate::data;
use crate::failure::Failure;
use crate::known::Known;
use calypso_engine::QueryError;
use calypso_parser::Severity;
use calypso_planner::{BindOptions, outline};
use std::io::Write;

/// Shows a query at a stage.
pub fn explain(shared: &Shared, stage: Stage, text: &str) -> Result<(), Failure> {
    let text = if text == "-" { super::query::input()? } else { text.to_owned() };
    let refused = |error| Failure::Query { text: text.clone(), origin: String::new(), error };
    let mut out = std::io::stdout().lock();
    match stage {
        Stage::Tokens => {
            for token in calypso_parser::tokens(&text) {
                let span = token.span;
                writeln!(out, "{:>4}..{:<4} {:?} {:?}", span.start, span.end, token.class, span.text(&text))?;
            }
        }
        Stage::Ast => {
            let parsed = calypso_parser::parse(&text);
            writeln!(out, "{:#?}", parsed.query)?;
            if !parsed.is_ok() {
                return Err(refused(QueryError::Diagnostics(parsed.diagnostics)));
            }
        }
        Stage::Plan => {
            let opened = data::engine(shared)?;
            let options = BindOptions {
                parameters: data::run_options(shared, &opened)?.parameters,
                ..BindOptions::default()
            };
            let known = Known::new(&opened.engine, opened.now.unwrap_or_else(data::clock));
            let parsed = calypso_parser::parse(&text);
            if !parsed.is_ok() {
                return Err(refused(QueryError::Diagnostics(parsed.diagnostics)));
            }
            match calypso_planner::bind(&parsed.query, &known, &options) {
                (Some(bound), found) if found.iter().all(|one| one.severity != Severity::Error) => {
                    for answer in bound.answers {
                        let text = outline::outline(&answer.plan);
                        out.write_all(lines(&text).as_bytes())?;
                    }
                }
                (_, found) => return Err(refused(QueryError::Diagnostics(found))),
            }
        }
        Stage::Physical => {
            let opened = data::engine(shared)?;
            for text in opened.engine.explain(&text).map_err(refused)? {
                out.write_all(lines(&text).as_bytes())?;
            }
        }
    }
    Ok(())
}

/// The text with its line feeds, and no other control character of the query's literals.
fn lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", calypso_view::text::visible(line, true))).collect()
}
