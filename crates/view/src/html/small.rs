//! The small pictures within cells: bars, bars of several parts, and grounds.

use super::colour::colour_class;
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
}
