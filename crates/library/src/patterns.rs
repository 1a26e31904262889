//! Patterns of rows: values that many rows share across columns, for `basket`, `autocluster` and `diffpatterns`.
//!
//! Rows become lists of items, an item being a value of a column; a pattern is a set of items of different columns.

use crate::call::{Argument, EvaluateError};
use crate::function::{Accepts, Parameter, repeated};
use crate::plugin::{PluginCall, PluginRows, Slot, Takes, slot};
use crate::row_codes::codes;
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::ArrayRef;
use rustc_hash::FxHashMap;

/// Values for `no restriction`, by their types.
pub const WILDCARDS: Slot = slot(
    Takes::Constant,
    constant(repeated(
        "CustomWildcard",
        Accepts::Any,
        0,
        "What stands in columns of its type that a pattern leaves open; null or empty when left out.",
    )),
);

const fn constant(parameter: Parameter) -> Parameter {
    Parameter { constant: true, ..parameter }
}

/// A set of items, each the place of a column and the number of a value.
pub type Pattern = Vec<Item>;

/// A value of a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Item {
    /// The column by its place among those searched.
    pub column: u32,
    /// The number of the value.
    pub value: u32,
}

/// Rows as items, equal rows once.
pub struct Items {
    /// The columns searched, by their places in the input.
    pub columns: Vec<usize>,
    /// The values of each row that is unlike the others, by column; nothing where the value can be in no pattern.
    pub rows: Vec<Vec<Option<u32>>>,
    /// What each of these rows weighs on each side.
    pub weights: Vec<[f64; 2]>,
    /// A row of the input for each value, by column.
    firsts: Vec<Vec<u32>>,
}

impl Items {
    /// Reads the columns but those left out; `side` tells on which of two sides a row counts, if any.
    pub fn read(
        call: &PluginCall,
        rows: &PluginRows,
        left_out: &[usize],
        side: impl Fn(usize) -> Option<usize>,
    ) -> Result<Items, EvaluateError> {
        let columns: Vec<usize> = (0..call.shown).filter(|place| !left_out.contains(place)).collect();
        let cells: Vec<&Argument> = columns.iter().filter_map(|place| rows.columns.get(*place)).collect();
        let mut of_rows = Vec::with_capacity(cells.len());
        let mut firsts = Vec::with_capacity(cells.len());
        for cells in &cells {
            let found = codes(&[cells], rows.rows)?;
            of_rows.push(found.of_row);
            firsts.push(found.firsts);
        }
        // A null or an empty text reads like `no restriction`, unless that has another sign.
        let open: Vec<Vec<bool>> = cells
            .iter()
            .zip(&firsts)
            .map(|(cells, firsts)| {
                let shown = wildcard(call, cells.ty);
                firsts.iter().map(|row| cells.value(*row as usize) == shown).collect()
            })
            .collect();
        let weight = call.places("WeightColumn").next().and_then(|place| rows.columns.get(place));
        let mut places: FxHashMap<Vec<Option<u32>>, usize> = FxHashMap::default();
        let mut items = Items { columns, rows: Vec::new(), weights: Vec::new(), firsts };
        for row in 0..rows.rows {
            let Some(side) = side(row) else { continue };
            let weight = weight.map_or(1.0, |weight| weight.real(row).unwrap_or(0.0).max(0.0));
            let values: Vec<Option<u32>> = of_rows
                .iter()
                .zip(&open)
                .map(|(numbers, open)| Some(numbers[row]).filter(|number| !open[*number as usize]))
                .collect();
            let place = *places.entry(values).or_insert_with_key(|values| {
                items.rows.push(values.clone());
                items.weights.push([0.0; 2]);
                items.rows.len() - 1
            });
            items.weights[place][side] += weight;
        }
        Ok(items)
    }

    /// What all rows weigh on each side.
    pub fn totals(&self) -> [f64; 2] {
        self.weigh(0..self.rows.len())
    }

