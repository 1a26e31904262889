//! `diffpatterns`: patterns that are more frequent in one set of rows than in another.
//!
//! Of all patterns whose shares differ enough, those that differ most are kept; one that only widens or narrows a kept
//! pattern is left out.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional, required};
use crate::patterns::*;
use crate::plugin::*;
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::{ArrayRef, Float64Array, Int64Array};
use std::sync::Arc;

/// `T | evaluate diffpatterns(side, 'a', 'b', weight, 0.05, 3, '*')`
pub const PLUGIN: Plugin = Plugin {
    name: "diffpatterns",
    summary: "Finds combinations of values that tell two sets of rows apart.",
    signatures: &[&[
        slot(Takes::Column, required("SplitColumn", Accepts::Any, "What tells the two sets apart.")),
        slot(
            Takes::Constant,
            constant(required("SplitValueA", Accepts::Is(Type::String), "Its text in the first set.")),
        ),
        slot(
            Takes::Constant,
            constant(required("SplitValueB", Accepts::Is(Type::String), "Its text in the second set.")),
        ),
        slot(Takes::Column, optional("WeightColumn", Accepts::Number, "How many rows a row stands for.")),
        slot(
            Takes::Constant,
            constant(optional(
                "Threshold",
                Accepts::Is(Type::Real),
                "The least difference of the shares, 0.05 when left out.",
            )),
        ),
        slot(
            Takes::Constant,
            constant(optional(
                "MaxDimensions",
                Accepts::Integer,
                "How many values that do not follow from one another; any number when left out.",
            )),
        ),
        WILDCARDS,
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "datatable(s:string, a:string)['u', 'x', 'u', 'x', 'v', 'y', 'v', 'x'] | evaluate diffpatterns(s, 'u', 'v')",
        "0, 2, 1, 100.0, 50.0, 50.0, x; 1, 0, 1, 0.0, 50.0, 50.0, y",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    if call.real("Threshold").is_some_and(|share| !(0.015..=1.0).contains(&share)) {
        return Err("the threshold of `diffpatterns` lies between 0.015 and 1".to_owned());
    }
    if call.long("MaxDimensions").is_some_and(|most| most < 1) {
        return Err("a pattern has at least one dimension".to_owned());
    }
    let first = [
        ("SegmentId", Type::Long),
        ("CountA", Type::Long),
        ("CountB", Type::Long),
        ("PercentA", Type::Real),
        ("PercentB", Type::Real),
        ("PercentDiffAB", Type::Real),
    ];
    Ok(pattern_columns(call, &first, Some(call.place("SplitColumn"))))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let split = call.place("SplitColumn");
    let sides = rows.columns.get(split).ok_or_else(|| EvaluateError("no column to split by".to_owned()))?;
    let text = |slot: &str| call.constant(slot).map(Value::text).unwrap_or_default();
    let (a, b) = (text("SplitValueA"), text("SplitValueB"));
    let side = |row: usize| match sides.text(row) {
        side if side == a => Some(0),
        side if side == b => Some(1),
        _ => None,
    };
    let left_out: Vec<usize> = std::iter::once(split).chain(call.places("WeightColumn")).collect();
    let items = Items::read(call, rows, &left_out, side)?;
    let totals = items.totals();
    let share = |weight: [f64; 2]| {
        let of = |side: usize| if totals[side] > 0.0 { 100.0 * weight[side] / totals[side] } else { 0.0 };
        [of(0), of(1)]
    };
    let least = 100.0 * call.real("Threshold").unwrap_or(0.05);
    let most = call.long("MaxDimensions").and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let apart = |weight: [f64; 2]| (share(weight)[0] - share(weight)[1]).abs();
    // A difference needs at least its own size on one side.
    let mut found = items.closed(rows, most, &|weight| share(weight)[0].max(share(weight)[1]) >= least)?;
    found.retain(|(_, weight)| apart(*weight) >= least);
    found
        .sort_by(|(a, x), (b, y)| apart(*y).total_cmp(&apart(*x)).then(a.len().cmp(&b.len())).then(a.cmp(b)));
    let mut kept: Vec<(Pattern, [f64; 2])> = Vec::new();
    for (pattern, weight) in found {
        let within = |a: &Pattern, b: &Pattern| a.iter().all(|item| b.contains(item));
        if !kept.iter().any(|(known, _)| within(known, &pattern) || within(&pattern, known)) {
            kept.push((pattern, weight));
        }
    }
    let (patterns, weights): (Vec<Pattern>, Vec<[f64; 2]>) = kept.into_iter().unzip();
    let counts = |side: usize| weights.iter().map(move |weight| weight[side].round() as i64);
    let percents = |side: usize| weights.iter().map(move |weight| rounded(share(*weight)[side], 2));
    let apart = weights.iter().map(|weight| rounded(apart(*weight), 2));
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(0..patterns.len() as i64)),
        Arc::new(Int64Array::from_iter_values(counts(0))),
        Arc::new(Int64Array::from_iter_values(counts(1))),
        Arc::new(Float64Array::from_iter_values(percents(0))),
        Arc::new(Float64Array::from_iter_values(percents(1))),
        Arc::new(Float64Array::from_iter_values(apart)),
    ];
    let shown: Vec<usize> = (0..call.shown).filter(|place| *place != split).collect();
    arrays.extend(items.columns(call, rows, &shown, &patterns));
    Ok(arrays)
}
