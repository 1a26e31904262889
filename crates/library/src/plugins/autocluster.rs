//! `autocluster`: a few patterns that tell most about the rows.
//!
//! From each of some rows, the heaviest first, a pattern grows value by value as long as it gets better; the best of all
//! is kept, its rows are set aside, and the search goes on with the rest. A pattern is good when many rows have it and
//! when it says much: the score is the weighted geometric mean of the share of the rows and of the surprise of its values.

use super::basket::segments;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional};
use crate::patterns::*;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::ArrayRef;
use rustc_hash::FxHashMap;

/// `T | evaluate autocluster(0.5, weight, 25, '*')`
pub const PLUGIN: Plugin = Plugin {
    name: "autocluster",
    summary: "Finds a few combinations of values that describe most rows.",
    signatures: &[&[
        slot(
            Takes::Constant,
            constant(optional(
                "SizeWeight",
                Accepts::Is(Type::Real),
                "How much more the size of a pattern counts than what it says, 0 to 1; 0.5 when left out.",
            )),
        ),
        slot(Takes::Column, optional("WeightColumn", Accepts::Number, "How many rows a row stands for.")),
        slot(
            Takes::Constant,
            constant(optional(
                "NumSeeds",
                Accepts::Integer,
                "From how many rows patterns grow, 25 when left out.",
            )),
        ),
        WILDCARDS,
    ]],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "range i from 1 to 9 step 1 | project a = iff(i < 7, 'x', 'y'), b = iff(i < 7, 'p', 'q') | evaluate autocluster()",
        "0, 6, 66.7, x, p; 1, 3, 33.3, y, q",
    )],
};

/// Patterns over a smaller share of the rows are left out.
const LEAST_SHARE: f64 = 0.05;

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    if call.real("SizeWeight").is_some_and(|weight| !(0.0..=1.0).contains(&weight)) {
        return Err("the weight of the size lies between 0 and 1".to_owned());
    }
    if call.long("NumSeeds").is_some_and(|seeds| seeds < 1) {
        return Err("patterns grow from at least one row".to_owned());
    }
    let first = [("SegmentId", Type::Long), ("Count", Type::Long), ("Percent", Type::Real)];
    Ok(pattern_columns(call, &first, None))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let weights: Vec<usize> = call.places("WeightColumn").collect();
    let items = Items::read(call, rows, &weights, |_| Some(0))?;
    let [total, _] = items.totals();
    let seeds = call.long("NumSeeds").and_then(|seeds| usize::try_from(seeds).ok()).unwrap_or(25);
    let size = call.real("SizeWeight").unwrap_or(0.5);
    let surprise: FxHashMap<Item, f64> =
        items.all().into_iter().map(|(item, [weight, _])| (item, 1.0 - weight / total)).collect();
    let score = |pattern: &[Item], weight: f64| {
        let told: f64 = pattern.iter().map(|item| surprise.get(item).copied().unwrap_or(0.0)).sum();
        // Values that all rows share tell nothing, and still are better than no pattern.
        (weight / total).powf(size) * (told + 0.01 * pattern.len() as f64).powf(1.0 - size)
    };
    let mut left: Vec<usize> = (0..items.rows.len()).collect();
    left.sort_by(|a, b| items.weights[*b][0].total_cmp(&items.weights[*a][0]).then(a.cmp(b)));
    let mut found: Vec<(Pattern, f64)> = Vec::new();
    loop {
        let mut best: Option<(f64, Pattern, f64)> = None;
        for seed in left.iter().take(seeds) {
            rows.go_on()?;
            let (value, pattern, weight) = grown(&items, *seed, total * LEAST_SHARE, &score);
            if best.as_ref().is_none_or(|(known, ..)| value > *known) {
                best = Some((value, pattern, weight));
            }
        }
        let Some((_, pattern, weight)) = best else { break };
        if pattern.is_empty() {
            break;
        }
        left.retain(|row| !pattern.iter().all(|item| items.has(*row, *item)));
        found.push((pattern, weight));
    }
    found.sort_by(|(a, x), (b, y)| score(b, *y).total_cmp(&score(a, *x)));
    Ok(segments(call, rows, &items, found.into_iter(), total))
}

/// The best pattern that grows from a row, value by value, heavy enough: its score, itself, its weight.
fn grown(items: &Items, seed: usize, least: f64, score: &dyn Fn(&[Item], f64) -> f64) -> (f64, Pattern, f64) {
    let of_seed: Vec<Item> = items.rows[seed]
        .iter()
        .enumerate()
        .filter_map(|(column, value)| Some(Item { column: column as u32, value: (*value)? }))
        .collect();
    let mut covered: Vec<usize> = (0..items.rows.len()).collect();
    let mut best: (f64, Pattern, f64) = (0.0, Vec::new(), 0.0);
    loop {
        let mut better: Option<(f64, Pattern, f64, Vec<usize>)> = None;
        for item in of_seed.iter().filter(|item| !best.1.contains(item)) {
            let within: Vec<usize> = covered.iter().copied().filter(|row| items.has(*row, *item)).collect();
            let [weight, _] = items.weigh(within.iter().copied());
            if weight < least {
                continue;
            }
            let mut pattern = best.1.clone();
            pattern.push(*item);
            let value = score(&pattern, weight);
            if value > better.as_ref().map_or(best.0, |(known, ..)| *known) {
                better = Some((value, pattern, weight, within));
            }
        }
        match better {
            Some((value, pattern, weight, within)) => {
                best = (value, pattern, weight);
                covered = within;
            }
            None => return best,
        }
    }
}
