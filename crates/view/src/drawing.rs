//! What a panel shows, ready for any painter: a grid, tiles, a chart, words. Every text is final and untrusted: a
//! painter escapes it.

use crate::chart::Chart;
use crate::grid::{GridColumn, GridRow};
use crate::tiles::Tile;

/// What a panel shows.
#[derive(Clone, PartialEq, Debug)]
pub enum Drawing {
    /// A sentence instead of rows, with the kind of message: `info`, `success`, `warning`, `error`, or empty.
    Message {
        /// The sentence.
        text: String,
        /// The kind.
        kind: &'static str,
    },
    /// Rows.
    Grid(Grid),
    /// Boxes.
    Tiles(Tiles),
    /// A chart.
    Chart(Box<ChartDrawing>),
    /// One value.
    Card(Card),
}

/// Rows and columns.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Grid {
    /// The columns shown.
    pub columns: Vec<GridColumn>,
    /// The rows shown, each below those it belongs to.
    pub rows: Vec<GridRow>,
    /// All rows of the answer, shown or not.
    pub total: usize,
    /// Whether a field to search the rows is wanted.
    pub filter: bool,
    /// Why these are rows where something else was asked for: sentences.
    pub notes: Vec<String>,
}

impl Grid {
    /// How many rows of the answer are among those shown.
    pub fn shown(&self) -> usize {
        self.rows.iter().filter(|row| !row.names_group).count()
    }
}

/// Boxes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tiles {
    /// In order.
    pub tiles: Vec<Tile>,
    /// All rows of the answer, shown or not.
    pub total: usize,
    /// Whether a line is drawn around each.
    pub border: bool,
    /// How wide each is.
    pub size: TileSize,
}

/// How wide tiles are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TileSize {
    /// As wide as the content needs.
    #[default]
    Auto,
    /// All the same.
    Fixed,
    /// The whole width.
    Full,
}

/// A chart with what else a page shows of it.
#[derive(Clone, PartialEq, Debug)]
pub struct ChartDrawing {
    /// The numbers.
    pub chart: Chart,
    /// Name and text of the sums above it.
    pub metrics: Vec<(String, String)>,
}

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The value.
    pub text: String,
    /// What it is; may be empty.
    pub label: String,
    /// `header`, `big`, `markdown` or `editor`.
    pub style: &'static str,
}

/// What a click does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Gives parameters values: key, value. A key that occurs again adds a value; an empty list of pairs does nothing.
    Set(Vec<(String, String)>),
    /// Opens an address, `http` or `https`, already checked.
    Open(String),
    /// Opens another workbook by its name, with values of parameters.
    Workbook {
        /// The name or path it is loaded by.
        name: String,
        /// Key and value.
        given: Vec<(String, String)>,
    },
    /// Opens a page of the same server by its path, which begins with a single `/`.
    Page(String),
    /// Shows the item of that id.
    Jump(String),
    /// Shows names and whole texts.
    Details(Vec<(String, String)>),
    /// Only the portal can do it: what it is.
    Portal(String),
}
