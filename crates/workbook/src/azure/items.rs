//! The items of a workbook: where they stand, when they are shown, and what they are. In: the array `items`. Out: the
//! items of the model, those of loaded templates among them.

use super::{Reader, links, loose, panel, parameter, portal, templates};
use crate::model::{
    Comparison, Condition, Content, Group, Item, Load, Message, Parameters, Placeholder, Text,
};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Groups within groups that are read; deeper ones become placeholders.
const DEEPEST: usize = 32;

/// Where a list of items stands.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// The id of the group around it; empty at the top.
    id: String,
    /// The names of the parameters that are seen here.
    declared: BTreeSet<String>,
    /// Within a template: the names that are declared around it. They hold, and the template's own are left out.
    outer: BTreeSet<String>,
}

impl Level {
    /// The top of a workbook.
    pub fn top() -> Level {
        Level::default()
    }
}

/// Reads a list of items.
pub fn read(reader: &mut Reader, items: &[Json], level: &Level) -> Vec<Item> {
    let mut level = level.clone();
    declare(items, &mut level.declared, 0);
    let numbered = items.iter().enumerate();
    numbered.filter_map(|(at, item)| one(reader, item, &id(&level.id, at + 1), &level)).collect()
}

fn id(around: &str, number: usize) -> String {
    if around.is_empty() { number.to_string() } else { format!("{around}.{number}") }
}

/// Adds the names of the parameters of these items, and of groups that show theirs to the outside.
fn declare(items: &[Json], names: &mut BTreeSet<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for item in items {
        let content = loose::object(item, "content");
        match kind(item, &content) {
            Some(9) => {
                let parameters = loose::list(&content, "parameters");
                names.extend(parameters.iter().filter_map(|parameter| loose::filled(parameter, "name")));
            }
            Some(12) if loose::is(&content, "exportParameters") => {
                declare(&loose::list(&content, "items"), names, depth + 1);
            }
            Some(_) | None => {}
        }
    }
}

/// The number of an item's type; where it is missing, by the content.
fn kind(item: &Json, content: &Json) -> Option<u64> {
    if item.get("type").is_some_and(|kind| !kind.is_null()) {
        return loose::whole(item, "type");
    }
    let version = loose::text(content, "version").unwrap_or_default();
    let by_version = [
        ("KqlItem/", 3),
        ("KqlParameterItem/", 9),
        ("MetricsItem/", 10),
        ("LinkItem/", 11),
        ("NotebookGroup/", 12),
    ];
    let by_field = [("json", 1), ("query", 3), ("parameters", 9), ("links", 11), ("items", 12)];
    let version = by_version.iter().find(|(start, _)| version.starts_with(start));
    version.or_else(|| by_field.iter().find(|(key, _)| content.get(*key).is_some())).map(|(_, kind)| *kind)
}

/// Reads one item; none where nothing of it is left.
fn one(reader: &mut Reader, item: &Json, id: &str, level: &Level) -> Option<Item> {
    let content = loose::object(item, "content");
    let name = loose::text(item, "name").unwrap_or_default();
    let place = if name.is_empty() { format!("item {id}") } else { format!("item {id} ({name})") };
    let kind = kind(item, &content);
    let read = match kind {
        Some(1) => Content::Text(text(reader, &content, &place)),
        Some(3) => panel::read(reader, &content, &place),
        Some(9) => {
            let read = parameter::read_all(reader, &content, &place);
            let left: Vec<_> =
                read.iter().filter(|parameter| !level.outer.contains(&parameter.name)).cloned().collect();
            if left.is_empty() && !read.is_empty() {
                return None;
            }
            Content::Parameters(Parameters { parameters: left })
        }
        Some(11) => Content::Links(links::read(reader, &content, &place)),
        Some(12) => group(reader, &content, id, &place, level),
        Some(_) | None => Content::Placeholder(portal::item(kind, item, &content)),
    };
    Some(Item {
        id: id.to_owned(),
        width: width(item, &content),
        border: loose::is(&loose::object(item, "styleSettings"), "showBorder"),
        conditions: conditions(reader, item, &place),
        name,
        content: read,
    })
}

/// Per cent of the width.
fn width(item: &Json, content: &Json) -> u8 {
    let custom = [item, content].iter().find_map(|json| {
        let text = loose::filled(json, "customWidth")?;
        text.trim().trim_end_matches('%').trim_end().parse::<f64>().ok().filter(|width| *width > 0.0)
    });
    match custom {
        Some(width) => width.round().clamp(1.0, 100.0) as u8,
        None if loose::is(item, "halfWidth") => 50,
        None => 100,
    }
}

