//! `series_fit_line`: the straight line through a series as columns.

use super::series_fit_line_dynamic::line;
use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fit_line",
    summary: "Gives the line of least squares through a series, and how well it fits, as columns.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print (fit, slope, v, rv, start, line) = series_fit_line(dynamic([1, 2, 3]))",
        "1.0, 1.0, 1.0, 0.0, 1.0, [1.0,2.0,3.0]",
    )],
    columns: Some(Columns::Parts(&[
        ("rsquare", Type::Real),
        ("slope", Type::Real),
        ("variance", Type::Real),
        ("rvariance", Type::Real),
        ("interception", Type::Real),
        ("line_fit", Type::Dynamic),
    ])),
    evaluate: |call| call.dynamics(|row| line(&all_numbers(&call[0], row)?)),
    ..DEFAULTS
};
