//! Rows with the rows of another table whose network holds their address: `ipv4_lookup`, `ipv6_lookup`.

use crate::addresses::Network;
use crate::call::{Argument, EvaluateError};
use crate::plugin::{PluginCall, PluginRows, free_name, taken};
use crate::row_codes::codes;
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::{ArrayRef, UInt32Array};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The columns of the input, then those of the other table but the common keys.
pub fn columns(call: &PluginCall) -> Vec<Column> {
    let mut columns = call.input().to_vec();
    for place in kept(call) {
        if let Some(column) = call.lookup.get(place) {
            let name = free_name(&column.name, &columns);
            columns.push(Column::new(name, column.ty));
        }
    }
    columns
}

/// Places of the other table's columns that the answer has.
fn kept(call: &PluginCall) -> Vec<usize> {
    let common: Vec<usize> = common(call).map(|(_, place)| place).collect();
    (0..call.lookup.len()).filter(|place| !common.contains(place)).collect()
}

/// Places of the common keys in both tables.
fn common(call: &PluginCall) -> impl Iterator<Item = (usize, usize)> {
    call.places("ExtraKey").filter_map(|place| {
        let name = &call.columns.get(place)?.name;
        Some((place, call.lookup.iter().position(|column| column.name == *name)?))
    })
}

/// A row for each network that holds the address of a row and has its common keys, in the order of both tables.
pub fn evaluate(
    call: &PluginCall,
    rows: &PluginRows,
    (source, key): (&str, &str),
    read: fn(&str) -> Option<Network>,
) -> Result<Vec<ArrayRef>, EvaluateError> {
    let missing = || EvaluateError("a column is missing".to_owned());
    let addresses = rows.columns.get(call.place(source)).ok_or_else(missing)?;
    let networks = rows.lookup.get(call.table_place(key)).ok_or_else(missing)?;
    let (mine, theirs): (Vec<&Argument>, Vec<&Argument>) = common(call)
        .filter_map(|(mine, theirs)| Some((rows.columns.get(mine)?, rows.lookup.get(theirs)?)))
        .unzip();
    let keys = common_keys(&mine, &theirs, rows)?;
    let mut by_network: FxHashMap<(u32, u128, u32), Vec<u32>> = FxHashMap::default();
    let mut prefixes = BTreeSet::new();
    for row in 0..rows.lookup_rows {
        if let Some(network) = read(&networks.text(row)) {
            prefixes.insert(network.prefix);
            let place = (network.prefix, network.masked(network.prefix), keys.theirs[row]);
            by_network.entry(place).or_default().push(row as u32);
        }
    }
    let unmatched = call.bool("return_unmatched").unwrap_or(false);
    let (mut left, mut right): (Vec<u32>, Vec<Option<u32>>) = (Vec::new(), Vec::new());
    for row in 0..rows.rows {
        let mut found: Vec<u32> = Vec::new();
        if let Some(address) = read(&addresses.text(row)) {
            for prefix in prefixes.iter().copied().filter(|prefix| *prefix <= address.prefix) {
                let place = (prefix, address.masked(prefix), keys.mine[row]);
                found.extend(by_network.get(&place).into_iter().flatten());
            }
        }
        found.sort_unstable();
        if found.is_empty() && unmatched {
            left.push(row as u32);
            right.push(None);
        }
        left.extend(std::iter::repeat_n(row as u32, found.len()));
        right.extend(found.into_iter().map(Some));
    }
    let mut arrays = taken(&rows.columns[..call.shown], &UInt32Array::from(left))?;
    for place in kept(call) {
        let cells = rows.lookup.get(place).ok_or_else(missing)?;
        arrays.push(if cells.ty == Type::String {
            let text =
                |row: &Option<u32>| row.map_or(String::new(), |row| cells.raw(row as usize).to_owned());
            Value::to_array(Type::String, right.iter().map(|row| Value::String(text(row))))
        } else {
            taken(std::slice::from_ref(cells), &UInt32Array::from(right.clone()))?.swap_remove(0)
        });
    }
    Ok(arrays)
}

/// The common keys of both tables as numbers.
struct Keys {
    mine: Vec<u32>,
    theirs: Vec<u32>,
}

fn common_keys(mine: &[&Argument], theirs: &[&Argument], rows: &PluginRows) -> Result<Keys, EvaluateError> {
    if mine.is_empty() {
        return Ok(Keys { mine: vec![0; rows.rows], theirs: vec![0; rows.lookup_rows] });
    }
    let failed = |error: arrow::error::ArrowError| EvaluateError(error.to_string());
    let mut both = Vec::with_capacity(mine.len());
    for (a, b) in mine.iter().zip(theirs) {
        let array = arrow::compute::concat(&[a.array.as_ref(), b.array.as_ref()]).map_err(failed)?;
        both.push(Argument::rows(a.ty, array));
    }
    let mut numbers = codes(&both.iter().collect::<Vec<_>>(), rows.rows + rows.lookup_rows)?.of_row;
    let theirs = numbers.split_off(rows.rows);
    Ok(Keys { mine: numbers, theirs })
}
