//! Sparklines as SVG, for tiles and cells of a page. In: numbers and a colour. Out: one `<svg>` element.

use super::{ink, round};
use crate::number::short_number;
use crate::style::Colour;
use crate::write::escape;

/// Units across and down.
const SIZE: (f64, f64) = (120.0, 24.0);
/// Bars drawn at most; of those that share one the highest counts.
const MOST_BARS: usize = 60;

/// A line over the numbers, 120 by 24 units, filled to the base; missing numbers are passed over. `name` says what it
/// shows, to readers who do not see it.
pub fn spark_svg(values: &[Option<f64>], colour: Colour, name: &str) -> String {
    let across = values.len().saturating_sub(1).max(1) as f64;
    let height = heights(values);
    let points: Vec<String> = known(values)
        .map(|(at, value)| format!("{},{}", round(at as f64 / across * SIZE.0), round(height(value))))
        .collect();
    let line = points.join(" ");
    let base = round(height(0.0));
    let ends = (known(values).next(), known(values).next_back());
    let area = match ends {
        (Some((first, _)), Some((last, _))) if first != last => {
            let x = |at: usize| round(at as f64 / across * SIZE.0);
            format!(
                "<polygon fill=\"currentColor\" fill-opacity=\"0.15\" points=\"{},{base} {line} {},{base}\"/>",
                x(first),
                x(last)
            )
        }
        (Some(_), Some((at, value))) => {
            let (x, y) = (round(at as f64 / across * SIZE.0), round(height(value)));
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"2\" fill=\"currentColor\"/>")
        }
        (None, _) | (_, None) => String::new(),
    };
    framed(
        &format!(
            "{area}<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linejoin=\"round\" \
             vector-effect=\"non-scaling-stroke\" points=\"{line}\"/>"
        ),
        values,
        colour,
        name,
    )
}

/// Bars over the numbers, 120 by 24 units; missing numbers have none.
pub fn spark_bars_svg(values: &[Option<f64>], colour: Colour, name: &str) -> String {
    let height = heights(values);
    let count = values.len().clamp(1, MOST_BARS);
    let slot = SIZE.0 / count as f64;
    let base = height(0.0);
    let bars = (0..count).filter_map(|bar| {
        let part = values.get(bar * values.len() / count..(bar + 1) * values.len() / count)?;
        let value = part.iter().flatten().copied().filter(|value| value.is_finite()).reduce(f64::max)?;
        let (top, bottom) = (height(value).min(base), height(value).max(base));
        Some(format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"currentColor\"/>",
            round(bar as f64 * slot),
            round(top),
            round(slot * 0.8),
            round((bottom - top).max(0.5))
        ))
    });
    framed(&bars.collect::<String>(), values, colour, name)
}

/// The values that can be drawn, with their places.
fn known(values: &[Option<f64>]) -> impl DoubleEndedIterator<Item = (usize, f64)> + '_ {
    values.iter().enumerate().filter_map(|(at, value)| Some((at, value.filter(|v| v.is_finite())?)))
}

/// The unit down of a value, between zero (or the lowest, where that is below) and the highest.
fn heights(values: &[Option<f64>]) -> impl Fn(f64) -> f64 {
    let high = known(values).map(|(_, value)| value).fold(0.0, f64::max);
    let low = known(values).map(|(_, value)| value).fold(0.0, f64::min);
    move |value| SIZE.1 - 1.0 - if high > low { (value - low) / (high - low) * (SIZE.1 - 2.0) } else { 0.0 }
}

fn framed(marks: &str, values: &[Option<f64>], colour: Colour, name: &str) -> String {
    let label = match known(values).next_back() {
        Some((_, last)) => format!(
            "{name}: {} values from {} to {}, last {}",
            values.len(),
            short_number(known(values).map(|(_, value)| value).fold(last, f64::min)),
            short_number(known(values).map(|(_, value)| value).fold(last, f64::max)),
            short_number(last)
        ),
        None => format!("{name}: no values"),
    };
    let label = escape(&label);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" viewBox=\"0 0 120 24\" width=\"120\" height=\"24\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\"><g {}>{marks}</g></svg>",
        ink(colour)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_its_numbers_in_words() {
        let svg = spark_svg(&[Some(0.0), None, Some(4.0)], Colour::Blue, "Trend <x>");
        assert!(svg.contains("aria-label=\"Trend &lt;x&gt;: 3 values from 0 to 4, last 4\""), "{svg}");
        assert!(svg.contains("points=\"0,23 120,1\""), "{svg}");
        let bars = spark_bars_svg(&[Some(0.0), None, Some(4.0)], Colour::Blue, "Trend");
        assert_eq!(bars.matches("<rect").count(), 2, "{bars}");
        for values in [vec![], vec![None], vec![Some(f64::NAN)], vec![Some(-1.0)], vec![Some(1.0); 500]] {
            for svg in
                [spark_svg(&values, Colour::Blue, "Trend"), spark_bars_svg(&values, Colour::Blue, "Trend")]
            {
                assert!(svg.ends_with("</svg>") && !svg.contains("NaN"), "{svg}");
            }
        }
    }
}
