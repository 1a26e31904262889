//! Rows below the row whose id they name. Rows whose parent is not there stand outermost; rows in a circle, too: none
//! is lost, and none is drawn twice.

use super::grid::{Drawn, Sheet};
use calypso_view::text::value_text;
use std::collections::HashMap;

/// Draws rows below each other. `ends` are the columns of a row's id and of the id of the row above; `expander` is the
/// column in which rows are indented, which is then the first.
pub fn below_parents(
    sheet: &Sheet,
    ends: (usize, usize),
    expander: Option<usize>,
    expanded: bool,
    order: &[usize],
) -> Drawn {
    let mut columns = sheet.columns(&[]);
    if let Some(at) = expander.and_then(|place| columns.iter().position(|column| column.place == place)) {
        columns[..=at].rotate_right(1);
    }
    let placed = placed(sheet, ends, order);
    let rows = placed.into_iter().take(sheet.limit).map(|one| {
        let mut drawn = sheet.row(&columns, one.row, one.depth);
        drawn.unfolded = one.has_rows_below.then_some(expanded && one.depth == 0);
        drawn
    });
    let rows = rows.collect();
    (columns.into_iter().map(|column| column.header).collect(), rows)
}

/// A row and how deep it stands.
struct Placed {
    row: usize,
    depth: usize,
    has_rows_below: bool,
}

/// All rows, each below its parent.
fn placed(sheet: &Sheet, (id, parent): (usize, usize), order: &[usize]) -> Vec<Placed> {
    let text = |column: usize, row: usize| value_text(&sheet.rows.value(column, row));
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in order {
        by_id.entry(text(id, *row)).or_insert(*row);
    }
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); sheet.rows.count()];
    let mut outermost = Vec::new();
    for row in order {
        let name = text(parent, *row);
        match by_id.get(&name).filter(|above| !name.is_empty() && *above != row) {
            Some(above) => below[*above].push(*row),
            None => outermost.push(*row),
        }
    }
    let mut placed = Vec::with_capacity(order.len());
    let mut seen = vec![false; sheet.rows.count()];
    // The rows of a circle are below no outermost row: the first of them is taken as one.
    for first in outermost.iter().chain(order) {
        let mut next = vec![(*first, 0)];
        while let Some((row, depth)) = next.pop() {
            if std::mem::replace(&mut seen[row], true) {
                continue;
            }
            placed.push(Placed { row, depth, has_rows_below: below[row].iter().any(|below| !seen[*below]) });
            next.extend(below[row].iter().rev().map(|below| (*below, depth + 1)));
        }
    }
    placed
}
