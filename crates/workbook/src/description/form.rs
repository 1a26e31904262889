//! `dashboard.toml` as a whole. In: its text, and how to find the files beside it. Out: the workbook, or an error that
//! says where.
//!
//! ```toml
//! title = "Cloud sync"
//!
//! [[panel]]
//! file = "recent-errors.kql"
//! ```

use super::entry::Entry;
use super::parameter::{KindForm, ParameterForm};
use super::read::{FindFile, Reader};
use super::simple;
use crate::error::DashboardError;
use crate::model::{Expansion, Item, Workbook};
use crate::names::same;
use calypso_planner::suggest::nearest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the file says.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The title of the page; none: the workbook's name.
    pub title: Option<String>,
    /// The table whose newest row tells how old the logs are.
    pub table: Option<String>,
    /// How values of parameters reach the queries.
    #[serde(default)]
    pub expansion: Expansion,
    /// What the reader should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Parameters at the top of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameter: Vec<ParameterForm>,
    /// Tabs, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tab: Vec<TabForm>,
    /// Panels, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panel: Vec<Entry>,
    /// Any items, in order, below the parameters and above the tabs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub item: Vec<Entry>,
}

/// A tab.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TabForm {
    /// The name on it.
    pub name: String,
}

/// Reads a description; `place` is the file's name for errors, `name` the workbook's.
///
/// # Errors
/// When the text is no TOML of this form, or names something that is not there.
pub fn read(text: &str, place: &str, name: &str, find: FindFile<'_>) -> Result<Workbook, DashboardError> {
    let form: Form = toml::from_str(text).map_err(|error| toml_error(&error, text, place))?;
    workbook(form, name, find).map_err(|error| error.within(place))
}

fn workbook(form: Form, name: &str, find: FindFile<'_>) -> Result<Workbook, DashboardError> {
    if let Some(table) = &form.table
        && (table.is_empty() || !table.chars().all(|c| c.is_alphanumeric() || c == '_'))
    {
        return Err(DashboardError::new(format!("`{table}` is no name of a table")));
    }
    let reader = Reader { expansion: form.expansion, time_range: time_range(&form), find };
    let mut items = Vec::new();
    if !form.parameter.is_empty() {
        let entry = Entry { parameter: Some(form.parameter), ..Entry::default() };
        let mut item = entry.read(&reader, "1").map_err(|error| unplaced(error, "item 1: "))?;
        item.name = "parameters".to_owned();
        items.push(item);
    }
    for entry in form.item {
        if entry.tab.is_some() {
            return Err(DashboardError::new("`tab` has no meaning in [[item]], only in [[panel]]"));
        }
        items.push(entry.read(&reader, &(items.len() + 1).to_string())?);
    }
    simple::place(&mut items, &form.tab, form.panel, &reader)?;
    unique(&items, &mut BTreeSet::new())?;
    let workbook = Workbook {
        name: name.to_owned(),
        title: form.title.unwrap_or_else(|| name.to_owned()),
        table: form.table,
        expansion: form.expansion,
        items,
        notes: form.notes,
    };
    // The names in Azure's files are the authors' matter; what is written by hand is held to its own.
    if workbook.expansion == Expansion::Lets {
        simple::check(&workbook)?;
    }
    Ok(workbook)
}

/// Errors of the parameters at the top name the parameter, not an item nobody wrote.
fn unplaced(error: DashboardError, place: &str) -> DashboardError {
    let message = error.message.strip_prefix(place).map(str::to_owned);
    DashboardError { message: message.unwrap_or(error.message), ..error }
}

/// The first time range of the file.
fn time_range(form: &Form) -> Option<String> {
    fn within(entries: &[Entry]) -> Option<String> {
        entries.iter().find_map(|entry| {
            first(entry.parameter.as_deref().unwrap_or_default()).or_else(|| within(&entry.item))
        })
    }
    fn first(parameters: &[ParameterForm]) -> Option<String> {
        let found = parameters.iter().find(|one| one.kind == KindForm::TimeRange);
        found.map(|one| one.name.clone())
    }
    first(&form.parameter).or_else(|| within(&form.item))
}

/// Ids are unique: links and edits mean items by them.
fn unique<'a>(items: &'a [Item], seen: &mut BTreeSet<&'a str>) -> Result<(), DashboardError> {
    for item in items {
        if !seen.insert(&item.id) {
            return Err(DashboardError::new(format!("two items have the id `{}`", item.id)));
        }
        if let crate::model::Content::Group(group) = &item.content {
            unique(&group.items, seen)?;
        }
    }
    Ok(())
}

/// What is wrong with the TOML, with its line, and the nearest name for one that is not known.
fn toml_error(error: &toml::de::Error, text: &str, place: &str) -> DashboardError {
    let before = error.span().map(|span| text.bytes().take(span.start));
    let line = before.map(|bytes| bytes.filter(|byte| *byte == b'\n').count() + 1);
    let place = line.map_or(place.to_owned(), |line| format!("{place}, line {line}"));
    let message = error.message().trim();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (what, found) = match (message.split_once(" field `"), message.split_once(" variant `")) {
        (Some(("unknown", _)), _) => ("setting", quoted.first()),
        (_, Some(("unknown", _))) => ("value", quoted.first()),
        _ => return DashboardError::new(plain_words(message)).within(&place),
    };
    let found = found.copied().unwrap_or_default();
    let known = quoted.get(1..).unwrap_or_default();
    let near = known
        .iter()
        .copied()
        .find(|name| same(name, found))
        .or_else(|| nearest(found, known.iter().copied()));
    let error = DashboardError::new(format!("`{found}` is no {what} here"));
    let error = match near {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error.with_help(format!("there are {}", known.join(", "))),
    };
    error.within(&place)
}

