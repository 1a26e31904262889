//! `series_fit_line_dynamic`: the straight line through a series as a bag.

use crate::function::*;
use crate::json::from_real;
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

/// The line through values at 0, 1, 2, …; nothing for fewer than two. Variances divide by one less than the count.
pub fn line(values: &[f64]) -> Option<Json> {
    if values.len() < 2 {
        return None;
    }
    let count = values.len() as f64;
    let (mean_x, mean_y) = ((count - 1.0) / 2.0, values.iter().sum::<f64>() / count);
    let points = || values.iter().enumerate().map(|(x, y)| (x as f64, *y));
    let slope = points().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>()
        / points().map(|(x, _)| (x - mean_x).powi(2)).sum::<f64>();
    let start = mean_y - slope * mean_x;
    let all: f64 = points().map(|(_, y)| (y - mean_y).powi(2)).sum();
    let left: f64 = points().map(|(x, y)| (y - start - slope * x).powi(2)).sum();
    let fit: Vec<Json> = points().map(|(x, _)| from_real(start + slope * x)).collect();
    Some(json!({
        "rsquare": from_real(if all == 0.0 { 1.0 } else { 1.0 - left / all }),
        "slope": from_real(slope),
        "variance": from_real(all / (count - 1.0)),
        "rvariance": from_real(left / (count - 1.0)),
        "interception": from_real(start),
        "line_fit": fit,
    }))
}
