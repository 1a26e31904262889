//! `series_seasonal`: the repeating part of a series.

use crate::function::*;
use crate::json::from_real;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_seasonal",
    summary: "Gives for each element the median of all elements at the same place of a period.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required("period", Accepts::Integer, "How many elements a period has."),
            optional("test_points", Accepts::Integer, "How many elements at the end do not count."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
        "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let values = all_numbers(&call[0], row)?;
            let period = usize::try_from(call[1].long(row)?).ok().filter(|period| *period > 0)?;
            let left_out = match call.get(2) {
                Some(points) => usize::try_from(points.long(row)?).ok()?,
                None => 0,
            };
            let learned = &values[..values.len().saturating_sub(left_out)];
            let median = |phase: usize| -> f64 {
                let mut all: Vec<f64> = learned.iter().copied().skip(phase).step_by(period).collect();
                all.sort_by(f64::total_cmp);
                match all.len() {
                    0 => 0.0,
                    count if count % 2 == 1 => all[count / 2],
                    count => (all[count / 2 - 1] + all[count / 2]) / 2.0,
                }
            };
            let phases: Vec<f64> = (0..period.min(values.len())).map(median).collect();
            Some(Json::Array((0..values.len()).map(|index| from_real(phases[index % period])).collect()))
        })
    },
    ..DEFAULTS
};
