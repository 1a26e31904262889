//! A workbook as files that people edit. In: the model. Out: `dashboard.toml` and a `.kql` file for every query, by path
//! within the folder; what `read` makes of them is the same model again, but for where the files lie.

use super::entry::{DrillDown, Entry, LinkForm, file_name};
use super::form::Form;
use super::parameter::ParameterForm;
use super::read::usual_time;
use super::toml_text;
use crate::error::DashboardError;
use crate::load::DESCRIPTION;
use crate::model::{
    Choices, Content, Expansion, GridPanel, Group, Item, LinkValue, Panel, Parameter, ParameterKind,
    QueryText, Source, Workbook,
};
use crate::query_file::{QUERY_BELOW, QueryFile};
use std::collections::BTreeSet;

/// Characters of a file's name at most.
const LONGEST_NAME: usize = 60;

/// The files of a workbook, the description first.
///
/// # Errors
/// When the workbook holds something that the files cannot say.
pub fn files(workbook: &Workbook) -> Result<Vec<(String, String)>, DashboardError> {
    let mut writer = Writer {
        title: &workbook.title,
        expansion: workbook.expansion,
        time_range: time_range(&workbook.items).map(str::to_owned),
        taken: BTreeSet::new(),
        files: Vec::new(),
    };
    let item = writer.entries(&workbook.items, "");
    let form = Form {
        title: Some(workbook.title.clone()),
        table: workbook.table.clone(),
        expansion: workbook.expansion,
        notes: workbook.notes.clone(),
        item,
        ..Form::default()
    };
    let table = toml::Table::try_from(&form)
        .map_err(|error| DashboardError::new(format!("the workbook cannot be written: {error}")))?;
    let text = format!("{}{}", heading(workbook), toml_text::text(&table));
    let mut files = vec![(DESCRIPTION.to_owned(), text)];
    files.append(&mut writer.files);
    Ok(files)
}

/// What the reader of the file needs to know.
fn heading(workbook: &Workbook) -> String {
    let names = match workbook.expansion {
        Expansion::Lets => {
            "Values of parameters reach the queries as the `let`s that begin with an underscore."
        }
        Expansion::Braces => "Values of parameters stand in queries and texts in braces, as in the portal.",
    };
    format!(
        "# {}: what stands on the page, in order, and how it looks. The queries are the .kql files beside this one.\n\
         # {names}\n\n",
        one_line(&workbook.title)
    )
}

struct Writer<'a> {
    title: &'a str,
    expansion: Expansion,
    time_range: Option<String>,
    taken: BTreeSet<String>,
    files: Vec<(String, String)>,
}

impl Writer<'_> {
    fn entries(&mut self, items: &[Item], within: &str) -> Vec<Entry> {
        let items = items.iter().enumerate();
        items.map(|(at, item)| self.entry(item, &format!("{within}{}", at + 1))).collect()
    }

    fn entry(&mut self, item: &Item, place: &str) -> Entry {
        let entry = match &item.content {
            Content::Text(text) => Entry {
                text: Some(text.markdown.clone()),
                message: unless_usual(text.message),
                ..Entry::default()
            },
            Content::Parameters(parameters) => {
                let forms = parameters.parameters.iter().map(|parameter| self.parameter(parameter));
                Entry { parameter: Some(forms.collect()), ..Entry::default() }
            }
            Content::Links(links) => {
                let link = links.links.iter().map(|link| LinkForm {
                    label: link.label.clone(),
                    before: link.before.clone(),
                    after: link.after.clone(),
                    action: link.action.clone(),
                });
                Entry { links: Some(links.style), link: link.collect(), ..Entry::default() }
            }
            Content::Group(group) => self.group(group, place),
            Content::Panel(panel) => self.panel(panel, item),
            Content::Placeholder(placeholder) => Entry {
                placeholder: Some(placeholder.what.clone()),
                title: non_empty(&placeholder.title),
                why: non_empty(&placeholder.why),
                ..Entry::default()
            },
        };
        let file_name = entry.file.as_deref().map_or("", file_name);
        Entry {
            id: (item.id != place).then(|| item.id.clone()),
            name: (item.name != file_name).then(|| item.name.clone()),
            width: (item.width != 100).then_some(item.width),
            border: unless_usual(item.border),
            conditions: item.conditions.clone(),
            ..entry
        }
    }

    fn group(&mut self, group: &Group, place: &str) -> Entry {
        Entry {
            group: Some(group.title.clone()),
            expandable: unless_usual(group.expandable),
            expanded: unless_usual(group.expanded),
            load: unless_usual(group.load),
            exports_parameters: unless_usual(group.exports_parameters),
            template: group.template.clone(),
            item: self.entries(&group.items, &format!("{place}.")),
            ..Entry::default()
        }
    }

    fn panel(&mut self, panel: &Panel, item: &Item) -> Entry {
        let usual_time = usual_time(self.time_range.as_deref());
        let (grid, drill_down) = simple_drill(&panel.grid);
        let mut entry = Entry {
            title: Some(panel.title.clone()),
            description: panel.description.clone(),
            time: (panel.time != usual_time).then(|| panel.time.clone()),
            look: unless_usual(panel.look),
            size: unless_usual(panel.size),
            no_data: panel.no_data.clone(),
            no_data_message: unless_usual(panel.no_data_message),
            exports: panel.exports.clone(),
            sort: panel.sort.clone(),
            grid: unless_usual(grid),
            drill_down,
            tiles: panel.tiles.clone(),
            chart: unless_usual(panel.chart.clone()),
            card: unless_usual(panel.card),
            on_demand: unless_usual(panel.on_demand),
            ..Entry::default()
        };
        match &panel.source {
            Source::Query(query) => {
                let base = [&panel.title, &item.name]
                    .into_iter()
                    .map(|text| file_slug(text))
                    .find(|s| !s.is_empty());
                let path = self
                    .free_path("", &base.unwrap_or_else(|| format!("panel-{}", item.id.replace('.', "-"))));
                let look =
                    entry.look.map_or(String::new(), |look| format!(", drawn as {look:?}").to_lowercase());
                let what = format!("Panel {} of \"{}\"{look}.", item.id, one_line(self.title));
                let (text, told) =
                    file_text(query, &panel.title, panel.description.as_deref(), &what, self.expansion);
                // What the file says of itself is not said twice.
                entry.title = entry.title.filter(|_| !told.title);
                entry.description = entry.description.filter(|_| !told.description);
                self.files.push((path.clone(), text));
                entry.file = Some(path);
            }
            Source::Merge(merge) => entry.merge = Some(merge.clone()),
            Source::Json(json) => entry.json = Some(json.clone()),
        }
        entry
    }

    fn parameter(&mut self, parameter: &Parameter) -> ParameterForm {
        let mut path = None;
        if let Choices::Query(query) = &parameter.choices {
            let base = Some(file_slug(&parameter.name)).filter(|slug| !slug.is_empty());
            let found = self.free_path("parameters/", &base.unwrap_or_else(|| "parameter".to_owned()));
            let what =
                format!("The values of {} in \"{}\".", one_line(&parameter.name), one_line(self.title));
            let (text, _) = file_text(query, parameter.label(), None, &what, self.expansion);
            self.files.push((found.clone(), text));
            path = Some(found);
        }
        ParameterForm::from_model(parameter, path, self.expansion, self.time_range.as_deref())
    }

    /// A path that no other file has, whatever the case of letters.
    fn free_path(&mut self, folder: &str, base: &str) -> String {
        let mut path = format!("{folder}{base}.kql");
        for number in 2.. {
            if self.taken.insert(path.clone()) {
                break;
            }
            path = format!("{folder}{base}-{number}.kql");
        }
        path
    }
}

