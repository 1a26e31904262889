//! A drawn query: where its rows come from, how it looks, and what a click on it tells others.

use super::{ChartPanel, GridPanel, JsonSource, Merge, Message, Sort, TilePanel};

/// A drawn query.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Panel {
    /// The line above, with parameters in braces; may be empty.
    pub title: String,
    /// What it tells.
    pub description: Option<String>,
    /// Where its rows come from.
    pub source: Source,
    /// What bounds the time of its rows, beside the query's own text.
    pub time: TimeContext,
    /// How it is drawn.
    pub look: Look,
    /// How tall it is.
    pub size: Size,
    /// What is said instead of an empty drawing.
    pub no_data: Option<String>,
    /// How that is said.
    pub no_data_message: Message,
    /// What a click on a row tells others.
    pub exports: Vec<Export>,
    /// The order of the rows; none: the query's.
    pub sort: Vec<Sort>,
    /// Settings of grids.
    pub grid: GridPanel,
    /// Settings of tiles.
    pub tiles: Option<TilePanel>,
    /// Settings of charts.
    pub chart: ChartPanel,
    /// How a card looks.
    pub card: CardStyle,
    /// Whether the panel is shown only when asked for by name, or when a row that leads to it was clicked.
    pub on_demand: bool,
}

/// Where rows come from.
#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    /// A query over the logs.
    Query(QueryText),
    /// Rows of other items.
    Merge(Merge),
    /// JSON text.
    Json(JsonSource),
}

impl Default for Source {
    fn default() -> Source {
        Source::Query(QueryText::default())
    }
}

/// A query and where it was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QueryText {
    /// The text.
    pub text: String,
    /// The file it was read from, for errors; empty for a text within the workbook.
    pub place: String,
    /// Lines of that file above the text (its title and the like), which places in errors count too.
    pub skipped: usize,
    /// With `Expansion::Lets`, the names after `// param`: the parameters that narrow it.
    pub parameters: Vec<String>,
}

/// What bounds the time of rows beside the query's text.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeContext {
    /// Nothing: the text alone.
    #[default]
    InQuery,
    /// The time range of that name.
    Parameter(String),
    /// So many milliseconds back from now.
    Milliseconds(i64),
}

/// How rows are drawn. The names are those of `visualization`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// As the query's `render` says, else a table.
    #[default]
    Auto,
    /// A grid.
    Table,
    /// A box for each row.
    Tiles,
    /// The first value, large or as words.
    Card,
    /// One number with a name.
    Stat,
    /// Lines, over anything.
    Line,
    /// Lines over time.
    Time,
    /// Filled lines.
    Area,
    /// Upright bars, stacked; `barchart`.
    Bar,
    /// Upright bars beside each other; `unstackedbar`.
    Unstacked,
    /// Upright bars by category; `categoricalbar`.
    Categorical,
    /// Shares of a whole.
    Pie,
    /// Points.
    Scatter,
    /// Nodes and edges, or a honeycomb; drawn as a grid with a note.
    Graph,
    /// A map; drawn as a grid with a note.
    Map,
}

/// How tall a panel is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// `size` 4.
    Tiny,
    /// `size` 1.
    Small,
    /// `size` 0.
    #[default]
    Medium,
    /// `size` 2.
    Large,
    /// `size` 3: as tall as its rows.
    Full,
}

/// What a click on a row tells others.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// The column whose value is told; none: the whole row as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The parameter that gets it.
    pub parameter: String,
    /// What the parameter holds before any click.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Whether several rows can be chosen.
    #[serde(default)]
    pub multiple: bool,
    /// What stands around each value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// What stands between values.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delimiter: String,
}

/// How a card looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardStyle {
    /// A heading.
    Header,
    /// Large.
    #[default]
    Big,
    /// Words with Markdown.
    Markdown,
    /// As it is written.
    Editor,
}
