//! What a workbook is: a tree of items with texts, parameters, panels, links and groups. Azure's workbook files, our
//! own `dashboard.toml` and plain folders of query files all become this; everything after it knows only this.
//!
//! It is data as described: texts still hold their `{Parameter}`s, queries are not yet run.

mod chart;
mod condition;
mod formatter;
mod grid;
mod item;
mod links;
mod merge;
mod panel;
mod parameter;
mod tiles;

pub use chart::{ChartLabel, ChartPanel, ThresholdLine};
pub use condition::{Comparison, Condition};
pub use formatter::{
    Aggregation, CellLink, Formatter, FormatterKind, LinkTarget, LinkValue, NumberSettings, Part, Threshold,
    ThresholdTest, Thresholds,
};
pub use grid::{ColumnLabel, GridPanel, Hierarchy, Sort};
pub use item::{Content, Group, Item, Load, Message, Placeholder, Text};
pub use links::{Link, LinkAction, Links, LinksStyle};
pub use merge::{JsonSource, Merge, MergeKind, MergeStep, Renamed, Transformer};
pub use panel::{CardStyle, Export, Look, Panel, QueryText, Size, Source, TimeContext};
pub use parameter::{
    Choice, Choices, Criterion, CriterionResult, CriterionTest, Parameter, ParameterKind, Parameters, Shipped,
};
pub use tiles::{TileField, TilePanel, TileSize};

/// A whole workbook.
#[derive(Clone, PartialEq, Debug)]
pub struct Workbook {
    /// The name it was asked for by, or its file's.
    pub name: String,
    /// The title of the page.
    pub title: String,
    /// The table whose newest row tells how old the logs are; none: it is not told.
    pub table: Option<String>,
    /// How values of parameters reach the queries.
    pub expansion: Expansion,
    /// The items, in order.
    pub items: Vec<Item>,
    /// What the reader of the file should know, found while it was read: one sentence each.
    pub notes: Vec<String>,
}

/// How values of parameters reach the queries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expansion {
    /// As values of the `let`s at a query's top that are named like the parameter with an underscore before it.
    #[default]
    Lets,
    /// As text in place of `{Name}`, as Azure does.
    Braces,
}
