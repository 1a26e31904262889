//! `series_fit_line_dynamic`: the straight line through a series as a bag.

use crate::decompose::array;
use crate::function::*;
use crate::json::from_real;
use crate::lines::Line;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fit_line_dynamic",
    summary: "Gives the line of least squares through a series, and how well it fits.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print series_fit_line_dynamic(dynamic([1, 2, 3]))",
        "{\"rsquare\":1.0,\"slope\":1.0,\"variance\":1.0,\"rvariance\":0.0,\"interception\":1.0,\"line_fit\":[1.0,2.0,3.0]}",
    )],
    evaluate: |call| call.dynamics(|row| line(&all_numbers(&call[0], row)?)),
    ..DEFAULTS
};

/// The line through values at 0, 1, 2, …; nothing for fewer than two.
pub fn line(values: &[f64]) -> Option<Json> {
    let line = Line::through(values)?;
    Some(json!({
        "rsquare": from_real(line.rsquare),
        "slope": from_real(line.slope),
        "variance": from_real(line.variance),
        "rvariance": from_real(line.rvariance),
        "interception": from_real(line.start),
        "line_fit": array(&line.values(values.len())),
    }))
}
