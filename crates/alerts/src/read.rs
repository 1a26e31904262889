//! Reads a file of rules, whatever its form. In: a text and the name of its file. Out: the rules that can be used, and what
//! there is to say of the file; a rule that cannot be used is among the findings, with its place and the reason.

use crate::rule::Rule;
use crate::text::{Broken, Node, Value, json, yaml};
use crate::{Finding, Place, azure, own, sentinel};

/// What a file holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    /// The rules that can be used.
    pub rules: Vec<Rule>,
    /// What there is to say, in the order of the file. A rule with an error is not among the rules.
    pub findings: Vec<Finding>,
}

/// Values for the parameters of templates: names and JSON values.
pub type Parameters = Vec<(String, serde_json::Value)>;

/// Reads a file; parameters of templates have their default values.
pub fn read(text: &str, file: &str) -> Reading {
    read_with(text, file, &Parameters::new())
}

/// Reads a file with values for a template's parameters.
pub fn read_with(text: &str, file: &str, parameters: &Parameters) -> Reading {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let mut reading = match ending.as_deref() {
        Some("json" | "jsonc") => json_file(text, file, parameters),
        Some("yaml" | "yml") => yaml_file(text, file, parameters),
        Some("kql" | "csl") => own::read(text, file),
        Some("bicep") => bicep(),
        Some(_) | None => by_content(text, file, parameters),
    };
    reading.findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
    reading
}

/// The name of a file without folders and ending.
pub(crate) fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { "rule".to_owned() } else { stem.to_owned() }
}

impl Reading {
    /// A file that is refused as a whole.
    pub(crate) fn refused(broken: Broken) -> Reading {
        Reading { rules: Vec::new(), findings: vec![broken.into()] }
    }

    /// Whether something of the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }

    /// Adds what else a file holds.
    pub(crate) fn add(&mut self, other: Reading) {
        self.rules.extend(other.rules);
        self.findings.extend(other.findings);
    }
}

fn by_content(text: &str, file: &str, parameters: &Parameters) -> Reading {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        json_file(text, file, parameters)
    } else if start.starts_with("//") {
        own::read(text, file)
    } else {
        yaml_file(text, file, parameters)
    }
}

/// Bicep is a language of its own; its compiler writes the JSON that is read here.
fn bicep() -> Reading {
    let what = "Bicep is not read as it is written";
    let finding = Finding::error("bicep", Place::default(), what);
    Reading {
        rules: Vec::new(),
        findings: vec![finding.help("compile it with `bicep build` and give the JSON")],
    }
}

fn json_file(text: &str, file: &str, parameters: &Parameters) -> Reading {
    match json(text) {
        Ok(node) => azure::read(&node, file, parameters),
        Err(broken) => Reading::refused(broken),
    }
}

fn yaml_file(text: &str, file: &str, parameters: &Parameters) -> Reading {
    let documents = match yaml(text) {
        Ok(documents) => documents,
        Err(broken) => return Reading::refused(broken),
    };
    let mut reading = Reading::default();
    let some: Vec<&Node> = documents.iter().filter(|node| node.value != Value::Null).collect();
    for (number, node) in some.iter().enumerate() {
        let name = match number {
            0 => stem(file),
            more => format!("{}-{}", stem(file), more + 1),
        };
        reading.add(match node.get("resources") {
            // A template may be written as YAML.
            Some(_) => azure::read(node, file, parameters),
            None => sentinel::read_yaml(node, &name, file),
        });
    }
    if some.is_empty() {
        reading.findings.push(Finding::error("empty", Place::default(), "the file holds no rule"));
    }
    reading
}
