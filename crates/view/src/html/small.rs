//! The small pictures within cells: bars, bars of several parts, grounds and bars of a series.

use super::colour::colour_class;
use super::text::element_text;
use crate::chart::svg::spark_svg;
use crate::number::short_number;
use crate::style::Colour;

/// A bar that long; the share of the longest, 0 to 1.
pub fn bar_svg(share: f64, colour: Colour) -> String {
    parts_svg(&[(share, colour)])
}

/// A bar of several parts, each the share of the longest bar, 0 to 1. What is more than nothing is seen.
pub fn parts_svg(parts: &[(f64, Colour)]) -> String {
    let mut from = 0.0;
    let mut drawn = String::new();
    for (share, colour) in parts {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let share = share.min(1.0 - from);
        if share > 0.0 {
            let (x, width) = (from * 100.0, (share * 100.0).max(1.0));
            let class = colour_class(*colour);
            drawn += &format!(
                "<rect class=\"fill {class}\" x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"10\"/>"
            );
        }
        from += share;
    }
    format!(
        "<svg class=\"bar-line\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{drawn}</svg>"
    )
}

/// A ground of that red, green and blue behind the text of its cell.
pub fn ground_svg((r, g, b): (u8, u8, u8)) -> String {
    format!(
        "<svg class=\"ground\" viewBox=\"0 0 1 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect width=\"1\" height=\"1\" fill=\"#{r:02x}{g:02x}{b:02x}\"/></svg>"
    )
}

/// A sparkline with its name.
pub fn spark_line(values: &[Option<f64>], colour: Colour, name: &str) -> String {
    spark_svg(values, colour, name)
}

/// Small upright bars, 120 by 24 units; those below zero hang.
pub fn spark_bars(values: &[Option<f64>], colour: Colour, name: &str) -> String {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) = (known().fold(0.0, f64::min), known().fold(0.0, f64::max));
    let y = |value: f64| 23.0 - if high > low { (value - low) / (high - low) * 22.0 } else { 0.0 };
    let slot = 120.0 / values.len().max(1) as f64;
    let class = colour_class(colour);
    let mut bars = String::new();
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else { continue };
        let (top, bottom) = (y(value.max(0.0)), y(value.min(0.0)));
        bars += &format!(
            "<rect class=\"fill {class}\" x=\"{:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{:.2}\"/>",
            at as f64 * slot,
            slot * 0.8,
            (bottom - top).max(0.5)
        );
    }
    let told = match known().next_back() {
        Some(last) => format!(
            "{name}: {} values from {} to {}, last {}",
            values.len(),
            short_number(known().fold(last, f64::min)),
            short_number(known().fold(last, f64::max)),
            short_number(last)
        ),
        None => format!("{name}: no values"),
    };
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 120 24\" width=\"120\" height=\"24\" role=\"img\" aria-label=\"{}\">{bars}</svg>",
        element_text(&told)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_never_leave_their_box() {
        let svg = parts_svg(&[
            (0.5, Colour::Blue),
            (f64::NAN, Colour::Red),
            (9.0, Colour::Red),
            (1.0, Colour::Red),
        ]);
        assert_eq!(svg.matches("<rect").count(), 2, "{svg}");
        assert!(
            svg.contains("x=\"0.0\" y=\"0\" width=\"50.0\"")
                && svg.contains("x=\"50.0\" y=\"0\" width=\"50.0\"")
        );
        assert!(bar_svg(0.0001, Colour::Blue).contains("width=\"1.0\""));
        assert!(!bar_svg(0.0, Colour::Blue).contains("<rect"));
        assert!(ground_svg((255, 0, 16)).contains("fill=\"#ff0010\""));
    }

    #[test]
    fn bars_of_a_series_tell_their_numbers() {
        let svg = spark_bars(&[Some(1.0), None, Some(-1.0), Some(f64::NAN)], Colour::Green, "Trend\u{1b}");
        assert_eq!(svg.matches("<rect").count(), 2);
        assert!(svg.contains("aria-label=\"Trend␛: 4 values from -1 to 1, last -1\""), "{svg}");
        assert!(spark_bars(&[], Colour::Green, "Trend").contains("no values"));
    }
}
