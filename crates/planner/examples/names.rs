//! JSON lines `{"id", "query"}` in; JSON lines `{"id", "ok", "columns", "diagnostics"}` out: how each query binds over
//! the tables of the schema file given as argument, `{"tables": {"T": [["column", "type"]]}}`.

use calypso_library::{Answer, Column, Type};
use calypso_planner::catalog::Catalog;
use calypso_planner::plan::Plan;
use calypso_planner::{BindOptions, bind};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

/// Tables with columns and no rows.
struct Schemas(BTreeMap<String, Vec<Column>>);

impl Catalog for Schemas {
    fn table(&self, name: &str) -> Option<Vec<Column>> {
        self.0.get(name).cloned()
    }
    fn tables(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
    fn now(&self) -> i64 {
        639_000_000_000_000_000
    }
    fn function(&self, _: &str) -> Option<String> {
        None
    }
    fn run(&self, _: &Plan) -> Result<Answer, String> {
        Err("no rows here".to_owned())
    }
}

fn schemas(text: &str) -> Schemas {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let tables = json.get("tables").unwrap_or(&json).as_object().cloned().unwrap_or_default();
    let column = |pair: &Value| {
        let ty = pair[1].as_str().and_then(Type::from_name).unwrap_or(Type::Dynamic);
        Column::new(pair[0].as_str().unwrap_or(""), ty)
    };
    let columns = |list: &Value| list.as_array().into_iter().flatten().map(column).collect();
    Schemas(tables.iter().map(|(name, list)| (name.clone(), columns(list))).collect())
}

fn main() -> std::io::Result<()> {
    let catalog = match std::env::args().nth(1) {
        Some(path) => schemas(&std::fs::read_to_string(path)?),
        None => Schemas(BTreeMap::new()),
    };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(case) = serde_json::from_str::<Value>(&line?) else { continue };
        let parsed = calypso_parser::parse(case["query"].as_str().unwrap_or(""));
        let bind = || bind(&parsed.query, &catalog, &BindOptions::default());
        let Ok((bound, mut diagnostics)) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(bind))
        else {
            writeln!(out, "{}", json!({"id": case["id"], "panic": true, "diagnostics": []}))?;
            continue;
        };
        diagnostics.extend(parsed.diagnostics.iter().cloned());
        let found: Vec<Value> = diagnostics
            .iter()
            .map(|found| {
                json!({
                    "code": found.code, "message": found.message, "help": found.help,
                    "start": found.span.start, "length": found.span.len(),
                })
            })
            .collect();
        let columns: Option<Vec<Value>> =
            bound.as_ref().and_then(|bound| bound.answers.last()).map(|answer| {
                let column = |c: &calypso_planner::plan::PlanColumn| json!([c.name, c.ty.name()]);
                answer.plan.columns.iter().map(column).collect()
            });
        let ok = parsed.is_ok() && bound.is_some();
        writeln!(out, "{}", json!({"id": case["id"], "ok": ok, "columns": columns, "diagnostics": found}))?;
    }
    Ok(())
}
