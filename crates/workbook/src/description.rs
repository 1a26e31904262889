//! The description of a dashboard, `dashboard.toml`: parameters, tabs, panels and their looks. In: its text. Out: a
//! `Description` whose references all resolve, or an error that says where.

#[cfg(test)]
mod drawn;
mod entry;
mod form;
mod parameter;
mod read;
mod simple;
mod toml_text;
mod write;

pub use form::read;
pub use parameter::length_text;
pub use read::query_text;
pub use write::{file_slug, files};

use crate::error::DashboardError;
use crate::names::{same, unknown};
use crate::time_range::TimeRange;
use calypso_view::{Colour, Icon};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A dashboard as described.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The title of the page.
    pub title: String,
    /// The table whose newest row tells how old the logs are.
    pub table: String,
    /// What a reader can choose.
    #[serde(default, rename = "parameter")]
    pub parameters: Vec<Parameter>,
    /// The tabs, in order.
    #[serde(default, rename = "tab")]
    pub tabs: Vec<Tab>,
    /// The panels, in order.
    #[serde(default, rename = "panel")]
    pub panels: Vec<Panel>,
}

/// A named value a reader sets.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name; the queries see it with an underscore before it.
    pub name: String,
    /// The name for readers.
    pub label: Option<String>,
    /// What it holds.
    pub kind: ParameterKind,
    /// Whether several values of a choice can be chosen.
    #[serde(default)]
    pub multiple: bool,
    /// Whether the page names it only when it is set.
    #[serde(default)]
    pub quiet: bool,
    /// What it is for.
    pub description: Option<String>,
    /// The value when none is given; none for a choice is all.
    pub default: Option<String>,
    /// The values offered.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The query file whose first column gives the values offered.
    pub query: Option<String>,
}

impl Parameter {
    /// The name for readers.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// What a parameter holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// A span of time: `_startTime`, `_endTime` and `_grain` in queries.
    TimeRange,
    /// Texts out of a list; an array in queries, empty for all.
    Choice,
    /// Any text.
    Text,
}

/// A tab.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tab {
    /// The name on it.
    pub name: String,
}

/// One drawn query.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// The name by which it is asked for.
    pub name: String,
    /// The query file.
    pub file: String,
    /// The tab it stands on; none: it is shown only when asked for.
    pub tab: Option<String>,
    /// How it is drawn.
    pub look: Look,
    /// Per cent of the page's width.
    #[serde(default = "whole")]
    pub width: u8,
    /// What is said instead of an empty drawing.
    pub no_data: Option<String>,
    /// The panel that tells more about a row.
    pub drill_down: Option<DrillDown>,
    /// Settings of the look `tiles`.
    pub tiles: Option<Tiles>,
    /// Settings of the look `bars`.
    pub bars: Option<Bars>,
    /// Settings of the look `table`.
    #[serde(default)]
    pub table: Table,
}

fn whole() -> u8 {
    100
}

/// How a panel is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// A box for each row.
    Tiles,
    /// Upright bars, stacked.
    Bars,
    /// A grid.
    Table,
}

/// From a row to another panel.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillDown {
    /// The other panel.
    pub panel: String,
    /// The parameter that is set.
    pub parameter: String,
    /// The column whose value it is set to.
    pub column: String,
}

/// What the parts of a tile show.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiles {
    /// The column of the title.
    pub title: String,
    /// The column of the large number.
    pub big: String,
    /// The column of the sparkline.
    pub trend: Option<String>,
    /// The colour of the sparkline.
    pub colour: Option<String>,
    /// The icon for each title.
    #[serde(default)]
    pub icons: BTreeMap<String, String>,
}

/// What the bars stand for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bars {
    /// The column of the horizontal axis.
    pub x: String,
    /// The column of the heights.
    pub y: String,
    /// The column whose values are stacked on each other.
    pub series: String,
    /// The name of the vertical axis.
    pub y_title: Option<String>,
    /// The colour of each series.
    #[serde(default)]
    pub colours: BTreeMap<String, String>,
}

/// How a grid looks.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Rows shown at most where the panel stands alone.
    #[serde(default = "table_rows")]
    pub rows: usize,
    /// Rows shown at most among other panels.
    #[serde(default = "table_rows")]
    pub rows_on_page: usize,
    /// The columns by which rows are grouped.
    #[serde(default)]
    pub group: Vec<String>,
    /// Columns that are not shown as they are.
    #[serde(default)]
    pub columns: Vec<TableColumn>,
}

fn table_rows() -> usize {
    250
}

impl Default for Table {
    fn default() -> Table {
        Table { rows: table_rows(), rows_on_page: table_rows(), group: Vec::new(), columns: Vec::new() }
    }
}

/// How a column looks.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// The column.
    pub name: String,
    /// The header.
    pub label: Option<String>,
    /// What its cells show.
    #[serde(default)]
    pub look: ColumnLook,
    /// The colour of what is drawn.
    pub colour: Option<String>,
    /// The fewest cells of the panel's width that leave room for the column; narrower, it is left out.
    #[serde(default)]
    pub from_width: usize,
}

/// What the cells of a column show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnLook {
    /// The value.
    #[default]
    Text,
    /// Nothing: the column is left out.
    Hidden,
    /// The value on a background, stronger for more.
    Heat,
    /// The value with a bar.
    Bar,
    /// An array as a sparkline.
    Trend,
    /// Date and time to the second.
    Time,
}

