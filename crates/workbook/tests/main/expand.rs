//! Reads the public workbooks' files and expands the parameters in their queries as the portal does: `{P}` is the
//! value in its quotes, `{T}` of a time range `> ago(…)`, `{T:start}` a `datetime(…)`.

use crate::logs::{logs, rows};
use calypso_engine::RunOptions;
use calypso_library::{Answer, format::datetime_text};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;

/// Values that are set instead of the defaults, as expanded text; and the length of every time range.
#[derive(Default)]
pub struct Scope {
    window: Option<i64>,
    set: BTreeMap<String, String>,
}

impl Scope {
    /// A window such as `48h`, and values.
    pub fn with(window: &str, set: &[(&str, &str)]) -> Scope {
        let (number, unit) = window.split_at(window.len() - 1);
        let hours = number.parse::<i64>().unwrap() * if unit == "d" { 24 } else { 1 };
        let set = set.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        Scope { window: Some(hours * 3_600_000), set }
    }
}

/// A query with everything expanded.
pub struct Query {
    /// The file's name without its end.
    pub workbook: String,
    /// The item's or the parameter's name.
    pub name: String,
    text: String,
    /// The milliseconds that the portal asks for.
    timespan: Option<i64>,
}

impl Query {
    /// The answer, or which query failed and why.
    pub fn run(&self) -> Result<Answer, String> {
        let logs = logs();
        let now = logs.now;
        let options = RunOptions {
            now: Some(now),
            time_range: self.timespan.map(|length| (now - length * 10_000 + 1, now + 1)),
            ..RunOptions::default()
        };
        let answers = logs.engine.run_with(&self.text, &options);
        let answers = answers.map_err(|error| format!("{}, {}: {error}", self.workbook, self.name))?;
        answers.into_iter().next_back().ok_or_else(|| format!("{}, {}: no answer", self.workbook, self.name))
    }
}

/// Every query of the five workbooks; nothing when the files are not at hand.
pub fn queries(scope: &Scope) -> Option<Vec<Query>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/workbooks");
    if !folder.is_dir() {
        println!("skipped: the public workbooks are not at hand");
        return None;
    }
    let mut found = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "workbook")) {
        let text = std::fs::read_to_string(path).unwrap();
        let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let workbook = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut reader = Reader { scope, workbook, values: BTreeMap::new(), found: Vec::new() };
        // A value that a row picked in another panel sets has its default before any is picked.
        exported(&json["items"], &mut reader.values);
        reader.items(&json["items"]);
        found.append(&mut reader.found);
    }
    Some(found)
}

fn exported(items: &Json, values: &mut BTreeMap<String, Given>) {
    for item in items.as_array().into_iter().flatten() {
        let content = &item["content"];
        if let (Some(name), Some(text)) =
            (content["exportParameterName"].as_str(), content["exportDefaultValue"].as_str())
        {
            values.insert(name.to_owned(), Given::Text(text.to_owned()));
        }
        exported(&content["items"], values);
    }
}

/// What a parameter holds.
#[derive(Clone)]
enum Given {
    Text(String),
    /// Milliseconds.
    Time(i64),
}

struct Reader<'a> {
    scope: &'a Scope,
    workbook: String,
    values: BTreeMap<String, Given>,
    found: Vec<Query>,
}

impl Reader<'_> {
    fn items(&mut self, items: &Json) {
        for item in items.as_array().into_iter().flatten() {
            let content = &item["content"];
            match item["type"].as_u64() {
                Some(3) => {
                    let name = item["name"].as_str().unwrap_or_default().to_owned();
                    self.query(name, content);
                }
                Some(9) => {
                    for parameter in content["parameters"].as_array().into_iter().flatten() {
                        self.parameter(parameter);
                    }
                }
                Some(12) => self.items(&content["items"]),
                _ => {}
            }
        }
    }

    fn query(&mut self, name: String, content: &Json) {
        let text = self.expand(content["query"].as_str().unwrap());
        let range = content["timeContextFromParameter"].as_str().and_then(|name| self.values.get(name));
        let timespan = match range {
            Some(Given::Time(length)) => Some(*length),
            _ => None,
        };
        self.found.push(Query { workbook: self.workbook.clone(), name, text, timespan });
    }

    fn parameter(&mut self, parameter: &Json) {
        let name = parameter["name"].as_str().unwrap().to_owned();
        if parameter["query"].as_str().is_some_and(|text| !text.is_empty()) {
            self.query(name.clone(), parameter);
        }
        let value = match parameter["type"].as_u64() {
            Some(4) => Given::Time(self.scope.window.unwrap_or_else(|| {
                parameter["value"]["durationMs"].as_i64().expect("every range has a length")
            })),
            _ => Given::Text(match self.scope.set.get(&name) {
                Some(text) => text.clone(),
                None => self.default(&name, parameter),
            }),
        };
        self.values.insert(name, value);
    }

    /// The text of a parameter as it is shipped.
    fn default(&self, name: &str, parameter: &Json) -> String {
        // These two name something private to the workbook's author.
        let present = &logs().manifest["present"]["user"];
        if let Some(text) = present[name].as_str() {
            return text.to_owned();
        }
        let quote = parameter["quote"].as_str().unwrap_or_default();
        let chosen = match (&parameter["value"], &parameter["defaultValue"]) {
            (Json::Null, Json::Null) => return String::new(),
            (Json::Null, default) => default.clone(),
            (value, _) => value.clone(),
        };
        let chosen: Vec<String> = match &chosen {
            Json::Array(items) => items.iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
            other => vec![other.as_str().unwrap().to_owned()],
        };
        let values = match (chosen.as_slice(), parameter["typeSettings"]["selectAllValue"].as_str()) {
            ([all], Some(text)) if all == "value::all" => vec![text.to_owned()],
            ([all], None) if all == "value::all" => {
                let answer = self.found.last().unwrap().run().unwrap_or_else(|why| panic!("{why}"));
                rows(&answer).iter().map(|row| row[0].text()).collect()
            }
            _ => chosen,
        };
        let quoted: Vec<String> = values.iter().map(|value| format!("{quote}{value}{quote}")).collect();
        quoted.join(",")
    }

    /// The text with its parameters in place; braces around no known name stay as they are.
    fn expand(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let expanded = rest.find('}').and_then(|end| Some((end, self.value(&rest[1..end])?)));
            match expanded {
                Some((end, value)) => {
                    out.push_str(&value);
                    rest = &rest[end + 1..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out + rest
    }

    fn value(&self, inside: &str) -> Option<String> {
        let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
        let now = logs().now;
        Some(match (self.values.get(name)?, format) {
            (Given::Time(length), "start") => format!("datetime({})", datetime_text(now - length * 10_000)),
            (Given::Time(_), "end") => format!("datetime({})", datetime_text(now)),
            (Given::Time(length), "grain") => grain(*length),
            (Given::Time(length), _) => format!("> ago({}h)", length / 3_600_000),
            (Given::Text(text), _) => text.clone(),
        })
    }
}

/// Of the usual steps the one nearest to a 48th of the length.
fn grain(length: i64) -> String {
    let steps = [1, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440];
    let minutes = steps.into_iter().min_by_key(|step| (step * 60_000 - length / 48).abs());
    format!("{}m", minutes.unwrap_or(1))
}