    /// What these rows weigh on each side.
    pub fn weigh(&self, rows: impl IntoIterator<Item = usize>) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for row in rows {
            sum[0] += self.weights[row][0];
            sum[1] += self.weights[row][1];
        }
        sum
    }

    /// Whether a row has the item.
    pub fn has(&self, row: usize, item: Item) -> bool {
        self.rows[row].get(item.column as usize).copied().flatten() == Some(item.value)
    }

    /// All items with their weights, the heaviest first.
    pub fn all(&self) -> Vec<(Item, [f64; 2])> {
        let mut sums: FxHashMap<Item, [f64; 2]> = FxHashMap::default();
        for (row, weights) in self.rows.iter().zip(&self.weights) {
            for (column, value) in row.iter().enumerate() {
                if let Some(value) = value {
                    let sum = sums.entry(Item { column: column as u32, value: *value }).or_default();
                    sum[0] += weights[0];
                    sum[1] += weights[1];
                }
            }
        }
        let mut all: Vec<(Item, [f64; 2])> = sums.into_iter().collect();
        all.sort_by(|(a, x), (b, y)| (y[0] + y[1]).total_cmp(&(x[0] + x[1])).then(a.cmp(b)));
        all
    }

    /// All patterns heavy enough that no further item holds for every one of their rows: from up to `most` items that do
    /// not follow from one another, with the items that follow.
    pub fn closed(
        &self,
        rows: &PluginRows,
        most: usize,
        enough: &dyn Fn([f64; 2]) -> bool,
    ) -> Result<Vec<(Pattern, [f64; 2])>, EvaluateError> {
        let items: Vec<Item> =
            self.all().into_iter().filter(|(_, weight)| enough(*weight)).map(|(item, _)| item).collect();
        let mut search = Search {
            items: self,
            frequent: items,
            most,
            enough,
            seen: FxHashMap::default(),
            found: Vec::new(),
        };
        let everything: Vec<usize> = (0..self.rows.len()).collect();
        search.deepen(rows, 0, 0, &Vec::new(), &everything)?;
        Ok(search.found)
    }

    /// The columns of the answer for patterns, one array per column of the input that `shown` lists.
    pub fn columns(
        &self,
        call: &PluginCall,
        rows: &PluginRows,
        shown: &[usize],
        patterns: &[Pattern],
    ) -> Vec<ArrayRef> {
        let column = |place: &usize| {
            let cells = rows.columns.get(*place)?;
            let searched = self.columns.iter().position(|column| column == place);
            let value = |pattern: &Pattern| {
                let item = pattern.iter().find(|item| Some(item.column as usize) == searched);
                match item {
                    Some(item) => {
                        cells.value(self.firsts[item.column as usize][item.value as usize] as usize)
                    }
                    None => wildcard(call, cells.ty),
                }
            };
            Some(Value::to_array(cells.ty, patterns.iter().map(value)))
        };
        shown.iter().filter_map(column).collect()
    }
}

/// The search for closed patterns.
struct Search<'s> {
    items: &'s Items,
    frequent: Vec<Item>,
    most: usize,
    enough: &'s dyn Fn([f64; 2]) -> bool,
    seen: FxHashMap<Pattern, ()>,
    found: Vec<(Pattern, [f64; 2])>,
}

/// Most patterns a search gives.
const MOST_PATTERNS: usize = 100_000;

impl Search<'_> {
    fn deepen(
        &mut self,
        rows: &PluginRows,
        next: usize,
        depth: usize,
        pattern: &Pattern,
        covered: &[usize],
    ) -> Result<(), EvaluateError> {
        if depth == self.most {
            return Ok(());
        }
        for place in next..self.frequent.len() {
            rows.go_on()?;
            let item = self.frequent[place];
            if pattern.iter().any(|known| known.column == item.column) {
                continue;
            }
            let within: Vec<usize> =
                covered.iter().copied().filter(|row| self.items.has(*row, item)).collect();
            let weight = self.items.weigh(within.iter().copied());
            if !(self.enough)(weight) {
                continue;
            }
            let closed = self.closure(&within);
            if self.seen.insert(closed.clone(), ()).is_some() {
                continue;
            }
            if self.found.len() == MOST_PATTERNS {
                return Err(EvaluateError(format!(
                    "more than {MOST_PATTERNS} patterns; raise the threshold"
                )));
            }
            self.found.push((closed.clone(), weight));
            self.deepen(rows, place + 1, depth + 1, &closed, &within)?;
        }
        Ok(())
    }

    /// The items that all these rows have.
    fn closure(&self, rows: &[usize]) -> Pattern {
        let Some((first, others)) = rows.split_first() else { return Vec::new() };
        let items = self.items.rows[*first].iter().enumerate();
        items
            .filter_map(|(column, value)| Some(Item { column: column as u32, value: (*value)? }))
            .filter(|item| others.iter().all(|row| self.items.has(*row, *item)))
            .collect()
    }
}

/// What stands for `no restriction` in columns of a type.
pub fn wildcard(call: &PluginCall, ty: Type) -> Value {
    let given = call.all("CustomWildcard").find_map(|given| match given {
        crate::plugin::Given::Constant(value) if value.ty() == ty && !value.is_null() => Some(value.clone()),
        _ => None,
    });
    given.unwrap_or_else(|| Value::absent(ty))
}

/// The columns of the input, but one.
pub fn pattern_columns(call: &PluginCall, first: &[(&str, Type)], without: Option<usize>) -> Vec<Column> {
    let mut columns: Vec<Column> = first.iter().map(|(name, ty)| Column::new(*name, *ty)).collect();
    for (place, column) in call.input().iter().enumerate().filter(|(place, _)| Some(*place) != without) {
        let name = crate::plugin::free_name(&column.name, &columns);
        let ty = call.columns[place].ty;
        columns.push(Column::new(name, ty));
    }
    columns
}

/// A number with so many digits after the point.
pub fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}
