//! `series_fit_2lines_dynamic`: two straight lines through a series as a bag.

use crate::decompose::array;
use crate::function::*;
use crate::json::from_real;
use crate::lines::{Line, bend};
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fit_2lines_dynamic",
    summary: "Splits a series where two lines of least squares fit best, and gives both lines; the right one begins at the split.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of at least four numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print series_fit_2lines_dynamic(dynamic([0, 1, 2, 9, 7, 5])).split_idx", "3"),
        example(
            "print series_fit_2lines_dynamic(dynamic([0, 1, 2, 9, 7, 5])).right",
            "{\"rsquare\":1.0,\"slope\":-2.0,\"interception\":9.0,\"variance\":4.0,\"rvariance\":0.0}",
        ),
    ],
    evaluate: |call| call.dynamics(|row| lines(&all_numbers(&call[0], row)?)),
    ..DEFAULTS
};

/// The two lines through values; nothing for fewer than four.
fn lines(values: &[f64]) -> Option<Json> {
    let bend = bend(values)?;
    let mut fitted = bend.left.values(bend.place);
    fitted.extend(bend.right.values(values.len() - bend.place));
    let whole = Line::through(values)?;
    let left: f64 = values.iter().zip(&fitted).map(|(y, fit)| (y - fit).powi(2)).sum();
    let rvariance = left / (values.len() - 1) as f64;
    let rsquare = if whole.variance == 0.0 { 1.0 } else { 1.0 - rvariance / whole.variance };
    Some(json!({
        "rsquare": from_real(rsquare),
        "split_idx": bend.place,
        "variance": from_real(whole.variance),
        "rvariance": from_real(rvariance),
        "line_fit": array(&fitted),
        "right": side(&bend.right),
        "left": side(&bend.left),
    }))
}

fn side(line: &Line) -> Json {
    json!({
        "rsquare": from_real(line.rsquare),
        "slope": from_real(line.slope),
        "interception": from_real(line.start),
        "variance": from_real(line.variance),
        "rvariance": from_real(line.rvariance),
    })
}

/// The two lines with the figures of each side beside the others, as `series_fit_2lines` names them.
pub fn flat(values: &[f64]) -> Option<Json> {
    let Json::Object(mut figures) = lines(values)? else { return None };
    for name in ["right", "left"] {
        if let Some(Json::Object(side)) = figures.shift_remove(name) {
            figures.extend(side.into_iter().map(|(figure, value)| (format!("{name}_{figure}"), value)));
        }
    }
    Some(Json::Object(figures))
}