impl Description {
    /// Reads and checks a description; `place` is the file's name for errors.
    ///
    /// # Errors
    /// When the text is no TOML of this form, or names something that is not there.
    pub fn read(text: &str, place: &str) -> Result<Description, DashboardError> {
        let description: Description = toml::from_str(text)
            .map_err(|error| DashboardError::new(format!("{place}: {}", error.to_string().trim_end())))?;
        match description.check() {
            Ok(()) => Ok(description),
            Err(error) => {
                Err(DashboardError { message: format!("{place}: {}", error.message), help: error.help })
            }
        }
    }

    /// The parameter of that name or label.
    pub fn parameter(&self, name: &str) -> Result<&Parameter, DashboardError> {
        let found = self.parameters.iter().find(|one| same(&one.name, name) || same(one.label(), name));
        found.ok_or_else(|| unknown("parameter", name, self.parameters.iter().map(|one| one.name.as_str())))
    }

    /// The panel of that name or file name.
    pub fn panel(&self, name: &str) -> Result<&Panel, DashboardError> {
        let stem = |panel: &Panel| panel.file.trim_end_matches(".kql").to_owned();
        let found = self.panels.iter().find(|one| same(&one.name, name) || same(&stem(one), name));
        found.ok_or_else(|| unknown("panel", name, self.panels.iter().map(|one| one.name.as_str())))
    }

    /// The tab of that name.
    pub fn tab(&self, name: &str) -> Result<&Tab, DashboardError> {
        let found = self.tabs.iter().find(|one| same(&one.name, name));
        found.ok_or_else(|| unknown("tab", name, self.tabs.iter().map(|one| one.name.as_str())))
    }

    /// Everything named is there.
    fn check(&self) -> Result<(), DashboardError> {
        if self.table.is_empty() || !self.table.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(DashboardError::new(format!("`{}` is no name of a table", self.table)));
        }
        self.parameters.iter().try_for_each(check_parameter)?;
        if self.parameters.iter().filter(|one| one.kind == ParameterKind::TimeRange).count() > 1 {
            return Err(DashboardError::new("more than one parameter is a time range"));
        }
        for (at, panel) in self.panels.iter().enumerate() {
            let named = |error: DashboardError| DashboardError {
                message: format!("panel `{}`: {}", panel.name, error.message),
                help: error.help,
            };
            if self.panels[..at].iter().any(|other| same(&other.name, &panel.name)) {
                return Err(named(DashboardError::new("an earlier panel has that name")));
            }
            self.check_panel(panel).map_err(named)?;
        }
        Ok(())
    }

    fn check_panel(&self, panel: &Panel) -> Result<(), DashboardError> {
        if let Some(tab) = &panel.tab {
            self.tab(tab)?;
        }
        if let Some(drill) = &panel.drill_down {
            self.panel(&drill.panel)?;
            self.parameter(&drill.parameter)?;
        }
        if !(1..=100).contains(&panel.width) {
            return Err(DashboardError::new(format!("the width {} is not 1 to 100 per cent", panel.width)));
        }
        let settings = match panel.look {
            Look::Tiles => panel.tiles.is_some(),
            Look::Bars => panel.bars.is_some(),
            Look::Table => true,
        };
        if !settings {
            return Err(DashboardError::new("the settings of its look are missing"));
        }
        let colours = panel.tiles.iter().filter_map(|tiles| tiles.colour.as_ref());
        let colours = colours.chain(panel.bars.iter().flat_map(|bars| bars.colours.values()));
        for colour in colours.chain(panel.table.columns.iter().filter_map(|column| column.colour.as_ref())) {
            if Colour::from_name(colour).is_none() {
                return Err(DashboardError::new(format!("no colour named `{colour}`")));
            }
        }
        for icon in panel.tiles.iter().flat_map(|tiles| tiles.icons.values()) {
            if Icon::from_name(icon).is_none() {
                return Err(DashboardError::new(format!("no icon named `{icon}`")));
            }
        }
        Ok(())
    }
}

/// A time range needs a default, and its texts must be lengths of time.
fn check_parameter(parameter: &Parameter) -> Result<(), DashboardError> {
    if parameter.kind != ParameterKind::TimeRange {
        return Ok(());
    }
    // Any late time will do to read a length back from.
    let now = 1 << 60;
    let Some(default) = &parameter.default else {
        return Err(DashboardError::new(format!("the parameter `{}` needs a default", parameter.name)));
    };
    match parameter.choices.iter().chain([default]).find(|text| TimeRange::read(text, now).is_none()) {
        Some(text) => {
            Err(DashboardError::new(format!("parameter `{}`: `{text}` is no length of time", parameter.name)))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Description::read(text, "x.toml").unwrap_err().to_string()
    }

    #[test]
    fn errors_say_where() {
        let broken = error("title = 'a'\ntable = 'T'\n[[panel]]\nname = 'p'\nfil = 'p.kql'\n");
        assert!(broken.contains("x.toml") && broken.contains("line 5") && broken.contains("fil"), "{broken}");
        let head = "title = 'a'\ntable = 'T'\n[[tab]]\nname = 'One'\n[[panel]]\nname = 'p'\nfile = 'p.kql'\n";
        assert_eq!(
            error(&format!("{head}look = 'table'\ntab = 'Oen'\n")),
            "x.toml: panel `p`: no tab named `Oen`; there are `One`"
        );
        let missing = error(&format!("{head}look = 'bars'\n"));
        assert_eq!(missing, "x.toml: panel `p`: the settings of its look are missing");
        let colour =
            error(&format!("{head}look = 'table'\n[panel.table]\ncolumns = [{{name='a', colour='x'}}]"));
        assert_eq!(colour, "x.toml: panel `p`: no colour named `x`");
        let range =
            error("title = 'a'\ntable = 'T'\n[[parameter]]\nname='D'\nkind='time-range'\ndefault='soon'");
        assert_eq!(range, "x.toml: parameter `D`: `soon` is no length of time");
    }
}
