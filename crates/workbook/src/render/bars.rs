//! A panel as upright bars, the series stacked on each other.

use crate::page::PanelAnswer;
use calypso_library::Answer;
use calypso_view::chart::{Kind, SeriesLabel, Stacking, terminal};
use calypso_view::{ChartSettings, Colour, Style, chart};

/// Draws an answer with rows.
pub fn draw(panel: &PanelAnswer, answer: &Answer, style: &Style) -> Vec<String> {
    let Some(settings) = settings(panel) else { return Vec::new() };
    match chart(answer, &settings) {
        Ok(chart) => terminal::draw(&chart, style, terminal::HEIGHT),
        Err(why) => vec![format!("! {why}")],
    }
}

/// What is asked of the chart.
fn settings(panel: &PanelAnswer) -> Option<ChartSettings> {
    let bars = panel.panel.bars.as_ref()?;
    let labels = bars.colours.iter().map(|(series, colour)| SeriesLabel {
        series: series.clone(),
        label: None,
        colour: Colour::from_name(colour),
    });
    Some(ChartSettings {
        x_column: Some(bars.x.clone()),
        y_columns: vec![bars.y.clone()],
        series_columns: vec![bars.series.clone()],
        y_title: bars.y_title.clone(),
        x_title: Some(String::new()),
        labels: labels.collect(),
        ..ChartSettings::new(Kind::Column, Stacking::Stacked)
    })
}
