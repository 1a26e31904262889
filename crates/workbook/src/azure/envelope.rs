//! Finds the workbook in a file: the workbook itself, a template for Azure Resource Manager that deploys it (its JSON a
//! text in `serializedData` or an object in `templateData`), or a package of several. Out: the JSON of the workbook and
//! the name that is written around it. Only a text that is no JSON, or holds no workbook, is an error.

use super::expression::Template;
use super::loose;
use crate::error::DashboardError;
use serde_json::Value as Json;

/// Levels of objects around a workbook that are looked into.
const DEEPEST: usize = 24;

/// A workbook out of its envelope.
pub struct Found {
    /// The object with the `items`.
    pub workbook: Json,
    /// The name written around it.
    pub title: Option<String>,
    /// What the reader of the file should know.
    pub notes: Vec<String>,
}

/// Opens a file.
pub fn open(text: &str, name: &str) -> Result<Found, DashboardError> {
    let json = parse(text.trim_start_matches('\u{feff}'), name)?;
    let template = Template::new(&json);
    let mut search = Search { template: &template, found: Vec::new(), unread: None };
    search.look(&json, 0, None);
    let mut found = search.found.into_iter();
    let Some((workbook, title)) = found.next() else {
        return Err(nothing(name, search.unread));
    };
    let mut notes = template.notes();
    let others: Vec<String> =
        found.map(|(_, title)| title.unwrap_or_else(|| "without a name".into())).collect();
    if !others.is_empty() {
        let (count, names) = (others.len() + 1, others.join("; "));
        notes.push(format!("the file holds {count} workbooks; the first is shown, not: {names}"));
    }
    Ok(Found { workbook, title, notes })
}

fn nothing(name: &str, unread: Option<String>) -> DashboardError {
    match unread {
        Some(why) => DashboardError::new(format!("{name}: the workbook's text cannot be read: {why}"))
            .with_help("open the workbook in the portal, choose Advanced Editor, and save what it shows under Gallery Template"),
        None => DashboardError::new(format!(
            "{name}: line 1, column 1: this is JSON, but no workbook: it has neither `items` nor a resource of type microsoft.insights/workbooks"
        ))
        .with_help("save what the portal's Advanced Editor shows under Gallery Template or ARM Template"),
    }
}

fn parse(text: &str, name: &str) -> Result<Json, DashboardError> {
    let help = "save what the portal's Advanced Editor shows under Gallery Template or ARM Template";
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line().max(1), error.column().max(1));
        let error = error.to_string();
        let what = error.rsplit_once(" at line ").map_or(error.as_str(), |(what, _)| what);
        DashboardError::new(format!("{name}: line {line}, column {column}: not JSON: {what}")).with_help(help)
    })
}

struct Search<'a> {
    template: &'a Template<'a>,
    found: Vec<(Json, Option<String>)>,
    /// Why a text that should be a workbook is none.
    unread: Option<String>,
}

impl Search<'_> {
    /// Looks into a value; `around` is the name of the object it was found in.
    fn look(&mut self, json: &Json, depth: usize, around: Option<&str>) {
        if depth > DEEPEST {
            return;
        }
        match json {
            Json::Object(_) if is_workbook(json) => {
                self.found.push((json.clone(), name(json).or_else(|| around.map(str::to_owned))));
            }
            Json::Object(fields) => {
                if self.deployed(json, depth) {
                    return;
                }
                let own = name(json);
                let around = own.as_deref();
                // What a template deploys goes before what it has in its variables.
                let (first, rest): (Vec<_>, Vec<_>) = fields.iter().partition(|(key, _)| *key == "resources");
                for (_, value) in first {
                    self.look(value, depth + 1, around);
                }
                if self.found.is_empty() || !fields.contains_key("resources") {
                    rest.into_iter().for_each(|(_, value)| self.look(value, depth + 1, around));
                }
            }
            Json::Array(values) => values.iter().for_each(|value| self.look(value, depth + 1, around)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    /// Takes the workbook out of an object that says where it keeps it.
    fn deployed(&mut self, json: &Json, depth: usize) -> bool {
        let properties = json.get("properties").filter(|properties| properties.is_object()).unwrap_or(json);
        let Some(data) = ["serializedData", "templateData"].iter().find_map(|key| properties.get(*key))
        else {
            return false;
        };
        let title = [(properties, "displayName"), (json, "displayName"), (json, "name")]
            .iter()
            .find_map(|(json, key)| loose::filled(json, key))
            .map(|title| self.template.words(&title));
        match self.template.workbook(data) {
            Ok(workbook) if is_workbook(&workbook) => self.found.push((workbook, title)),
            Ok(other) => {
                let before = self.found.len();
                self.look(&other, depth + 1, title.as_deref());
                if self.found.len() == before {
                    self.unread = Some("it has no `items`".into());
                }
            }
            Err(why) => self.unread = Some(why),
        }
        true
    }
}

fn name(json: &Json) -> Option<String> {
    ["displayName", "title", "name"].iter().find_map(|key| loose::filled(json, key))
}

fn is_workbook(json: &Json) -> bool {
    let version = loose::text(json, "version").unwrap_or_default();
    let named = version.starts_with("Notebook/");
    let looks_like_items = |items: &Json| match items {
        Json::Array(items) => {
            items.iter().any(|item| item.get("content").is_some() || item.get("type").is_some())
                || items.is_empty() && json.get("$schema").is_some()
        }
        Json::String(text) => text.trim_start().starts_with('['),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => false,
    };
    let group = json.get("groupType").is_some();
    !group && (named || json.get("items").is_some_and(looks_like_items))
}
