//! A series as the sum of what repeats, what rises or falls, and what is left.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::json::from_real;
use crate::lines::Line;
use crate::seasons::{best_period, seasonal};
use crate::series::number;
use crate::value::Json;
use serde_json::json;

/// The threshold of a detected period that Kusto documents with `series_decompose`.
const PERIOD_THRESHOLD: f64 = 0.6;

/// What the parts are taken to be.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Trend {
    /// The mean.
    Average,
    /// A straight line.
    Line,
    /// Nothing.
    None,
}

/// The places of the arguments that say how to take a series apart; the series is the first.
#[derive(Clone, Copy)]
pub struct Places {
    /// Period: -1 to detect it, 0 for none.
    pub period: usize,
    /// `avg`, `linefit`, `none`.
    pub trend: usize,
    /// How many elements at the end do not count.
    pub left_out: usize,
    /// The least score of a detected period.
    pub threshold: usize,
}

/// A series and its parts, all of the same length.
pub struct Parts {
    /// The series; nothing where it has no number.
    pub values: Vec<Option<f64>>,
    /// What repeats.
    pub seasonal: Vec<f64>,
    /// What rises or falls, of what is left without the former.
    pub trend: Vec<f64>,
    /// How many elements from the start were learned from.
    pub learned: usize,
}

impl Parts {
    /// What the series would be without chance.
    pub fn baseline(&self) -> Vec<f64> {
        self.seasonal.iter().zip(&self.trend).map(|(seasonal, trend)| seasonal + trend).collect()
    }

    /// What is left of the series.
    pub fn residual(&self) -> Vec<Option<f64>> {
        let expected = self.baseline();
        self.values
            .iter()
            .zip(expected)
            .map(|(value, expected)| value.map(|value| value - expected))
            .collect()
    }
}

/// Takes the series of a row apart; nothing where it is no array.
pub fn parts(call: &Call, row: usize, places: Places) -> Result<Option<Parts>, EvaluateError> {
    let long = |place: usize| call.get(place).and_then(|argument| argument.long(row));
    let trend = match call.get(places.trend).map(|argument| argument.text(row)) {
        Some(name) => trend(&name)?,
        None => Trend::Average,
    };
    let Some(elements) = crate::arrays::elements(&call[0], row) else { return Ok(None) };
    let values: Vec<Option<f64>> = elements.iter().map(number).collect();
    let left_out = usize::try_from(long(places.left_out).unwrap_or(0)).unwrap_or(0);
    let learned = values.len().saturating_sub(left_out);
    let threshold = call.get(places.threshold).and_then(|argument| argument.real(row));
    let period = match long(places.period).unwrap_or(-1) {
        -1 => best_period(&values[..learned], threshold.unwrap_or(PERIOD_THRESHOLD)),
        given => usize::try_from(given).ok().filter(|period| *period > 0),
    };
    let seasonal = match period {
        Some(period) => seasonal(&values, period, learned),
        None => vec![0.0; values.len()],
    };
    let trend = fit(&values[..learned], &seasonal, trend);
    Ok(Some(Parts { values, seasonal, trend, learned }))
}

fn trend(name: &str) -> Result<Trend, EvaluateError> {
    match name {
        "avg" | "" => Ok(Trend::Average),
        "linefit" => Ok(Trend::Line),
        "none" => Ok(Trend::None),
        _ => Err(EvaluateError(format!(
            "the trend `{name}` is not known: expected `avg`, `linefit` or `none`"
        ))),
    }
}

/// The trend of what the first values are without what repeats, over the whole length.
fn fit(learned: &[Option<f64>], seasonal: &[f64], trend: Trend) -> Vec<f64> {
    let rest = learned.iter().zip(seasonal).enumerate();
    let points: Vec<(f64, f64)> =
        rest.filter_map(|(x, (value, seasonal))| Some((x as f64, (*value)? - seasonal))).collect();
    let average = points.iter().map(|(_, y)| y).sum::<f64>() / points.len().max(1) as f64;
    match trend {
        Trend::None => vec![0.0; seasonal.len()],
        Trend::Average => vec![average; seasonal.len()],
        Trend::Line => match Line::through_points(&points) {
            Some(line) => line.values(seasonal.len()),
            None => vec![average; seasonal.len()],
        },
    }
}

/// The columns of a decomposition.
pub fn columns(parts: &Parts) -> Json {
    json!({
        "baseline": array(&parts.baseline()),
        "seasonal": array(&parts.seasonal),
        "trend": array(&parts.trend),
        "residual": array_with_nulls(&parts.residual()),
    })
}

/// Numbers as a dynamic array.
pub fn array(values: &[f64]) -> Json {
    values.iter().copied().map(from_real).collect()
}

/// Numbers as a dynamic array, null where one is missing.
fn array_with_nulls(values: &[Option<f64>]) -> Json {
    values.iter().map(|value| value.map_or(Json::Null, from_real)).collect()
}

/// Takes the series of each row apart and collects what is made of the parts.
pub fn collect(
    call: &Call,
    places: Places,
    shape: impl Fn(&Parts, usize) -> Result<Json, EvaluateError>,
) -> Evaluated {
    let of_row = |row: usize| parts(call, row, places)?.map(|parts| shape(&parts, row)).transpose();
    let rows: Result<Vec<Option<Json>>, EvaluateError> = (0..call.rows).map(of_row).collect();
    let mut rows = rows?.into_iter();
    call.dynamics(|_| rows.next().flatten())
}
