//! JSON lines `{"id", "query"}` in; JSON lines `{"id", "ok", "same", "diagnostics", "printed"}` out: whether each
//! query parses, and whether its canonical text parses to the same tree.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(case) = serde_json::from_str::<serde_json::Value>(&line?) else { continue };
        let text = case["query"].as_str().unwrap_or("");
        let parsed = calypso_parser::parse(text);
        let printed = calypso_parser::print(&parsed.query);
        let again = calypso_parser::parse(&printed);
        let diagnostics: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|found| {
                serde_json::json!({
                    "code": found.code, "message": found.message, "help": found.help,
                    "start": found.span.start, "length": found.span.len(),
                })
            })
            .collect();
        let answer = serde_json::json!({
            "id": case["id"], "ok": parsed.is_ok(), "same": again.is_ok() && again.query == parsed.query,
            "diagnostics": diagnostics, "printed": printed,
        });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
