//! Case pages, `tests/cases/**/*.md`: a `kql` block is a query, the table or `error` block after it what it must give.
//! `CALYPSO_UPDATE=1` fills in what it gives. A header cell reads `name:type`; rows are compared in order.

use crate::markdown::{self, Piece};
use calypso_engine::{Engine, EngineOptions, Optimizations, QueryError};
use calypso_library::{Answer, Value};

/// 2026-11-01 in ticks: what `now()` gives on every page.
pub const NOW: i64 = 639_290_880_000_000_000;

/// An engine without tables.
pub fn engine() -> Engine {
    engine_with(Optimizations::default())
}

fn engine_with(optimizations: Optimizations) -> Engine {
    let options = EngineOptions { now: Some(NOW), optimizations, ..EngineOptions::default() };
    Engine::new(options).expect("an engine starts")
}

#[test]
fn pages_show_what_the_engine_does() {
    compare(Optimizations::default(), crate::updating());
}

#[test]
fn pages_show_the_same_without_optimizations() {
    if !crate::updating() {
        compare(Optimizations::none(), false);
    }
}

/// Runs every page and compares, or fills in.
fn compare(optimizations: Optimizations, updating: bool) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in crate::files(&crate::root().join("tests/cases"), &["md"]) {
        // Commands of a page change tables for the rest of the page only.
        let engine = engine_with(optimizations);
        let text = std::fs::read_to_string(&path).expect("a page can be read");
        let mut pieces = markdown::read(&text);
        let mut heading = String::new();
        let mut index = 0;
        while index < pieces.len() {
            match pieces[index].clone() {
                Piece::Heading(title, _) => heading = title,
                Piece::Block(word, query) if word == "kql" => {
                    count += 1;
                    let given = outcome(&engine, &query);
                    let at = (index + 1..pieces.len())
                        .take_while(|i| !matches!(&pieces[*i], Piece::Heading(..)))
                        .find(|i| !matches!(&pieces[*i], Piece::Prose(_)))
                        .filter(|i| is_expectation(&pieces[*i]));
                    match at {
                        Some(at) if pieces[at] == given => {}
                        Some(at) if updating => pieces[at] = given,
                        Some(at) => wrong.push(format!(
                            "{} # {heading}\nexpected:\n{}given:\n{}",
                            path.display(),
                            markdown::write(&pieces[at..=at]),
                            markdown::write(&[given])
                        )),
                        None if updating => {
                            pieces.insert(index + 1, Piece::Prose(String::new()));
                            pieces.insert(index + 2, given);
                        }
                        None => wrong.push(format!("{} # {heading}: expects nothing", path.display())),
                    }
                }
                _ => {}
            }
            index += 1;
        }
        if updating {
            std::fs::write(&path, markdown::write(&pieces)).expect("a page can be written");
        }
    }
    assert!(count > 0, "there are pages");
    assert!(wrong.is_empty(), "{} of {count} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn is_expectation(piece: &Piece) -> bool {
    match piece {
        Piece::Table(_) => true,
        Piece::Block(word, _) => word == "error",
        Piece::Heading(..) | Piece::Prose(_) => false,
    }
}

/// What a query gives, as a piece of a page.
fn outcome(engine: &Engine, query: &str) -> Piece {
    match engine.run(query) {
        Ok(answers) => Piece::Table(answers.last().map_or_else(String::new, table)),
        Err(QueryError::Diagnostics(found)) => {
            let mut text = String::new();
            for one in found {
                let code = one.code.map_or_else(String::new, |code| format!("{code} "));
                text.push_str(&format!("{code}{}..{}: {}\n", one.span.start, one.span.end, one.message));
                if let Some(help) = one.help {
                    text.push_str(&format!("  help: {help}\n"));
                }
            }
            Piece::Block("error".to_owned(), text)
        }
        Err(other) => Piece::Block("error".to_owned(), format!("{other}\n")),
    }
}

/// The rows of an answer as texts.
pub fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            rows.push(cells.map(|(column, array)| cell(&Value::from_array(column.ty, array, row))).collect());
        }
    }
    rows
}

/// A null shows as `null`, an empty string as nothing.
fn cell(value: &Value) -> String {
    if value.is_null() { "null".to_owned() } else { value.text() }
}

fn table(answer: &Answer) -> String {
    let header: Vec<String> = answer.columns.iter().map(|c| format!("{}:{}", c.name, c.ty)).collect();
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|c| c.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n").replace('\r', "\\r"))
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = line(&header);
    text.push_str(&format!("|{}\n", "---|".repeat(header.len())));
    for row in rows(answer) {
        text.push_str(&line(&row));
    }
    text
}
