//! Rows below the values of columns: `Create (12)`, below it the rows whose action it is. Every group tells how many
//! rows it has and what they add up to, whether or not all are shown, and shows its first ones.

use super::aggregate::aggregate;
use super::cell::{CellPainter, ColumnRange};
use super::columns::{GROUP, Shown, column, label_text};
use super::grid::{Drawn, Sheet};
use super::number::measure;
use super::rows::Rows;
use super::sort::value_order;
use crate::model::{Aggregation, FormatterKind, Sort};
use calypso_library::Value;
use calypso_view::text::{grouped as digits, value_text};
use calypso_view::{GridCell, GridColumn, GridRow};
use std::collections::HashMap;

/// Fewest rows shown of a group.
const FEWEST_OF_GROUP: usize = 3;

/// Rows with the same value in a column, within a group around them.
struct Group {
    depth: usize,
    /// All of its rows, those of the groups within it too.
    rows: Vec<usize>,
    /// The groups within it, in order.
    within: Vec<usize>,
}

/// Draws groups with the rows in them. `last` is the column that names the rows themselves.
pub fn grouped(sheet: &Sheet, by: &[usize], last: Option<usize>, expanded: bool, order: &[usize]) -> Drawn {
    let (mut groups, mut outermost) = groups(sheet.rows, by, order);
    sort_groups(sheet, by, &mut groups, &mut outermost);
    let without: Vec<usize> = by.iter().copied().chain(last).collect();
    let columns = sheet.columns(&without);
    let front = front(sheet, by, last, &columns);
    let painter = Painter { sheet, by, columns: &columns, front: &front, names: names(sheet, by) };
    let totals: Vec<Vec<CellPainter>> = (0..by.len()).map(|depth| painter.totals(&groups, depth)).collect();
    let innermost = groups.iter().filter(|group| group.within.is_empty());
    let share = share(innermost.map(|group| group.rows.len()).collect(), sheet.limit);
    let mut drawn = Vec::new();
    let mut next: Vec<usize> = outermost.into_iter().rev().collect();
    while let Some(at) = next.pop() {
        let group = &groups[at];
        let cells = painter.group(group, &totals[group.depth]);
        let unfolded = Some(expanded && group.depth == 0);
        let depth = group.depth;
        drawn.push(GridRow { depth, cells, names_group: true, unfolded, ..GridRow::default() });
        next.extend(group.within.iter().rev());
        if group.within.is_empty() {
            drawn.extend(group.rows.iter().take(share).map(|row| painter.row(*row, by.len())));
        }
    }
    let own = match front {
        Front::Own { header, .. } => Some(*header),
        Front::Shared => None,
    };
    (own.into_iter().chain(columns.into_iter().map(|column| column.header)).collect(), drawn)
}

/// The groups in the order in which they are met, and which of them are outermost.
fn groups(rows: &Rows, by: &[usize], order: &[usize]) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut outermost = Vec::new();
    let mut known: HashMap<(Option<usize>, String), usize> = HashMap::new();
    for row in order {
        let mut around = None;
        for (depth, column) in by.iter().enumerate() {
            let key = (around, value_text(&rows.value(*column, *row)));
            let at = *known.entry(key).or_insert_with(|| {
                groups.push(Group { depth, rows: Vec::new(), within: Vec::new() });
                let at = groups.len() - 1;
                match around {
                    Some(around) => groups[around].within.push(at),
                    None => outermost.push(at),
                }
                at
            });
            groups[at].rows.push(*row);
            around = Some(at);
        }
    }
    (groups, outermost)
}

/// Groups are in the order of their first rows, unless the order is that of their names or of what they add up to.
fn sort_groups(sheet: &Sheet, by: &[usize], groups: &mut [Group], outermost: &mut [usize]) {
    for wish in sheet.sort.iter().rev() {
        let Some(keys) = group_keys(sheet, by, groups, wish) else { continue };
        let order = |a: &usize, b: &usize| {
            let order = value_order(&keys[*a], &keys[*b]);
            if wish.descending { order.reverse() } else { order }
        };
        outermost.sort_by(order);
        groups.iter_mut().for_each(|group| group.within.sort_by(order));
    }
}

/// The values groups are put in order by; none where the rows alone decide.
fn group_keys(sheet: &Sheet, by: &[usize], groups: &[Group], wish: &Sort) -> Option<Vec<Value>> {
    if wish.column.starts_with(GROUP) {
        let name = |group: &Group| group.rows.first().map(|row| sheet.rows.value(by[group.depth], *row));
        return Some(
            groups.iter().map(|group| name(group).unwrap_or(Value::String(String::new()))).collect(),
        );
    }
    let column = super::columns::meant(sheet.rows, &wish.column)?;
    let name = &sheet.rows.answer.columns[column].name;
    let aggregation = sheet.formatters.find(name)?.aggregation.unwrap_or_default();
    let total = |group: &Group| aggregate(aggregation, sheet.rows, column, &group.rows);
    (aggregation != Aggregation::None).then(|| groups.iter().map(total).collect())
}

/// Rows shown of each group, so that all groups together show as many as the limit allows, but each its first ones.
fn share(mut sizes: Vec<usize>, limit: usize) -> usize {
    sizes.sort_unstable();
    let (mut left, mut groups) = (limit, sizes.len());
    for size in sizes {
        let share = left / groups.max(1);
        if size > share {
            return share.max(FEWEST_OF_GROUP);
        }
        left -= size;
        groups -= 1;
    }
    usize::MAX
}

