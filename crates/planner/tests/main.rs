//! The binder against what the official binder says of the documentation's examples: result columns and types. Skips,
//! saying so, where the reference files are not there.

use calypso_library::{Answer, Column, Type};
use calypso_planner::catalog::Catalog;
use calypso_planner::plan::Plan;
use calypso_planner::{BindOptions, bind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Examples whose names or types the official binder tells otherwise than the engine it stands for, or than its own
/// documentation; `docs/conformance.md` says why.
const OURS_BY_RIGHT: &[&str] = &[
    "query/all-graph-function#2",
    "query/any-graph-function#2",
    "query/ceiling-function#1",
    "query/covariance-aggregation-function#1",
    "query/covariancep-aggregation-function#1",
    "query/covariancepif-aggregation-function#1",
    "query/mv-expand-operator#6",
    "query/union-operator#7",
];

/// Examples that may be refused; lower it when there are fewer.
const REFUSED: usize = 1;

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

fn reference(path: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    std::fs::read_to_string(path).ok()
}

fn schemas(text: &str) -> Schemas {
    let json: Value = serde_json::from_str(text).expect("the schema is JSON");
    let tables = json.get("tables").unwrap_or(&json);
    let mut found = BTreeMap::new();
    for (name, columns) in tables.as_object().expect("tables by name") {
        let mut list = Vec::new();
        for column in columns.as_array().into_iter().flatten() {
            let (name, ty) = match column {
                Value::Array(pair) => (pair[0].as_str(), pair[1].as_str()),
                other => (other["name"].as_str(), other["type"].as_str()),
            };
            let ty = ty.and_then(Type::from_name).unwrap_or(Type::Dynamic);
            list.push(Column::new(name.unwrap_or(""), ty));
        }
        found.insert(name.clone(), list);
    }
    Schemas(found)
}

#[test]
fn documentation_examples_bind_as_officially() {
    let (Some(cases), Some(schema)) =
        (reference("conformance/open_cases.jsonl"), reference("oracle/schema.json"))
    else {
        println!("skipped: the reference files are not here");
        return;
    };
    let catalog = schemas(&schema);
    let (mut equal, mut refused, mut different) = (0, 0, 0);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if case["area"] == "geo" || case["oracle_open"] == true {
            continue;
        }
        let text = case["query"].as_str().expect("a case has a query");
        let parsed = calypso_parser::parse(text);
        let (bound, diagnostics) = bind(&parsed.query, &catalog, &BindOptions::default());
        let Some(answer) = bound.and_then(|bound| bound.answers.into_iter().next_back()) else {
            refused += 1;
            let messages: Vec<_> =
                parsed.diagnostics.iter().chain(&diagnostics).map(|d| d.message.as_str()).collect();
            println!("refused {}: {}", case["id"], messages.join("; "));
            continue;
        };
        let ours: Vec<(String, String)> =
            answer.plan.columns.iter().map(|c| (c.name.clone(), c.ty.name().to_owned())).collect();
        let theirs: Vec<(String, String)> = case["oracle_columns"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| {
                (c["name"].as_str().unwrap_or("").to_owned(), c["type"].as_str().unwrap_or("").to_owned())
            })
            .collect();
        if ours == theirs {
            equal += 1;
        } else {
            different += usize::from(!case["id"].as_str().is_some_and(|id| OURS_BY_RIGHT.contains(&id)));
            println!("differs {}\n   ours {ours:?}\n theirs {theirs:?}", case["id"]);
        }
    }
    println!("equal {equal}, different {different}, refused {refused}");
    assert!(different == 0, "names or types differ in {different} of {}", equal + different);
    assert!(refused <= REFUSED, "{refused} examples are refused, and were {REFUSED}");
}
