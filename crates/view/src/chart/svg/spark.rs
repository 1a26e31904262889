//! A sparkline as SVG, for tiles and cells of a page. In: numbers and a colour. Out: one `<svg>` element.

use super::round;
use crate::number::short_number;
use crate::style::Colour;
use crate::write::escape;

/// A line over the numbers, 120 by 24 units, filled to the base; missing numbers are passed over. `name` says what it
/// shows, to readers who do not see it.
pub fn spark_svg(values: &[Option<f64>], colour: Colour, name: &str) -> String {
    const SIZE: (f64, f64) = (120.0, 24.0);
    let known =
        || values.iter().enumerate().filter_map(|(at, value)| Some((at, value.filter(|v| v.is_finite())?)));
    let high = known().map(|(_, value)| value).fold(0.0, f64::max);
    let low = known().map(|(_, value)| value).fold(0.0, f64::min);
    let across = values.len().saturating_sub(1).max(1) as f64;
    let y = |value: f64| {
        SIZE.1 - 1.0 - if high > low { (value - low) / (high - low) * (SIZE.1 - 2.0) } else { 0.0 }
    };
    let points: Vec<String> = known()
        .map(|(at, value)| format!("{},{}", round(at as f64 / across * SIZE.0), round(y(value))))
        .collect();
    let (hex, line) = (colour.hex(), points.join(" "));
    let base = round(y(0.0));
    let label = match known().next_back() {
        Some((_, last)) => format!(
            "{name}: {} values from {} to {}, last {}",
            values.len(),
            short_number(known().map(|(_, value)| value).fold(last, f64::min)),
            short_number(known().map(|(_, value)| value).fold(last, f64::max)),
            short_number(last)
        ),
        None => format!("{name}: no values"),
    };
    let label = escape(&label);
    let ends = (known().next(), known().next_back());
    let area = match ends {
        (Some((first, _)), Some((last, _))) if first != last => {
            let x = |at: usize| round(at as f64 / across * SIZE.0);
            format!(
                "<polygon fill=\"{hex}\" fill-opacity=\"0.15\" points=\"{},{base} {line} {},{base}\"/>",
                x(first),
                x(last)
            )
        }
        (Some(_), Some((at, value))) => {
            let (x, y) = (round(at as f64 / across * SIZE.0), round(y(value)));
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"2\" fill=\"{hex}\"/>")
        }
        (None, _) | (_, None) => String::new(),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" viewBox=\"0 0 120 24\" width=\"120\" height=\"24\" \
         role=\"img\" aria-label=\"{label}\">{area}<polyline fill=\"none\" stroke=\"{hex}\" stroke-width=\"1.5\" \
         points=\"{line}\"/></svg>"
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
        for values in [vec![], vec![None], vec![Some(f64::NAN)], vec![Some(-1.0)]] {
            let svg = spark_svg(&values, Colour::Blue, "Trend");
            assert!(svg.ends_with("</svg>") && !svg.contains("NaN"), "{svg}");
        }
    }
}
