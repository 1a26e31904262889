//! Generated logs and their manifest, made once.

use calypso_engine::{Engine, EngineOptions};
use calypso_library::{Answer, Value};
use calypso_logs::generator::{self, AttrBag, Options, Profile, generate, manifest};
use calypso_workbook::model::Workbook;
use calypso_workbook::page::{Page, PageBody, PagePanel, Picker};
use calypso_workbook::{LoadOptions, Now, PageOptions, Tabs};
use serde_json::Value as Json;
use std::sync::OnceLock;

/// The logs, and what is true of them.
pub struct Logs {
    /// The tables, opened.
    pub engine: Engine,
    /// The true answers.
    pub manifest: Json,
    /// The end of the run.
    pub now: i64,
}

/// Thirty days of a small tenant.
pub fn logs() -> &'static Logs {
    static LOGS: OnceLock<Logs> = OnceLock::new();
    LOGS.get_or_init(|| {
        let options = Options { attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) };
        let engine = Engine::new(EngineOptions::default()).unwrap();
        generator::tables(&options).into_iter().for_each(|table| engine.register(table));
        Logs { engine, manifest: manifest(&generate(&options)), now: options.now }
    })
}

/// The workbook as it is built in.
pub fn workbook() -> Workbook {
    Workbook::load("cloud-sync", &LoadOptions::default()).unwrap()
}

/// A page with those parameters, all its tabs made.
pub fn page(workbook: &Workbook, parameters: &[(&str, &str)]) -> Page {
    let logs = logs();
    let parameters = parameters.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    let options = PageOptions { parameters, tabs: Tabs::All, ..PageOptions::at(Now::At(logs.now)) };
    workbook.page(&logs.engine, &options).unwrap()
}

/// The panel of that name.
pub fn panel<'p>(page: &'p Page, name: &str) -> &'p PagePanel {
    let panels = page.panels();
    let found = panels.iter().find(|(item, _)| item.name == name);
    found.unwrap_or_else(|| panic!("no panel {name}")).1
}

/// The answer of a panel; of the only one when no name is given.
pub fn answer<'p>(page: &'p Page, name: Option<&str>) -> &'p Answer {
    let panel = match name {
        Some(name) => panel(page, name),
        None => page.panels()[0].1,
    };
    panel.answer.as_ref().unwrap_or_else(|| panic!("{}: {:?}", panel.title, panel.drawing))
}

/// The picker of that key.
pub fn picker<'p>(page: &'p Page, key: &str) -> &'p Picker {
    let pickers = page.items.iter().filter_map(|item| match &item.body {
        PageBody::Pickers(pickers) => Some(pickers),
        _ => None,
    });
    pickers.flatten().find(|picker| picker.key == key).unwrap_or_else(|| panic!("no picker {key}"))
}

/// The rows of an answer as values.
pub fn rows(answer: &Answer) -> Vec<Vec<Value>> {
    let rows = answer.batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(|row| {
            let cells = answer.columns.iter().zip(batch.columns());
            cells.map(|(column, array)| Value::from_array(column.ty, array, row)).collect()
        })
    });
    rows.collect()
}

/// A cell as the manifest writes it: numbers, arrays, and text for all else.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Long(number) => (*number).into(),
        Value::Int(number) => (*number).into(),
        Value::Dynamic(json) => json.clone(),
        other => other.text().into(),
    }
}

/// The rows of an answer as JSON, the columns in that order.
pub fn json_rows(answer: &Answer, columns: &[&str]) -> Vec<Vec<Json>> {
    let places: Vec<usize> = columns
        .iter()
        .map(|name| {
            let names: Vec<_> = answer.columns.iter().map(|column| column.name.as_str()).collect();
            names.iter().position(|column| column == name).unwrap_or_else(|| panic!("no {name} in {names:?}"))
        })
        .collect();
    rows(answer).iter().map(|row| places.iter().map(|place| json(&row[*place])).collect()).collect()
}

/// The objects of a manifest list as rows of JSON; an empty name is `Unknown`, as the panels show it.
pub fn expected(list: &Json, keys: &[&str]) -> Vec<Vec<Json>> {
    let list = list.as_array().unwrap();
    named(list.iter().map(|object| keys.iter().map(|key| object[*key].clone()).collect()).collect())
}

/// The same rows, empty texts being `Unknown`.
pub fn named(mut rows: Vec<Vec<Json>>) -> Vec<Vec<Json>> {
    rows.iter_mut().flatten().filter(|value| **value == "").for_each(|value| *value = "Unknown".into());
    rows
}

/// The same rows in one order.
pub fn sorted(mut rows: Vec<Vec<Json>>) -> Vec<Vec<Json>> {
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}
