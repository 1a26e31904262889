//! `calypso batch`: one JSON object a line in, `{"id", "query"}`; one a line out, `{"id", "columns", "rows"}` or
//! `{"id", "error"}`. A query that fails does not end the run.

use crate::arguments::Shared;
use crate::data;
use crate::draw;
use crate::failure::Failure;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Answers every line of standard input.
pub fn batch(shared: &Shared) -> Result<(), Failure> {
    let opened = data::engine(shared)?;
    let options = data::run_options(shared, &opened)?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| Failure::Data(format!("standard input: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let reply = match serde_json::from_str::<Value>(&line) {
            Ok(request) => answer(&opened.engine, &options, &request),
            Err(error) => {
                json!({ "id": null, "error": { "code": "", "message": format!("the line is no JSON: {error}") } })
            }
        };
        writeln!(out, "{}", calypso_view::json_text(&reply))?;
        out.flush()?;
    }
    Ok(())
}

/// The last answer of the query, as scripts want one table per request.
fn answer(engine: &calypso_engine::Engine, options: &calypso_engine::RunOptions, request: &Value) -> Value {
    let id = request.get("id").cloned().unwrap_or(Value::Null);
    let Some(query) = request.get("query").and_then(Value::as_str) else {
        return json!({ "id": id, "error": { "code": "", "message": "the line has no `query`" } });
    };
    match engine.run_with(query, options) {
        Ok(answers) => match answers.last() {
            Some(answer) => {
                let mut reply = json!({ "id": id });
                if let (Value::Object(reply), Value::Object(table)) =
                    (&mut reply, calypso_view::batch_json(answer))
                {
                    reply.extend(table);
                }
                reply
            }
            None => json!({ "id": id, "columns": [], "rows": [] }),
        },
        Err(error) => json!({ "id": id, "error": draw::error_json(&error) }),
    }
}