/// What the comments of a file tell.
struct Told {
    title: bool,
    description: bool,
}

/// A query file. The comments stand above the query, apart from it, so that its text is kept letter by letter; a text
/// that says all of it itself is left as it is.
fn file_text(
    query: &QueryText,
    title: &str,
    description: Option<&str>,
    what: &str,
    expansion: Expansion,
) -> (String, Told) {
    let named = |names: &[String]| expansion == Expansion::Braces || names == query.parameters;
    let itself = QueryFile::new("", query.text.clone());
    if itself.query() == (query.text.as_str(), 0)
        && itself.title.as_deref() == Some(title)
        && itself.description.as_deref() == description
        && named(&itself.parameters)
    {
        return (query.text.clone(), Told { title: true, description: true });
    }
    let told = Told { title: fits(title), description: description.is_some_and(fits) };
    let mut lines = Vec::new();
    lines.extend(told.title.then(|| format!("// title: {title}")));
    lines.extend(description.filter(|_| told.description).map(|text| format!("// description: {text}")));
    if expansion == Expansion::Lets {
        lines.extend(query.parameters.iter().map(|name| format!("// param {name}")));
    }
    lines.push(format!("// {what}"));
    (format!("{}\n{QUERY_BELOW}\n{}\n", lines.join("\n"), query.text), told)
}

/// Whether a comment can tell the text, and be read back.
fn fits(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

/// The first time range, in the order that reading finds it.
pub fn time_range(items: &[Item]) -> Option<&str> {
    items.iter().find_map(|item| match &item.content {
        Content::Parameters(own) => {
            let found = own.parameters.iter().find(|one| one.kind == ParameterKind::TimeRange);
            found.map(|one| one.name.as_str())
        }
        Content::Group(group) => time_range(&group.items),
        Content::Text(_) | Content::Links(_) | Content::Panel(_) | Content::Placeholder(_) => None,
    })
}

/// A way to another panel with one value of the row has a shorter form.
fn simple_drill(grid: &GridPanel) -> (GridPanel, Option<DrillDown>) {
    match &grid.drill_down {
        Some((panel, values)) => match values.as_slice() {
            [(parameter, LinkValue::Column(column))] => {
                let (panel, parameter, column) = (panel.clone(), parameter.clone(), column.clone());
                (GridPanel { drill_down: None, ..grid.clone() }, Some(DrillDown { panel, parameter, column }))
            }
            _ => (grid.clone(), None),
        },
        None => (grid.clone(), None),
    }
}

/// The value, unless it is what holds where nothing is said.
fn unless_usual<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text within a comment.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// `Sync actions per day` becomes `sync-actions-per-day`, `JobId` `job-id`; what stands in braces is left out.
pub fn file_slug(text: &str) -> String {
    let mut slug = String::new();
    let (mut depth, mut after_small) = (0_usize, false);
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => {
                if c.is_uppercase() && after_small {
                    slug.push('-');
                }
                slug.extend(c.to_lowercase());
            }
            _ if depth == 0 && !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.chars().count() >= LONGEST_NAME {
            break;
        }
        after_small = depth == 0 && c.is_lowercase();
    }
    let slug = slug.trim_matches('-').to_owned();
    // Windows has no files of these names.
    let device = ["con", "prn", "aux", "nul"].contains(&slug.as_str())
        || (slug.len() == 4 && (slug.starts_with("com") || slug.starts_with("lpt")));
    if device { format!("{slug}-query") } else { slug }
}
