//! `series_fit_2lines`: two straight lines through a series as columns.

use super::series_fit_2lines_dynamic::flat;
use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fit_2lines",
    summary: "Splits a series where two lines of least squares fit best, and gives both lines as columns; the right one begins at the split.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of at least four numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print (fit, split) = series_fit_2lines(dynamic([0, 1, 2, 9, 7, 5])) | project fit, split",
        "1.0, 3",
    )],
    columns: Some(Columns::Parts(&[
        ("rsquare", Type::Real),
        ("split_idx", Type::Long),
        ("variance", Type::Real),
        ("rvariance", Type::Real),
        ("line_fit", Type::Dynamic),
        ("right_rsquare", Type::Real),
        ("right_slope", Type::Real),
        ("right_interception", Type::Real),
        ("right_variance", Type::Real),
        ("right_rvariance", Type::Real),
        ("left_rsquare", Type::Real),
        ("left_slope", Type::Real),
        ("left_interception", Type::Real),
        ("left_variance", Type::Real),
        ("left_rvariance", Type::Real),
    ])),
    evaluate: |call| call.dynamics(|row| flat(&all_numbers(&call[0], row)?)),
    ..DEFAULTS
};