/// When an item or a parameter is shown.
pub fn conditions(reader: &mut Reader, json: &Json, place: &str) -> Vec<Condition> {
    let single = loose::object(json, "conditionalVisibility");
    let several = loose::list(json, "conditionalVisibilities");
    let all = std::iter::once(&*single).filter(|single| single.is_object()).chain(several.iter());
    let mut conditions = Vec::new();
    for condition in all {
        let Some(parameter) = loose::filled(condition, "parameterName") else {
            reader.note(format!("{place}: a condition names no parameter and is left out"));
            continue;
        };
        let written = loose::text(condition, "comparison").unwrap_or_else(|| "isEqualTo".into());
        let Some(comparison) = comparison(&written) else {
            reader.note(format!(
                "{place}: the comparison `{written}` of its condition is not known; the condition is left out"
            ));
            continue;
        };
        let condition =
            Condition { parameter, comparison, value: loose::text(condition, "value").unwrap_or_default() };
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    conditions
}

fn comparison(written: &str) -> Option<Comparison> {
    let letters: String = written.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    Some(match letters.as_str() {
        "isequalto" | "equals" | "==" | "=" => Comparison::Equal,
        "isnotequalto" | "notequals" | "!=" => Comparison::NotEqual,
        "contains" => Comparison::Contains,
        "doesnotcontain" | "notcontains" => Comparison::NotContains,
        "startswith" => Comparison::StartsWith,
        "endswith" => Comparison::EndsWith,
        "isgreaterthan" | "greaterthan" | ">" => Comparison::Greater,
        "isgreaterthanorequalto" | "greaterthanorequalto" | ">=" => Comparison::GreaterOrEqual,
        "islessthan" | "lessthan" | "<" => Comparison::Less,
        "islessthanorequalto" | "lessthanorequalto" | "<=" => Comparison::LessOrEqual,
        "regex" | "matches" => Comparison::Matches,
        "isempty" | "isnull" => Comparison::Empty,
        "isnotempty" | "isnotnull" => Comparison::NotEmpty,
        _ => return None,
    })
}

fn text(reader: &mut Reader, content: &Json, place: &str) -> Text {
    let markdown = loose::text(content, "json").unwrap_or_default();
    let style = loose::filled(content, "style").unwrap_or_default();
    let message = match style.to_lowercase().as_str() {
        "" | "plain" | "none" => Message::Plain,
        "info" => Message::Info,
        "success" => Message::Success,
        "warning" => Message::Warning,
        "error" => Message::Error,
        "upsell" => Message::Upsell,
        _ => {
            reader.note(format!("{place}: the style `{style}` of a text is not known; it is shown plain"));
            Message::Plain
        }
    };
    Text { markdown, message }
}

fn group(reader: &mut Reader, content: &Json, id: &str, place: &str, level: &Level) -> Content {
    let title = loose::text(content, "title").unwrap_or_default();
    if reader.depth >= DEEPEST {
        let why = format!("it stands in more than {DEEPEST} groups");
        return Content::Placeholder(Placeholder { what: "Group".into(), title, why });
    }
    // A group that was a template once and is edited since keeps its own items.
    let editable =
        loose::text(content, "groupType").is_some_and(|kind| kind.eq_ignore_ascii_case("editable"));
    let template = loose::filled(content, "loadFromTemplateId").filter(|_| !editable);
    reader.depth += 1;
    let inside = Level { id: id.to_owned(), ..level.clone() };
    let items = match &template {
        Some(template) => loaded(reader, template, content, &inside),
        None => read(reader, &loose::list(content, "items"), &inside),
    };
    reader.depth -= 1;
    let load = match loose::filled(content, "loadType").unwrap_or_default().to_lowercase().as_str() {
        "explicit" => Load::Explicit,
        "always" => Load::Always,
        "" | "lazy" => Load::Lazy,
        other => {
            reader.note(format!(
                "{place}: the way of loading `{other}` is not known; it is loaded when it is shown"
            ));
            Load::Lazy
        }
    };
    Content::Group(Group {
        title,
        expandable: loose::is(content, "expandable"),
        expanded: loose::is(content, "expanded"),
        load,
        exports_parameters: loose::is(content, "exportParameters"),
        template,
        items,
    })
}

/// The items of a template; a placeholder that says what to do where it cannot be had.
fn loaded(reader: &mut Reader, template: &str, content: &Json, inside: &Level) -> Vec<Item> {
    let key = templates::key(template);
    let last = templates::last_part(template);
    let missing = |why: String| {
        let placeholder = Placeholder { what: "Template".into(), title: last.to_owned(), why };
        vec![Item {
            id: id(&inside.id, 1),
            name: String::new(),
            width: 100,
            border: false,
            conditions: Vec::new(),
            content: Content::Placeholder(placeholder),
        }]
    };
    if reader.open.contains(&key) {
        return missing(format!("the template `{last}` loads itself"));
    }
    let Some((text, place)) = reader.templates.find(template) else {
        let own = loose::list(content, "items");
        if !own.is_empty() {
            reader.note(format!(
                "the template `{last}` was not found; the items kept with the group are shown"
            ));
            return read(reader, &own, inside);
        }
        return missing(format!(
            "the template `{template}` was not found: put the file `{last}.workbook` beside this one"
        ));
    };
    let found = match super::envelope::open(&text, &place) {
        Ok(found) => found,
        Err(error) => return missing(format!("the template `{last}` cannot be read: {}", error.message)),
    };
    found.notes.into_iter().for_each(|note| reader.note(format!("template `{last}`: {note}")));
    let inside = Level { outer: inside.declared.clone(), ..inside.clone() };
    reader.open.push(key);
    let items = read(reader, &loose::list(&found.workbook, "items"), &inside);
    reader.open.pop();
    items
}
