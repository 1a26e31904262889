//! A panel as boxes, one for each row. In: the settings of tiles and rows. Out: tiles; as a grid where the rows have
//! none of the columns asked for and none to take instead.

use super::Surroundings;
use super::cell::CellPainter;
use super::choice::Choices;
use super::columns::{meant, range};
use super::rows::Rows;
use super::sort::sorted;
use crate::model::{Formatter, FormatterKind, Panel, Sort, TilePanel, TileSize};
use calypso_library::{Answer, Type};
use calypso_view::text::value_text;
use calypso_view::{Drawing, GridCell, Look, Tile, drawing};
use regex::Regex;

/// Tiles shown at most, where the file does not say.
const MOST: usize = 100;

/// Draws rows.
pub fn tiles(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    let rows = Rows::of(answer);
    let shipped = panel.tiles.clone().unwrap_or_default();
    let chosen = chosen(&shipped, &rows);
    let parts = Parts::of(&chosen, &rows, around);
    if parts.are_none() {
        return super::grid::grid(panel, answer, around);
    }
    let choices = Choices::of(panel, &rows, around);
    let order = order(panel, &shipped, &rows);
    let shown = order.into_iter().take(shipped.rows.unwrap_or(MOST).max(1));
    let tiles = shown.map(|row| {
        let mut tile = parts.tile(&rows, row);
        let (action, selected) = choices.of_row(&rows, row);
        tile.action = action.or(tile.action);
        tile.selected = selected;
        tile
    });
    Drawing::Tiles(drawing::Tiles {
        tiles: tiles.collect(),
        total: rows.count(),
        border: shipped.border,
        size: match shipped.size {
            TileSize::Auto => drawing::TileSize::Auto,
            TileSize::Fixed => drawing::TileSize::Fixed,
            TileSize::Full => drawing::TileSize::Full,
        },
    })
}

/// The settings, or where none of their columns is there: the first text as title, the first number large.
fn chosen(shipped: &TilePanel, rows: &Rows) -> TilePanel {
    let fields = [&shipped.title, &shipped.subtitle, &shipped.left, &shipped.right, &shipped.bottom];
    if fields.into_iter().flatten().any(|field| place(field, rows).is_some()) {
        return shipped.clone();
    }
    let columns = &rows.answer.columns;
    let is_number = |ty: Type| ty.is_number() || ty == Type::TimeSpan;
    let number = columns.iter().position(|column| is_number(column.ty));
    let text = columns.iter().position(|column| !is_number(column.ty) && column.ty != Type::Dynamic);
    let series = columns.iter().position(|column| column.ty == Type::Dynamic);
    let field = |at: Option<usize>, kind| {
        at.map(|at| Formatter { column: columns[at].name.clone(), kind, ..Formatter::default() })
    };
    TilePanel {
        title: field(text.or(Some(0).filter(|_| number != Some(0))), FormatterKind::Automatic),
        left: field(number, FormatterKind::BigNumber),
        bottom: field(series, FormatterKind::SparkLine),
        ..TilePanel::default()
    }
}

/// The column a field means: by its name, else by a pattern for the whole name.
fn place(field: &Formatter, rows: &Rows) -> Option<usize> {
    rows.column(&field.column).or_else(|| {
        let pattern = Regex::new(&format!("^(?:{})$", field.column)).ok()?;
        rows.answer.columns.iter().position(|column| pattern.is_match(&column.name))
    })
}

/// A part of a tile: its column, and what draws it.
struct Part<'a> {
    column: usize,
    painter: CellPainter<'a>,
}

/// The parts of every tile.
struct Parts<'a> {
    title: Option<Part<'a>>,
    subtitle: Option<Part<'a>>,
    left: Option<Part<'a>>,
    right: Option<Part<'a>>,
    bottom: Option<Part<'a>>,
}

impl<'a> Parts<'a> {
    fn of(settings: &'a TilePanel, rows: &'a Rows, around: &'a dyn Surroundings) -> Parts<'a> {
        let part = |field: &'a Option<Formatter>| {
            let field = field.as_ref().filter(|field| field.kind != FormatterKind::Hidden)?;
            let column = place(field, rows)?;
            let range = range(Some(field), rows, column);
            let name = &rows.answer.columns[column].name;
            Some(Part {
                column,
                painter: CellPainter::new(name, rows.ty(column), Some(field), range, around),
            })
        };
        Parts {
            title: part(&settings.title),
            subtitle: part(&settings.subtitle),
            left: part(&settings.left),
            right: part(&settings.right),
            bottom: part(&settings.bottom),
        }
    }

    fn are_none(&self) -> bool {
        [&self.title, &self.subtitle, &self.left, &self.right, &self.bottom].into_iter().all(Option::is_none)
    }

    /// The tile of one row, as it is before any export.
    fn tile(&self, rows: &Rows, row: usize) -> Tile {
        let one = rows.row(row);
        let cell = |part: &Option<Part>| {
            part.as_ref().map(|part| part.painter.cell(&rows.value(part.column, row), &one))
        };
        let mut tile = Tile::new("", "");
        if let (Some(title), Some(part)) = (cell(&self.title), &self.title) {
            // An icon may stand alone for a value; a value that is empty has no other name.
            let nameless = title.text.is_empty() && value_text(&rows.value(part.column, row)).is_empty();
            tile.title = if nameless { "(empty)".to_owned() } else { title.text.clone() };
            take(&mut tile, &title);
        }
        if let Some(subtitle) = cell(&self.subtitle) {
            tile.subtitle.clone_from(&subtitle.text);
            take(&mut tile, &subtitle);
        }
        if let Some(bottom) = cell(&self.bottom) {
            match bottom.look {
                Look::Spark(values, colour) => (tile.spark, tile.colour) = (values, colour),
                _ => tile.bottom = Some(bottom),
            }
        }
        if let Some(left) = cell(&self.left) {
            // Its sign stands beside it.
            take(&mut tile, &GridCell { look: Look::Plain, ..left.clone() });
            match left.look {
                // A line of numbers has no large text; it goes below, where that is free.
                Look::Spark(values, colour) if tile.spark.is_empty() && tile.bottom.is_none() => {
                    (tile.spark, tile.colour) = (values, colour);
                }
                look => (tile.big, tile.look) = (left.text, look),
            }
        }
        tile.right = cell(&self.right);
        tile
    }
}

/// What a part tells the whole tile: its sign, its hint, what a click on it does. The first that has one gives it.
fn take(tile: &mut Tile, cell: &GridCell) {
    if let (None, Look::Sign(icon)) = (&tile.icon, &cell.look) {
        tile.icon = Some(*icon);
    }
    if tile.hint.is_empty() {
        tile.hint.clone_from(&cell.hint);
    }
    if tile.action.is_none() {
        tile.action.clone_from(&cell.action);
    }
}

/// The rows in the order wanted: by the tiles' own column, else by the panel's, else as they came.
fn order(panel: &Panel, settings: &TilePanel, rows: &Rows) -> Vec<usize> {
    match &settings.sort {
        Some((column, descending)) if meant(rows, column).is_some() => {
            sorted(rows, &[Sort { column: column.clone(), descending: *descending }])
        }
        Some(_) | None => sorted(rows, &panel.sort),
    }
}

#[cfg(test)]
#[path = "tiles_tests.rs"]
mod tests;
