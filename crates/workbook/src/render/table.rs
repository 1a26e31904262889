//! A panel as a grid: heat, bars, sparklines, hidden columns, and rows grouped by columns.

use super::layout::wrapped;
use crate::description::{ColumnLook, TableColumn};
use crate::page::PanelAnswer;
use crate::time_range::second_text;
use arrow::array::AsArray;
use calypso_library::{Answer, Type, Value};
use calypso_view::text::{grouped, value_text};
use calypso_view::{
    Colour, GridCell, GridColumn, GridRow, Look, NumberFormat, Style, grid, number_text, spark_values,
};

/// Fewest rows shown of a group.
const FEWEST_OF_GROUP: usize = 3;

/// One column that is shown.
struct Shown<'a> {
    place: usize,
    label: &'a str,
    ty: Type,
    look: ColumnLook,
    colour: Colour,
    /// The largest number of the column, for heat and bars.
    most: f64,
    /// The fewest cells of the panel that leave room for it.
    from_width: usize,
}

/// Draws an answer with rows.
pub fn draw(panel: &PanelAnswer, answer: &Answer, alone: bool, style: &Style) -> Vec<String> {
    let settings = &panel.panel.table;
    let limit = if alone { settings.rows } else { settings.rows_on_page.min(settings.rows) };
    let mut columns = shown_columns(panel, answer);
    let left_out: Vec<&str> =
        columns.iter().filter(|column| column.from_width > style.width).map(|column| column.label).collect();
    columns.retain(|column| column.from_width <= style.width);
    let groups: Vec<usize> = settings.group.iter().filter_map(|name| place(answer, name)).collect();
    let rows = if groups.is_empty() {
        flat(answer, &columns, limit)
    } else {
        nested(answer, &columns, &groups, limit)
    };
    let header: Vec<GridColumn> = columns
        .iter()
        .map(|column| GridColumn {
            label: column.label.to_owned(),
            right: is_number(column.ty),
            ..GridColumn::default()
        })
        .collect();
    let mut lines = grid(&header, &rows.rows, style);
    let all = answer.rows();
    if rows.shown < all {
        lines.push(format!("{} rows, {} shown", grouped(all), grouped(rows.shown)));
    }
    if !left_out.is_empty() {
        lines.extend(wrapped(&format!("no room for {}", left_out.join(", ")), style));
    }
    lines
}

/// Drawn rows, and how many of the answer's they stand for.
struct Drawn {
    rows: Vec<GridRow>,
    shown: usize,
}

fn flat(answer: &Answer, columns: &[Shown], limit: usize) -> Drawn {
    let rows: Vec<GridRow> = places(answer)
        .take(limit)
        .map(|(batch, row)| GridRow { cells: cells(answer, columns, batch, row), ..GridRow::default() })
        .collect();
    Drawn { shown: rows.len(), rows }
}

/// The rows that have the same values in the columns by which rows are grouped.
struct Group {
    /// Those values.
    names: Vec<String>,
    /// How many rows there are.
    count: usize,
    /// Batch and row of the first ones.
    first: Vec<(usize, usize)>,
}

/// The groups in the order in which they are met, those of the same outer group together.
fn grouped_rows(answer: &Answer, columns: &[usize], limit: usize) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut before: Option<((usize, usize), usize)> = None;
    for (batch, row) in places(answer) {
        // Neighbours are mostly of one group.
        let at = match before {
            Some((place, at)) if columns.iter().all(|column| equal(answer, *column, place, (batch, row))) => {
                at
            }
            _ => {
                let names: Vec<String> =
                    columns.iter().map(|at| shown(&cell(answer, *at, batch, row))).collect();
                found.iter().rposition(|group| group.names == names).unwrap_or_else(|| {
                    found.push(Group { names, count: 0, first: Vec::new() });
                    found.len() - 1
                })
            }
        };
        before = Some(((batch, row), at));
        found[at].count += 1;
        if found[at].first.len() < limit {
            found[at].first.push((batch, row));
        }
    }
    let mut outer: Vec<String> = Vec::new();
    for group in &found {
        if !outer.contains(&group.names[0]) {
            outer.push(group.names[0].clone());
        }
    }
    found.sort_by_key(|group| outer.iter().position(|name| *name == group.names[0]));
    found
}

/// Rows below the names of their groups, each group with the number of all its rows. Every group shows its first ones.
fn nested(answer: &Answer, columns: &[Shown], groups: &[usize], limit: usize) -> Drawn {
    let found = grouped_rows(answer, groups, limit);
    let share = (limit / found.len().max(1)).max(FEWEST_OF_GROUP);
    let mut drawn = Drawn { rows: Vec::new(), shown: 0 };
    let mut above: &[String] = &[];
    for group in &found {
        let same = above.iter().zip(&group.names).take_while(|(a, b)| a == b).count();
        for (depth, name) in group.names.iter().enumerate().skip(same) {
            let name = if name.is_empty() { "(empty)" } else { name };
            let innermost = depth + 1 == group.names.len();
            let text = if innermost { format!("{name} ({})", grouped(group.count)) } else { name.to_owned() };
            drawn.rows.push(GridRow { depth, cells: vec![GridCell::plain(text)], ..GridRow::default() });
        }
        above = &group.names;
        for (batch, row) in group.first.iter().take(share) {
            let cells = cells(answer, columns, *batch, *row);
            drawn.rows.push(GridRow { depth: groups.len(), cells, ..GridRow::default() });
            drawn.shown += 1;
        }
    }
    drawn
}