/// A message about a value of the wrong kind, in words of the file instead of the program's.
fn plain_words(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let Some((found, wanted)) = message.rsplit_once(", expected ") else { return message.to_owned() };
    let number = ["u8", "u16", "u32", "u64", "usize", "i32", "i64"].contains(&wanted);
    let wanted = if number { "a whole number" } else { wanted };
    let found = found.replace("invalid type: ", "wrong kind of value: ");
    let found = found.replace("invalid value: ", "value out of range: ");
    format!("{found}, expected {wanted}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_kinds_of_values_are_told_in_plain_words() {
        let plain = plain_words("invalid type: string \"half\", expected u8");
        assert_eq!(plain, "wrong kind of value: string \"half\", expected a whole number");
        assert_eq!(plain_words("unclosed array, expected `]`."), "unclosed array, expected `]`");
    }
    use crate::model::{Content, Look, TimeContext};
    use proptest::prelude::*;

    fn find(path: &str) -> Result<Option<(String, String)>, DashboardError> {
        Ok((path == "p.kql").then(|| ("// title: P\nT".to_owned(), "x/p.kql".to_owned())))
    }

    fn load(text: &str) -> Result<Workbook, String> {
        read(text, "x.toml", "x", &find).map_err(|error| error.to_string())
    }

    fn error(text: &str) -> String {
        load(text).unwrap_err()
    }

    #[test]
    fn a_file_alone_is_a_panel() {
        let workbook = load("[[panel]]\nfile = 'p.kql'\n").unwrap();
        let Content::Panel(panel) = &workbook.items[0].content else { panic!() };
        assert_eq!((workbook.title.as_str(), workbook.items[0].name.as_str()), ("x", "p"));
        assert_eq!((panel.title.as_str(), panel.look, &panel.time), ("P", Look::Auto, &TimeContext::InQuery));
        assert!(!panel.on_demand);
    }

    #[test]
    fn errors_say_where() {
        let head = "title = 'a'\n[[tab]]\nname = 'One'\n[[panel]]\nname = 'p'\nfile = 'p.kql'\n";
        for (rest, wanted) in [
            ("lok = 'table'\n", "x.toml, line 7: `lok` is no setting here; did you mean `look`?"),
            ("look = 'bars'\n", "x.toml, line 7: `bars` is no value here; did you mean `bar`?"),
            ("tab = 'Oen'\n", "x.toml: panel `p`: no tab named `Oen`; there are `One`"),
            ("why = 'x'\n", "x.toml: panel `p`: `why` has no meaning beside `file`; "),
            ("width = 101\n", "x.toml: panel `p`: the width 101 is not 0 to 100 per cent"),
            ("chart.labels = [{ series = 'a', colour = 'x' }]\n", "x.toml: panel `p`: no colour named `x`"),
            (
                "drill_down = { panel = 'q', parameter = 'X', column = 'Y' }\n",
                "x.toml: panel `p`: no panel named `q`; there are `p`",
            ),
            ("[[panel]]\nfile = '../p.kql'\n", "x.toml: panel `../p.kql`: `../p.kql` is no path below"),
            ("[[panel]]\nfile = 'q.kql'\n", "x.toml: panel `q.kql`: there is no file `q.kql`"),
            ("[[panel]]\nname = 'P'\nfile = 'p.kql'\n", "x.toml: panel `P`: an earlier panel has that name"),
            (
                "[[parameter]]\nname = 'D'\nkind = 'time-range'\ndefault = 'soon'",
                "x.toml: parameter `D`: `soon` is no length of time; write `30m`, `48h` or `7d`",
            ),
            ("[[parameter]]\nname = 'D'\nkind = 'time-range'\n", "x.toml: parameter `D`: needs a default"),
            ("[[item]]\nname = 'i'\n", "x.toml: item 1 `i`: does not say what it is: one of `text`, "),
            (
                "[[item]]\ntext = 'i'\nfile = 'p.kql'\n",
                "x.toml: item 1 `p.kql`: `text` and `file` cannot both",
            ),
            (
                "[[item]]\ntext = 'a'\nid = '7'\n[[item]]\ntext = 'b'\nid = '7'\n",
                "x.toml: two items have the id `7`",
            ),
            ("table = 3\n", "x.toml, line 7: "),
        ] {
            let text = format!("{head}{rest}");
            let found = error(&text);
            assert!(found.starts_with(wanted), "{text}\n{found}\n{wanted}");
        }
    }

    proptest! {
        /// Whatever a file says, it is a workbook or an error that names the file.
        #[test]
        fn any_text_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(PARTS), 0..12)) {
            if let Err(error) = load(&parts.concat()) {
                prop_assert!(error.starts_with("x.toml"), "{error}");
            }
        }
    }

    const PARTS: &[&str] = &[
        "[[item]]\n",
        "[[item.item]]\n",
        "[[panel]]\n",
        "[[parameter]]\n",
        "[[tab]]\n",
        "[item.grid]\n",
        "[panel.tiles]\n",
        "name = 'a'\n",
        "name = ''\n",
        "file = 'p.kql'\n",
        "file = '../é'\n",
        "group = ''\n",
        "text = \"\"\"x\"\"\"\n",
        "kind = 'time-range'\n",
        "default = '48h'\n",
        "default = {}\n",
        "default = '1d..'\n",
        "choices = ['é', 1]\n",
        "tab = 'a'\n",
        "width = 101\n",
        "width = -1\n",
        "links = 'tabs'\n",
        "parameter = []\n",
        "title = 'é\n",
        "é",
        "\n",
        "expansion = 'braces'\n",
        "id = '1'\n",
        "drill_down = { panel = 'a', parameter = 'a', column = 'a' }\n",
    ];
}
