//! A panel as a grid: rows in their order, up to a limit, flat or below each other. In: a panel, its answer and what
//! the page around knows. Out: columns and rows whose cells are drawn. Only what is shown is drawn.

use super::Surroundings;
use super::choice::Choices;
use super::columns::{Formatters, Shown, meant, shown};
use super::groups::grouped;
use super::parents::below_parents;
use super::rows::Rows;
use super::sort::sorted;
use crate::model::{GridPanel, Hierarchy, Panel, Sort};
use calypso_library::Answer;
use calypso_view::drawing::Grid;
use calypso_view::{Drawing, GridCell, GridColumn, GridRow};

/// Rows shown where the panel does not say how many, and at most.
const USUAL_ROWS: usize = 250;
const MOST_ROWS: usize = 10_000;

/// Draws rows as a grid.
pub fn grid(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    let rows = Rows::of(answer);
    let settings = &panel.grid;
    let sheet = Sheet {
        settings,
        rows: &rows,
        formatters: Formatters::of(settings),
        choices: Choices::of(panel, &rows, around),
        sort: if settings.sort.is_empty() { &panel.sort } else { &settings.sort },
        limit: settings.rows.filter(|limit| *limit > 0).unwrap_or(USUAL_ROWS).min(MOST_ROWS),
        around,
    };
    let (columns, drawn) = sheet.drawn();
    Drawing::Grid(Grid {
        columns,
        rows: drawn,
        total: rows.count(),
        filter: settings.filter,
        notes: Vec::new(),
    })
}

/// A grid being drawn.
pub struct Sheet<'a> {
    /// The settings of the panel.
    pub settings: &'a GridPanel,
    /// All rows.
    pub rows: &'a Rows<'a>,
    /// Which formatter a column has.
    pub formatters: Formatters<'a>,
    /// What clicks do.
    pub choices: Choices<'a>,
    /// The order of the rows.
    pub sort: &'a [Sort],
    /// Rows shown at most.
    pub limit: usize,
    /// What the page around knows.
    pub around: &'a dyn Surroundings,
}

/// Headers and rows.
pub type Drawn = (Vec<GridColumn>, Vec<GridRow>);

impl Sheet<'_> {
    fn drawn(&self) -> Drawn {
        let order = sorted(self.rows, self.sort);
        match &self.settings.hierarchy {
            Some(Hierarchy::Groups { by, last, expanded }) => {
                let by: Vec<usize> = by.iter().filter_map(|name| meant(self.rows, name)).collect();
                if by.is_empty() {
                    return self.flat(&order);
                }
                let last = last.as_deref().and_then(|name| meant(self.rows, name));
                grouped(self, &by, last, *expanded, &order)
            }
            Some(Hierarchy::Parents { id, parent, expander, expanded }) => {
                let ends = meant(self.rows, id).zip(meant(self.rows, parent));
                let Some((id, parent)) = ends else { return self.flat(&order) };
                let expander = expander.as_deref().and_then(|name| meant(self.rows, name));
                below_parents(self, (id, parent), expander, *expanded, &order)
            }
            None => self.flat(&order),
        }
    }

    fn flat(&self, order: &[usize]) -> Drawn {
        let columns = self.columns(&[]);
        let rows = order.iter().take(self.limit).map(|row| self.row(&columns, *row, 0));
        let rows = rows.collect();
        (columns.into_iter().map(|column| column.header).collect(), rows)
    }

    /// The columns shown, but for some.
    pub fn columns(&self, without: &[usize]) -> Vec<Shown<'_>> {
        shown(self.settings, &self.formatters, self.rows, without, self.around)
    }

    /// A row of the answer.
    pub fn row(&self, columns: &[Shown], row: usize, depth: usize) -> GridRow {
        let one = self.rows.row(row);
        let cells =
            columns.iter().map(|column| column.painter.cell(&self.rows.value(column.place, row), &one));
        let mut cells: Vec<GridCell> = cells.collect();
        for action in cells.iter_mut().filter_map(|cell| cell.action.as_mut()) {
            self.choices.pass(self.rows, row, action);
        }
        let (action, selected) = self.choices.of_row(self.rows, row);
        GridRow { depth, cells, action, selected, ..GridRow::default() }
    }
}

#[cfg(test)]
#[path = "grid_tests.rs"]
mod tests;