/// The columns in the order of the answer, without hidden ones and those that name groups.
fn shown_columns<'a>(panel: &'a PanelAnswer, answer: &'a Answer) -> Vec<Shown<'a>> {
    let settings = &panel.panel.table;
    let look_of = |name: &str| settings.columns.iter().find(|column| column.name == name);
    let all = answer.columns.iter().enumerate().filter_map(|(place, column)| {
        let look: Option<&TableColumn> = look_of(&column.name);
        let kind = look.map_or(ColumnLook::Text, |look| look.look);
        if kind == ColumnLook::Hidden || settings.group.contains(&column.name) {
            return None;
        }
        Some(Shown {
            place,
            label: look.and_then(|look| look.label.as_deref()).unwrap_or(&column.name),
            ty: column.ty,
            look: kind,
            from_width: look.map_or(0, |look| look.from_width),
            colour: look.and_then(|look| Colour::from_name(look.colour.as_deref()?)).unwrap_or(Colour::Blue),
            most: match kind {
                ColumnLook::Heat | ColumnLook::Bar => most(answer, place),
                ColumnLook::Text | ColumnLook::Hidden | ColumnLook::Trend | ColumnLook::Time => 0.0,
            },
        })
    });
    all.collect()
}

fn most(answer: &Answer, column: usize) -> f64 {
    let numbers = places(answer).filter_map(|(batch, row)| number(&cell(answer, column, batch, row)));
    numbers.fold(0.0, f64::max)
}

fn cells(answer: &Answer, columns: &[Shown], batch: usize, row: usize) -> Vec<GridCell> {
    columns.iter().map(|column| drawn(column, &cell(answer, column.place, batch, row))).collect()
}

fn drawn(column: &Shown, value: &Value) -> GridCell {
    let share = || match number(value) {
        Some(number) if column.most > 0.0 => number / column.most,
        Some(_) | None => 0.0,
    };
    match column.look {
        ColumnLook::Text | ColumnLook::Hidden => GridCell::plain(shown(value)),
        ColumnLook::Heat => GridCell::of(shown(value), Look::Heat(share(), column.colour)),
        ColumnLook::Bar => GridCell::of(shown(value), Look::Bar(share(), column.colour)),
        ColumnLook::Trend => match spark_values(value) {
            Some(values) => GridCell::of("", Look::Spark(values, column.colour)),
            None => GridCell::plain(shown(value)),
        },
        ColumnLook::Time => match value {
            Value::DateTime(ticks) => GridCell::plain(second_text(*ticks)),
            other => GridCell::plain(shown(other)),
        },
    }
}

/// Batch and row of every row.
fn places(answer: &Answer) -> impl Iterator<Item = (usize, usize)> + '_ {
    answer.batches.iter().enumerate().flat_map(|(at, batch)| (0..batch.num_rows()).map(move |row| (at, row)))
}

fn place(answer: &Answer, name: &str) -> Option<usize> {
    answer.columns.iter().position(|column| column.name == name)
}

/// Whether two rows have the same value in a column; texts are compared where they lie.
fn equal(answer: &Answer, column: usize, a: (usize, usize), b: (usize, usize)) -> bool {
    if answer.columns[column].ty == Type::String {
        let text =
            |(batch, row): (usize, usize)| answer.batches[batch].column(column).as_string_view().value(row);
        return text(a) == text(b);
    }
    cell(answer, column, a.0, a.1) == cell(answer, column, b.0, b.1)
}

fn cell(answer: &Answer, column: usize, batch: usize, row: usize) -> Value {
    Value::from_array(answer.columns[column].ty, answer.batches[batch].column(column), row)
}

/// The values of a column, when the answer has it.
pub fn column(answer: &Answer, name: &str) -> Option<Vec<Value>> {
    let column = place(answer, name)?;
    Some(places(answer).map(|(batch, row)| cell(answer, column, batch, row)).collect())
}

/// A value for readers: numbers with commas between thousands.
pub fn shown(value: &Value) -> String {
    match number(value) {
        Some(number) => number_text(number, &NumberFormat::default()),
        None => value_text(value),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(f64::from(*number)),
        Value::Long(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

fn is_number(ty: Type) -> bool {
    match ty {
        Type::Int | Type::Long | Type::Real | Type::Decimal => true,
        Type::Bool | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid | Type::Dynamic => false,
    }
}
