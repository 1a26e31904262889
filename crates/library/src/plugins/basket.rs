//! `basket`: all patterns that are frequent enough.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional};
use crate::patterns::*;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::{ArrayRef, Float64Array, Int64Array};
use std::sync::Arc;

/// `T | evaluate basket(0.2, weight, 3, '*')`
pub const PLUGIN: Plugin = Plugin {
    name: "basket",
    summary: "Finds the values that a large enough share of the rows has in common.",
    signatures: &[&[
        slot(
            Takes::Constant,
            constant(optional(
                "Threshold",
                Accepts::Is(Type::Real),
                "The least share of the rows, 0.05 when left out.",
            )),
        ),
        slot(Takes::Column, optional("WeightColumn", Accepts::Number, "How many rows a row stands for.")),
        slot(
            Takes::Constant,
            constant(optional(
                "MaxDimensions",
                Accepts::Integer,
                "How many values that do not follow from one another, 5 when left out.",
            )),
        ),
        WILDCARDS,
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "datatable(a:string, b:string)['x', 'p', 'x', 'q', 'y', 'q'] | evaluate basket(0.5)",
        "0, 2, 66.7, x, ; 1, 2, 66.7, , q",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    if call.real("Threshold").is_some_and(|share| !(0.015..=1.0).contains(&share)) {
        return Err("the threshold of `basket` lies between 0.015 and 1".to_owned());
    }
    if call.long("MaxDimensions").is_some_and(|most| most < 1) {
        return Err("a pattern has at least one dimension".to_owned());
    }
    let first = [("SegmentId", Type::Long), ("Count", Type::Long), ("Percent", Type::Real)];
    Ok(pattern_columns(call, &first, None))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let weights: Vec<usize> = call.places("WeightColumn").collect();
    let items = Items::read(call, rows, &weights, |_| Some(0))?;
    let [total, _] = items.totals();
    let least = total * call.real("Threshold").unwrap_or(0.05);
    let most = call.long("MaxDimensions").and_then(|most| usize::try_from(most).ok()).unwrap_or(5);
    let found = items.closed(rows, most, &|[weight, _]| weight > 0.0 && weight >= least)?;
    Ok(segments(call, rows, &items, found.into_iter().map(|(pattern, [weight, _])| (pattern, weight)), total))
}

/// The answer for patterns with their weights.
pub fn segments(
    call: &PluginCall,
    rows: &PluginRows,
    items: &Items,
    found: impl Iterator<Item = (Pattern, f64)>,
    total: f64,
) -> Vec<ArrayRef> {
    let (patterns, weights): (Vec<Pattern>, Vec<f64>) = found.unzip();
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(0..patterns.len() as i64)),
        Arc::new(Int64Array::from_iter_values(weights.iter().map(|weight| weight.round() as i64))),
        Arc::new(Float64Array::from_iter_values(
            weights.iter().map(|weight| rounded(100.0 * weight / total, 1)),
        )),
    ];
    arrays.extend(items.columns(call, rows, &(0..call.shown).collect::<Vec<_>>(), &patterns));
    arrays
}
