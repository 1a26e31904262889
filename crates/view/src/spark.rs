//! Sparklines: a row of small bars (`▁▂▃▅▇`), one a value. In: numbers, or a dynamic array of them. Out: one line.

use crate::style::Style;
use calypso_library::{Json, Value};

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII_LEVELS: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// The numbers of a dynamic array; elements that are no numbers have no bar. Nothing for any other value.
pub fn spark_values(value: &Value) -> Option<Vec<Option<f64>>> {
    match value {
        Value::Dynamic(Json::Array(items)) => Some(items.iter().map(Json::as_f64).collect()),
        Value::Null(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Long(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

/// At most `cells` bars between zero (or the lowest, where that is below) and the highest value. Of several values
/// that share a bar the highest is drawn, so that no peak is lost; a missing value is a blank.
pub fn sparkline(values: &[Option<f64>], cells: usize, style: &Style) -> String {
    let values = squeeze(values, cells);
    let known = || values.iter().flatten().copied();
    let high = known().fold(0.0, f64::max);
    let low = known().fold(0.0, f64::min);
    let levels = if style.unicode { LEVELS } else { ASCII_LEVELS };
    let level = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        levels[((share * 7.0).round() as usize).min(7)]
    };
    values.iter().map(|value| value.map_or(' ', level)).collect()
}

/// As many values as there are cells, or fewer: the highest of each share; numbers that are not finite are missing.
fn squeeze(values: &[Option<f64>], cells: usize) -> Vec<Option<f64>> {
    let finite = |value: &Option<f64>| value.filter(|v| v.is_finite());
    if values.len() <= cells {
        return values.iter().map(finite).collect();
    }
    let part = |cell: usize| {
        let (from, to) = (cell * values.len() / cells, (cell + 1) * values.len() / cells);
        values[from..to].iter().filter_map(finite).reduce(f64::max)
    };
    (0..cells).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64], cells: usize, style: Style) -> String {
        sparkline(&values.iter().map(|v| Some(*v)).collect::<Vec<_>>(), cells, &style)
    }

    #[test]
    fn bars_by_height() {
        assert_eq!(line(&[0.0, 1.0, 2.0, 4.0, 7.0], 10, Style::plain(80)), "▁▂▃▅█");
        assert_eq!(line(&[0.0, 1.0, 2.0, 4.0, 7.0], 10, Style::ascii(80)), "_.:=#");
        assert_eq!(line(&[0.0, 0.0], 10, Style::plain(80)), "▁▁");
        assert_eq!(line(&[-1.0, 0.0, 1.0], 10, Style::plain(80)), "▁▅█");
        assert_eq!(line(&[], 10, Style::plain(80)), "");
    }

    #[test]
    fn peaks_are_kept_when_squeezed() {
        let mut values = vec![0.0; 100];
        values[57] = 9.0;
        assert_eq!(line(&values, 10, Style::plain(80)), "▁▁▁▁▁█▁▁▁▁");
        assert_eq!(line(&values, 0, Style::plain(80)), "");
    }

    #[test]
    fn arrays_are_read() {
        let value = Value::Dynamic(serde_json::json!([1, null, 2.5, "x"]));
        assert_eq!(spark_values(&value), Some(vec![Some(1.0), None, Some(2.5), None]));
        assert_eq!(spark_values(&Value::Long(1)), None);
    }
}
