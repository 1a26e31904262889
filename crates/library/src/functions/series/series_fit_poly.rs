//! `series_fit_poly`: a polynomial through a series as columns.

use crate::call::Call;
use crate::decompose::array;
use crate::function::*;
use crate::json::from_real;
use crate::lines::polynomial;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fit_poly",
    summary: "Gives the polynomial of least squares through a series, and how well it fits, as columns.",
    signatures: &[signature(
        &[
            required("y_series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional("x_series", Accepts::Is(Type::Dynamic), "Their places; 1, 2, 3, … when not given."),
            optional("degree", Accepts::Integer, "The highest power; 1 when not given."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print (fit, c) = series_fit_poly(dynamic([2, 4, 6])) | project round(fit, 6), round(todouble(c[0]), 6)",
            "1.0, 2.0",
        ),
        example(
            "print (fit, c) = series_fit_poly(dynamic([0, 1, 4, 9, 16]), dynamic([0, 1, 2, 3, 4]), 2) \
             | project round(todouble(c[0]), 6)",
            "1.0",
        ),
    ],
    columns: Some(Columns::Parts(&[
        ("rsquare", Type::Real),
        ("coefficients", Type::Dynamic),
        ("variance", Type::Real),
        ("rvariance", Type::Real),
        ("poly_fit", Type::Dynamic),
    ])),
    evaluate: |call| call.dynamics(|row| fit(call, row)),
    ..DEFAULTS
};

/// The polynomial of a row. Variances divide by one less than the count, as those of `series_fit_line` do.
fn fit(call: &Call, row: usize) -> Option<Json> {
    let ys = all_numbers(&call[0], row)?;
    let xs = match call.get(1).filter(|places| !places.is_null(row)) {
        Some(places) => all_numbers(places, row)?,
        None => (1..=ys.len()).map(|x| x as f64).collect(),
    };
    let degree = match call.get(2).and_then(|degree| degree.long(row)) {
        Some(degree) => usize::try_from(degree).ok()?,
        None => 1,
    };
    if xs.len() != ys.len() || ys.len() < 2 {
        return None;
    }
    let coefficients = polynomial(&xs, &ys, degree)?;
    let value = |x: &f64| coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient);
    let fitted: Vec<f64> = xs.iter().map(value).collect();
    let freedom = (ys.len() - 1) as f64;
    let mean = ys.iter().sum::<f64>() / ys.len() as f64;
    let variance = ys.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / freedom;
    let rvariance = ys.iter().zip(&fitted).map(|(y, fit)| (y - fit).powi(2)).sum::<f64>() / freedom;
    let highest_first: Vec<f64> = coefficients.iter().rev().copied().collect();
    Some(json!({
        "rsquare": from_real(if variance == 0.0 { 1.0 } else { 1.0 - rvariance / variance }),
        "coefficients": array(&highest_first),
        "variance": from_real(variance),
        "rvariance": from_real(rvariance),
        "poly_fit": array(&fitted),
    }))
}
