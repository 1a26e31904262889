//! `[[item]]` and `[[panel]]`: everything an item can say, in one table. What it is, is told by the one word of it that
//! only that kind has: `text`, `parameter`, `links`, `group`, `file`, `merge`, `json`, `placeholder`.

use super::parameter::ParameterForm;
use super::read::Reader;
use crate::error::DashboardError;
use crate::model::{
    CardStyle, ChartPanel, Condition, Content, Export, GridPanel, Group, Item, JsonSource, Link, LinkAction,
    LinkValue, Links, LinksStyle, Load, Look, Merge, Message, Panel, Parameters, Placeholder, Size, Sort,
    Source, Text, TilePanel, TimeContext,
};
use crate::names::unknown;
use serde::{Deserialize, Serialize};

/// What stands in `[[item]]` or `[[panel]]`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id; none: by where it stands.
    pub id: Option<String>,
    /// Its name; none: the query file's, else empty.
    pub name: Option<String>,
    /// For a panel: its query file.
    pub file: Option<String>,
    /// For a panel in `[[panel]]`: the tab it stands on.
    pub tab: Option<String>,
    /// For a group: the line above.
    pub group: Option<String>,
    /// For links: how they look.
    pub links: Option<LinksStyle>,
    /// For a placeholder: what stands there in the portal.
    pub placeholder: Option<String>,
    /// For panels and placeholders: the line above.
    pub title: Option<String>,
    /// For a text: Markdown.
    pub text: Option<String>,
    /// For a text: what kind of message it is.
    pub message: Option<Message>,
    /// For a placeholder: why it is not drawn.
    pub why: Option<String>,
    /// For a panel: what it tells.
    pub description: Option<String>,
    /// For a panel: how it is drawn.
    pub look: Option<Look>,
    /// For a panel: how tall it is.
    pub size: Option<Size>,
    /// Per cent of the width.
    pub width: Option<u8>,
    /// Whether a line is drawn around it.
    pub border: Option<bool>,
    /// When it is shown: all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// For a group: whether it can be folded.
    pub expandable: Option<bool>,
    /// For a group: whether it is unfolded at first.
    pub expanded: Option<bool>,
    /// For a group: when its queries run.
    pub load: Option<Load>,
    /// For a group: whether parameters inside are seen outside.
    pub exports_parameters: Option<bool>,
    /// For a group: the template it was read from.
    pub template: Option<String>,
    /// For a panel: what bounds the time of its rows.
    pub time: Option<TimeContext>,
    /// For a panel: what is said instead of an empty drawing.
    pub no_data: Option<String>,
    /// For a panel: how that is said.
    pub no_data_message: Option<Message>,
    /// For a panel: the panel that tells more about a row.
    pub drill_down: Option<DrillDown>,
    /// For a panel: what a click on a row tells others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<Export>,
    /// For a panel: the order of rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// For a panel: how a card looks.
    pub card: Option<CardStyle>,
    /// For a panel: whether it is shown only when asked for by name.
    pub on_demand: Option<bool>,
    /// For a panel: rows of other items.
    pub merge: Option<Merge>,
    /// For a panel: rows out of JSON text.
    pub json: Option<JsonSource>,
    /// For a panel: settings of tiles.
    pub tiles: Option<TilePanel>,
    /// For a panel: settings of charts.
    pub chart: Option<ChartPanel>,
    /// For a panel: settings of grids.
    pub grid: Option<GridPanel>,
    /// For parameters.
    pub parameter: Option<Vec<ParameterForm>>,
    /// For links: in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub link: Vec<LinkForm>,
    /// For a group: its items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub item: Vec<Entry>,
}

/// From a row to another panel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillDown {
    /// The other panel.
    pub panel: String,
    /// The parameter that is set.
    pub parameter: String,
    /// The column whose value it is set to.
    pub column: String,
}

/// `[[item.link]]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    /// The words on it.
    pub label: String,
    /// Words before it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// Words after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// What it does.
    pub action: LinkAction,
}

/// Words that every item may have.
const ANY: &[&str] = &["id", "name", "tab", "width", "border", "conditions"];
/// The kinds, by the word that tells each, with the other words of that kind.
const KINDS: &[(&str, &[&str])] = &[
    ("text", &["message"]),
    ("parameter", &[]),
    ("links", &["link"]),
    ("group", &["expandable", "expanded", "load", "exports_parameters", "template", "item"]),
    ("file", PANEL),
    ("merge", PANEL),
    ("json", PANEL),
    ("placeholder", &["title", "why"]),
];
const PANEL: &[&str] = &[
    "title",
    "description",
    "look",
    "size",
    "time",
    "no_data",
    "no_data_message",
    "drill_down",
    "exports",
    "sort",
    "card",
    "on_demand",
    "tiles",
    "chart",
    "grid",
];

impl Entry {
    /// The item at that place of the workbook.
    ///
    /// # Errors
    /// When it is of no kind or two, says what its kind has not, or its query file is not there.
    pub fn read(self, reader: &Reader<'_>, place: &str) -> Result<Item, DashboardError> {
        let called = match self.name.as_deref().or(self.file.as_deref()) {
            Some(name) if !name.is_empty() => format!("item {place} `{name}`"),
            Some(_) | None => format!("item {place}"),
        };
        self.into_item(reader, place).map_err(|error| {
            // An item within has said where it is.
            if error.message.starts_with("item ") { error } else { error.within(&called) }
        })
    }

