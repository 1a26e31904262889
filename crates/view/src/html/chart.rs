//! A chart as an inline SVG picture with the sums above it; for the live page also its numbers as JSON, from which the
//! script draws it again so that it answers the pointer.

use super::chart_numbers::chart_numbers;
use super::text::{element_text, script_json};
use super::{HtmlMode, Place};
use crate::chart::svg::{SvgOptions, svg};
use crate::drawing::ChartDrawing;

/// Draws a chart.
pub fn draw(drawing: &ChartDrawing, place: &Place) -> String {
    let (width, height) = place.size;
    let picture = svg(&drawing.chart, &SvgOptions { width, height, id: place.id });
    let numbers = match place.mode {
        HtmlMode::File => String::new(),
        HtmlMode::Live => format!(
            "<script type=\"application/json\" class=\"chart-data\">{}</script>",
            script_json(&chart_numbers(&drawing.chart))
        ),
    };
    format!("{}<figure class=\"chart\">{picture}{numbers}</figure>", metrics(&drawing.metrics))
}

fn metrics(metrics: &[(String, String)]) -> String {
    if metrics.is_empty() {
        return String::new();
    }
    let entry = |(name, text): &(String, String)| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>", element_text(name), element_text(text))
    };
    format!("<dl class=\"metrics\">{}</dl>", metrics.iter().map(entry).collect::<String>())
}
