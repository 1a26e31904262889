//! A panel as a grid.

use super::Surroundings;
use super::cell::{CellPainter, ColumnRange};
use super::rows::Rows;
use crate::model::Panel;
use calypso_library::{Answer, Type};
use calypso_view::drawing::Grid;
use calypso_view::{Drawing, GridColumn, GridRow};

/// Draws rows as a grid.
pub fn grid(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    let rows = Rows::of(answer);
    let painters: Vec<CellPainter> = answer
        .columns
        .iter()
        .map(|column| CellPainter::new(&column.name, column.ty, None, ColumnRange::default(), around))
        .collect();
    let columns = answer.columns.iter().map(|column| GridColumn {
        label: column.name.clone(),
        name: column.name.clone(),
        right: is_number(column.ty),
        ..GridColumn::default()
    });
    let drawn = (0..rows.count().min(panel.grid.rows.unwrap_or(250))).map(|row| {
        let one = rows.row(row);
        let cells = painters.iter().enumerate().map(|(at, painter)| painter.cell(&rows.value(at, row), &one));
        GridRow { cells: cells.collect(), ..GridRow::default() }
    });
    Drawing::Grid(Grid {
        columns: columns.collect(),
        rows: drawn.collect(),
        total: rows.count(),
        filter: panel.grid.filter,
    })
}

fn is_number(ty: Type) -> bool {
    match ty {
        Type::Int | Type::Long | Type::Real | Type::Decimal => true,
        Type::Bool | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid | Type::Dynamic => false,
    }
}
