//! Small workbooks, one for each thing a file can say, and files with something wrong at any place.

mod changes;
mod items;
mod panels;

use super::{Templates, read};
use crate::model::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Templates by the last part of their path.
#[derive(Default)]
pub struct Known(pub BTreeMap<&'static str, String>);

impl Templates for Known {
    fn find(&self, template: &str) -> Option<(String, String)> {
        let last = template.rsplit('/').next()?;
        Some((self.0.get(last)?.clone(), format!("{last}.workbook")))
    }
}

pub fn book(items: Json) -> Json {
    json!({"version": "Notebook/1.0", "items": items})
}

pub fn of(json: &Json) -> Workbook {
    read(&json.to_string(), "test", &Known::default()).unwrap()
}

pub fn only(content: Json) -> (Content, Vec<String>) {
    let mut workbook = of(&book(json!([content])));
    (workbook.items.remove(0).content, workbook.notes)
}

pub fn panel_of(content: Json) -> (Panel, Vec<String>) {
    match only(json!({"type": 3, "content": content, "name": "p"})) {
        (Content::Panel(panel), notes) => (*panel, notes),
        (other, _) => panic!("{other:?}"),
    }
}

pub fn parameter_of(parameter: Json) -> Parameter {
    match only(json!({"type": 9, "content": {"parameters": [parameter]}})).0 {
        Content::Parameters(mut step) => step.parameters.remove(0),
        other => panic!("{other:?}"),
    }
}
