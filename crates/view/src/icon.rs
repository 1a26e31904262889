//! Icons by the names workbooks use (`success`, `warning`, `3`, `trendup`). Each has a glyph and an ASCII letter of
//! its own, so that its colour tells nothing that its shape does not.

use crate::style::{Colour, Style};

/// A small sign before a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Icon {
    /// The name for readers: `success`, `warning` …
    pub name: &'static str,
    /// One cell wide.
    pub glyph: &'static str,
    /// Where only ASCII may be drawn; one cell.
    pub ascii: &'static str,
    /// Its colour.
    pub colour: Colour,
}

impl Icon {
    /// The icon a workbook names, upper or lower case; nothing for names not known and for `Blank`.
    pub fn from_name(name: &str) -> Option<Icon> {
        let icon = |name, glyph, ascii, colour| Some(Icon { name, glyph, ascii, colour });
        match name.to_ascii_lowercase().as_str() {
            "success" | "available" | "resolved" | "completed" | "sev4" => {
                icon("success", "✓", "+", Colour::Green)
            }
            "1" | "info" | "sev3" | "informational" => icon("info", "i", "i", Colour::Blue),
            "2" | "warning" | "degraded" | "sev2" => icon("warning", "!", "!", Colour::Orange),
            "3" | "error" | "failed" | "failure" | "unavailable" | "fired" | "sev1" => {
                icon("error", "✗", "x", Colour::Red)
            }
            "4" | "critical" | "sev0" => icon("critical", "✖", "X", Colour::RedBright),
            "pending" | "inprogress" | "running" => icon("pending", "…", ".", Colour::Gray),
            "uninitialized" => icon("uninitialized", "◌", "~", Colour::Gray),
            "started" => icon("started", "▶", ">", Colour::Green),
            "resource" | "resources" => icon("resource", "◆", "*", Colour::Blue),
            "stopped" => icon("stopped", "■", "#", Colour::Gray),
            "cancelled" | "canceled" => icon("cancelled", "⊘", "-", Colour::Gray),
            "disabled" => icon("disabled", "○", "o", Colour::Gray),
            "unknown" | "question" => icon("unknown", "?", "?", Colour::Gray),
            "up" => icon("up", "↑", "^", Colour::Blue),
            "down" => icon("down", "↓", "v", Colour::Blue),
            "left" => icon("left", "←", "<", Colour::Blue),
            "right" => icon("right", "→", ">", Colour::Blue),
            "trendup" => icon("trend up", "↗", "^", Colour::Blue),
            "trenddown" => icon("trend down", "↘", "v", Colour::Blue),
            "more" => icon("more", "⋯", ".", Colour::Gray),
            _ => None,
        }
    }

    /// The sign, in its colour where that is on.
    pub fn draw(&self, style: &Style) -> String {
        style.paint(self.colour, style.glyph(self.glyph, self.ascii))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_takes_one_cell() {
        for name in
            ["success", "1", "2", "3", "4", "pending", "stopped", "cancelled", "disabled", "unknown", "up"]
        {
            let icon = Icon::from_name(name).unwrap();
            assert_eq!((crate::text::width(icon.glyph), icon.ascii.len()), (1, 1), "{name}");
        }
        assert_eq!(Icon::from_name("Blank"), None);
    }
}