    fn into_item(self, reader: &Reader<'_>, place: &str) -> Result<Item, DashboardError> {
        let kind = self.kind()?;
        let width = self.width.unwrap_or(100);
        if width > 100 {
            return Err(DashboardError::new(format!("the width {width} is not 0 to 100 per cent")));
        }
        let id = self.id.clone().unwrap_or_else(|| place.to_owned());
        let (border, conditions) = (self.border.unwrap_or(false), self.conditions.clone());
        let mut name = self.name.clone();
        let content = match kind {
            "text" => Content::Text(Text {
                markdown: self.text.unwrap_or_default(),
                message: self.message.unwrap_or_default(),
            }),
            "parameter" => {
                let forms = self.parameter.unwrap_or_default().into_iter();
                let parameters = forms.map(|form| form.read(reader)).collect::<Result<_, _>>()?;
                Content::Parameters(Parameters { parameters })
            }
            "links" => Content::Links(Links {
                style: self.links.unwrap_or_default(),
                links: self.link.into_iter().map(LinkForm::model).collect(),
            }),
            "group" => Content::Group(self.group(reader, place)?),
            "placeholder" => Content::Placeholder(Placeholder {
                what: self.placeholder.unwrap_or_default(),
                title: self.title.unwrap_or_default(),
                why: self.why.unwrap_or_default(),
            }),
            _ => {
                let (panel, own_name) = self.panel(reader)?;
                name = name.or(own_name);
                Content::Panel(Box::new(panel))
            }
        };
        Ok(Item { id, name: name.unwrap_or_default(), width, border, conditions, content })
    }

    /// The word that tells the kind.
    fn kind(&self) -> Result<&'static str, DashboardError> {
        let table = toml::Table::try_from(self)
            .map_err(|error| DashboardError::new(format!("it cannot be read: {error}")))?;
        let mut kinds = KINDS.iter().filter(|(word, _)| table.contains_key(*word));
        let Some((kind, own)) = kinds.next() else {
            let words: Vec<String> = KINDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            return Err(DashboardError::new(format!("does not say what it is: one of {}", words.join(", "))));
        };
        if let Some((other, _)) = kinds.next() {
            return Err(DashboardError::new(format!("`{kind}` and `{other}` cannot both be in one item")));
        }
        let known = || ANY.iter().chain(own.iter()).copied();
        match table.keys().find(|key| key != kind && !known().any(|word| word == key.as_str())) {
            Some(stray) => Err(DashboardError {
                message: format!("`{stray}` has no meaning beside `{kind}`"),
                help: unknown("setting", stray, known()).help,
            }),
            None => Ok(kind),
        }
    }

    fn group(self, reader: &Reader<'_>, place: &str) -> Result<Group, DashboardError> {
        let items = self.item.into_iter().enumerate();
        let items = items.map(|(at, entry)| entry.read(reader, &format!("{place}.{}", at + 1)));
        Ok(Group {
            title: self.group.unwrap_or_default(),
            expandable: self.expandable.unwrap_or(false),
            expanded: self.expanded.unwrap_or(false),
            load: self.load.unwrap_or_default(),
            exports_parameters: self.exports_parameters.unwrap_or(false),
            template: self.template,
            items: items.collect::<Result<_, _>>()?,
        })
    }

    /// The panel, and the name its file gives it.
    fn panel(self, reader: &Reader<'_>) -> Result<(Panel, Option<String>), DashboardError> {
        let (mut title, mut description, mut name) = (self.title, self.description, None);
        let source = match (self.file, self.merge, self.json) {
            (Some(path), _, _) => {
                let (file, query) = reader.query(&path)?;
                title = title.or(file.title);
                description = description.or(file.description);
                name = Some(file_name(&path).to_owned());
                Source::Query(query)
            }
            (None, Some(merge), _) => Source::Merge(merge),
            (None, None, json) => Source::Json(json.unwrap_or_default()),
        };
        let mut grid = self.grid.unwrap_or_default();
        if let Some(drill) = self.drill_down {
            grid.drill_down = Some((drill.panel, vec![(drill.parameter, LinkValue::Column(drill.column))]));
        }
        let panel = Panel {
            title: title.or_else(|| self.name.or(name.clone())).unwrap_or_default(),
            description,
            source,
            time: self.time.unwrap_or_else(|| reader.time()),
            look: self.look.unwrap_or_default(),
            size: self.size.unwrap_or_default(),
            no_data: self.no_data,
            no_data_message: self.no_data_message.unwrap_or_default(),
            exports: self.exports,
            sort: self.sort,
            grid,
            tiles: self.tiles,
            chart: self.chart.unwrap_or_default(),
            card: self.card.unwrap_or_default(),
            on_demand: self.on_demand.unwrap_or(false),
        };
        Ok((panel, name))
    }
}

impl LinkForm {
    fn model(self) -> Link {
        Link { label: self.label, before: self.before, after: self.after, action: self.action }
    }
}

/// The name of a file without folder and ending.
pub fn file_name(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.strip_suffix(".kql").or_else(|| last.strip_suffix(".csl")).unwrap_or(last)
}