/// Where the names of groups stand.
enum Front<'a> {
    /// In the first of the columns shown.
    Shared,
    /// In a column of its own, in which rows show the column that names them.
    Own { header: Box<GridColumn>, last: Option<Box<Shown<'a>>> },
}

/// Names stand in the first column where that holds words, else in one of their own.
fn front<'a>(sheet: &'a Sheet, by: &[usize], last: Option<usize>, columns: &[Shown]) -> Front<'a> {
    let label = sheet.settings.labels.iter().find(|label| label.column == GROUP);
    let labelled = label.and_then(|one| one.label.as_deref()).is_some_and(|text| !text.is_empty());
    let of = |place: usize| {
        let name = &sheet.rows.answer.columns[place].name;
        let own = sheet.formatters.find(name).filter(|one| one.kind != FormatterKind::Hidden);
        column(sheet.settings, sheet.formatters.group().or(own), sheet.rows, place, sheet.around)
    };
    if let Some(last) = last {
        let shown = of(last);
        let label = if labelled { label_text(label, "", sheet.around) } else { shown.header.label.clone() };
        let header = Box::new(GridColumn { label, right: false, ..shown.header.clone() });
        return Front::Own { header, last: Some(Box::new(shown)) };
    }
    if columns.first().is_some_and(|first| !first.header.right) && !labelled {
        return Front::Shared;
    }
    let names: Vec<String> = by.iter().map(|place| of(*place).header.label).collect();
    let header = GridColumn {
        label: label_text(label.filter(|_| labelled), &names.join(" / "), sheet.around),
        name: GROUP.to_owned(),
        ..GridColumn::default()
    };
    Front::Own { header: Box::new(header), last: None }
}

/// How the names of groups are drawn, for each column by which rows are grouped.
fn names<'a>(sheet: &'a Sheet, by: &[usize]) -> Vec<CellPainter<'a>> {
    let painter = |place: &usize| {
        let column = &sheet.rows.answer.columns[*place];
        let own = sheet.formatters.find(&column.name).filter(|one| one.kind != FormatterKind::Hidden);
        let formatter = sheet.formatters.group().or(own);
        CellPainter::new(&column.name, column.ty, formatter, ColumnRange::default(), sheet.around)
    };
    by.iter().map(painter).collect()
}

/// What draws the rows of a grid with groups.
struct Painter<'a> {
    sheet: &'a Sheet<'a>,
    by: &'a [usize],
    columns: &'a [Shown<'a>],
    front: &'a Front<'a>,
    names: Vec<CellPainter<'a>>,
}

impl<'a> Painter<'a> {
    /// What draws the values that groups of a depth add up to, for each column; bars are measured among these groups.
    fn totals(&self, groups: &[Group], depth: usize) -> Vec<CellPainter<'a>> {
        let of_column = |shown: &'a Shown<'a>| {
            let values = groups.iter().filter(|group| group.depth == depth);
            let numbers = values.filter_map(|group| measure(&self.total(shown, group)?));
            let column = &self.sheet.rows.answer.columns[shown.place];
            let range = ColumnRange::of(numbers);
            CellPainter::new(&column.name, column.ty, shown.formatter, range, self.sheet.around)
        };
        self.columns.iter().map(of_column).collect()
    }

    /// What a group shows in a column; none where nothing.
    fn total(&self, shown: &Shown, group: &Group) -> Option<Value> {
        let aggregation = shown.formatter.and_then(|one| one.aggregation).unwrap_or_default();
        let wanted = aggregation != Aggregation::None;
        wanted.then(|| aggregate(aggregation, self.sheet.rows, shown.place, &group.rows))
    }

    fn group(&self, group: &Group, totals: &[CellPainter]) -> Vec<GridCell> {
        let Some(first) = group.rows.first() else { return Vec::new() };
        let one = self.sheet.rows.row(*first);
        let value = self.sheet.rows.value(self.by[group.depth], *first);
        let mut name = self.names[group.depth].cell(&value, &one);
        let text = if name.text.trim().is_empty() { "(empty)" } else { &name.text };
        name.text = format!("{text} ({})", digits(group.rows.len()));
        let skipped = match self.front {
            Front::Shared => 1,
            Front::Own { .. } => 0,
        };
        let totals = self.columns.iter().zip(totals).skip(skipped).map(|(shown, painter)| {
            self.total(shown, group).map_or_else(|| GridCell::plain(""), |value| painter.cell(&value, &one))
        });
        // A click on a group is no click on one of its rows.
        std::iter::once(name).chain(totals).map(|cell| GridCell { action: None, ..cell }).collect()
    }

    fn row(&self, row: usize, depth: usize) -> GridRow {
        let mut drawn = self.sheet.row(self.columns, row, depth);
        if let Front::Own { last, .. } = self.front {
            let one = self.sheet.rows.row(row);
            let name = last.as_ref().map_or_else(
                || GridCell::plain(""),
                |last| last.painter.cell(&self.sheet.rows.value(last.place, row), &one),
            );
            drawn.cells.insert(0, name);
        }
        drawn
    }
}
