//! `dcount_intersect`: how many values sets have in common.

use crate::call::EvaluateError;
use crate::function::{Accepts, example, repeated};
use crate::hyperloglog::{Distinct, EXACT_LIMIT};
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Int64Array};
use std::sync::Arc;

/// `T | evaluate dcount_intersect(hll_a, hll_b)`
pub const PLUGIN: Plugin = Plugin {
    name: "dcount_intersect",
    summary: "Counts the values that the first set, the first two, the first three … have in common.",
    signatures: &[&[slot(
        Takes::Column,
        repeated("hll", Accepts::Is(Type::Dynamic), 2, "Sets made by `hll`, 2 to 16 of them."),
    )]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "range x from 1 to 12 step 1 | summarize a = hll(x), b = hll(x * 2) | evaluate dcount_intersect(a, b) | project s0, s1",
        "12, 6",
    )],
};

/// Most sets: every subset of them is united once.
const MOST: usize = 16;

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    let sets = call.places("hll").count();
    if sets > MOST {
        return Err(format!("`dcount_intersect` takes at most {MOST} sets"));
    }
    let mut columns = call.input().to_vec();
    for set in 0..sets {
        let name = free_name(&format!("s{set}"), &columns);
        columns.push(Column::new(name, Type::Long));
    }
    Ok(columns)
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let places: Vec<usize> = call.places("hll").collect();
    let mut counts: Vec<Vec<Option<i64>>> = vec![Vec::with_capacity(rows.rows); places.len()];
    for row in 0..rows.rows {
        let sets: Option<Vec<(Distinct, u8)>> =
            places.iter().map(|place| Distinct::from_json(&rows.columns.get(*place)?.json(row)?)).collect();
        let common = match &sets {
            Some(sets) => in_common(sets, rows)?.into_iter().map(Some).collect(),
            None => vec![None; places.len()],
        };
        counts.iter_mut().zip(common).for_each(|(column, count)| column.push(count));
    }
    let mut arrays: Vec<ArrayRef> =
        rows.columns[..call.shown].iter().map(|column| Arc::clone(&column.array)).collect();
    arrays.extend(counts.into_iter().map(|column| Arc::new(Int64Array::from(column)) as ArrayRef));
    Ok(arrays)
}

/// How many values the first set has, the first two have in common, and so on: by inclusion and exclusion over unions,
/// which are all that registers can tell.
fn in_common(sets: &[(Distinct, u8)], rows: &PluginRows) -> Result<Vec<i64>, EvaluateError> {
    let mut common = Vec::with_capacity(sets.len());
    for upto in 1..=sets.len() {
        let mut sum = 0;
        for chosen in 1_u32..1 << upto {
            rows.go_on()?;
            let mut union = Distinct::default();
            let members = (0..upto).filter(|set| chosen >> set & 1 == 1);
            for (set, precision) in members.filter_map(|set| sets.get(set)) {
                union.merge(set.clone(), EXACT_LIMIT, *precision);
            }
            sum += if chosen.count_ones() % 2 == 1 { union.count() } else { -union.count() };
        }
        common.push(sum.max(0));
    }
    Ok(common)
}
