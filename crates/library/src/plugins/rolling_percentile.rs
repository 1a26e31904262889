//! `rolling_percentile`: a percentile over the last periods.

use crate::activity::known;
use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, repeated, required};
use crate::plugin::*;
use crate::row_codes::codes;
use crate::types::{Column, Type};
use crate::value::Value;
use crate::value_order;
use arrow::array::{ArrayRef, UInt32Array};
use std::collections::{BTreeMap, VecDeque};

/// `T | evaluate rolling_percentile(x, 50, t, 1d, 3, dim)`
pub const PLUGIN: Plugin = Plugin {
    name: "rolling_percentile",
    summary: "Gives, for each period, a percentile of the values of the last periods.",
    signatures: &[&[
        slot(Takes::Column, required("ValueColumn", Accepts::Summable, "The values.")),
        slot(
            Takes::Constant,
            constant(required("Percentile", Accepts::Number, "Which percentile, 0 to 100.")),
        ),
        slot(Takes::Column, required("IndexColumn", crate::activity::TIMELINE, "What periods are made of.")),
        known("BinSize", "The length of a period."),
        slot(
            Takes::Constant,
            constant(required("BinsPerWindow", Accepts::Integer, "How many periods make a window.")),
        ),
        slot(
            Takes::Column,
            repeated("Dimension", Accepts::Orderable, 0, "Columns that make groups of their own."),
        ),
    ]],
    work: Work::Rows(Rows { columns, ordered: false, evaluate }),
    examples: &[example(
        "range t from 1 to 6 step 1 | extend v = t * 10 | evaluate rolling_percentile(v, 50, t, 2, 2)",
        "0, 10; 2, 20; 4, 30; 6, 50",
    )],
};

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    let (value, index) = (call.column("ValueColumn"), call.column("IndexColumn"));
    let bins = call.long("BinsPerWindow").unwrap_or_default();
    let percentile = call.constant("Percentile").map(Value::text).unwrap_or_default();
    let percentile = percentile.strip_suffix(".0").unwrap_or(&percentile);
    if call.long("BinSize").is_none_or(|size| size <= 0) || bins <= 0 {
        return Err("the length and the number of periods must be above zero".to_owned());
    }
    if call.real("Percentile").is_none_or(|p| !(0.0..=100.0).contains(&p)) {
        return Err("a percentile lies between 0 and 100".to_owned());
    }
    let mut columns = vec![index];
    columns.extend(call.places("Dimension").filter_map(|place| call.columns.get(place).cloned()));
    let name = format!("rolling_{bins}_percentile_{}_{percentile}", value.name);
    columns.push(Column::new(name, value.ty));
    Ok(columns)
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let missing = || EvaluateError("a column is missing".to_owned());
    let values = rows.columns.get(call.place("ValueColumn")).ok_or_else(missing)?;
    let index = rows.columns.get(call.place("IndexColumn")).ok_or_else(missing)?;
    let size = call.long("BinSize").unwrap_or(1).max(1);
    let bins = call.long("BinsPerWindow").unwrap_or(1).max(1);
    let share = call.real("Percentile").unwrap_or_default() / 100.0;
    let dimensions: Vec<_> = call.places("Dimension").filter_map(|place| rows.columns.get(place)).collect();
    let grouped = codes(&dimensions, rows.rows)?;
    let mut by_group: Vec<BTreeMap<i64, Vec<Value>>> = vec![BTreeMap::new(); grouped.firsts.len()];
    for row in 0..rows.rows {
        let Some(at) = index.long(row) else { continue };
        let cell = by_group[grouped.of_row[row] as usize].entry(at.div_euclid(size)).or_default();
        cell.extend(Some(values.value(row)).filter(|value| !value.is_null()));
    }
    let mut order: Vec<usize> = (0..by_group.len()).collect();
    order.sort_by(|a, b| {
        let at = |group: usize| grouped.firsts[group] as usize;
        let compared =
            dimensions.iter().map(|cells| value_order::compare(&cells.value(at(*a)), &cells.value(at(*b))));
        compared.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    let (mut times, mut groups, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for group in order {
        let mut window: VecDeque<(i64, Vec<Value>)> = VecDeque::new();
        for (bin, held) in std::mem::take(&mut by_group[group]) {
            rows.go_on()?;
            window.push_back((bin, held));
            while window.front().is_some_and(|(first, _)| bin - first >= bins) {
                window.pop_front();
            }
            times.push(crate::activity::at(index.ty, bin.saturating_mul(size)));
            groups.push(grouped.firsts[group]);
            results.push(percentile(window.iter().flat_map(|(_, held)| held), share, values.ty));
        }
    }
    let mut arrays = vec![Value::to_array(index.ty, times)];
    let dimensions: Vec<_> = dimensions.into_iter().cloned().collect();
    arrays.extend(taken(&dimensions, &UInt32Array::from(groups))?);
    arrays.push(Value::to_array(values.ty, results));
    Ok(arrays)
}

/// The value that at least so large a share is not above.
fn percentile<'v>(values: impl Iterator<Item = &'v Value>, share: f64, ty: Type) -> Value {
    let mut values: Vec<&Value> = values.collect();
    if values.is_empty() {
        return Value::absent(ty);
    }
    let place = ((values.len() as f64 * share).ceil() as usize).clamp(1, values.len()) - 1;
    let (_, found, _) = values.select_nth_unstable_by(place, |a, b| value_order::compare(a, b));
    (*found).clone()
}
