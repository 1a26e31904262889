//! What a chart shows in words, for those who do not see it.

use super::super::model::{Chart, Plot};
use super::super::settings::{Kind, Stacking};
use crate::number::number_text;

/// Series or slices named at most.
const MOST: usize = 12;

/// One to a few sentences.
pub fn describe(chart: &Chart) -> String {
    match chart {
        Chart::Plot(plot) => describe_plot(plot),
        Chart::Pie(pie) => {
            let slices = pie.slices.iter().take(MOST).map(|slice| {
                format!(
                    "{} {} ({:.1}%)",
                    slice.name,
                    number_text(slice.value, &pie.format),
                    slice.share * 100.0
                )
            });
            format!("Pie chart of {} slices: {}.", pie.slices.len(), slices.collect::<Vec<_>>().join(", "))
        }
        Chart::Card(card) => {
            let entries = card.entries.iter().map(|(name, value)| format!("{name}: {value}"));
            format!("{}.", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn describe_plot(plot: &Plot) -> String {
    let kind = match plot.kind {
        Kind::Line => "Line chart",
        Kind::Area => "Area chart",
        Kind::Bar | Kind::Column => "Bar chart",
        Kind::Scatter => "Scatter chart",
        Kind::Pie | Kind::Card => "Chart",
    };
    let (Some(first), Some(last)) = (plot.xs.first(), plot.xs.last()) else {
        return format!("{kind} without rows.");
    };
    let stacked = match plot.stacking {
        Stacking::None => "",
        Stacking::Stacked => ", stacked",
        Stacking::Stacked100 => ", stacked to a hundred per cent",
    };
    let mut text = format!(
        "{kind}{stacked}: {} series over {} places from {} to {}.",
        plot.series.len(),
        plot.xs.len(),
        first.label(),
        last.label()
    );
    for series in plot.series.iter().take(MOST) {
        let values = || series.values.iter().flatten().copied();
        let Some(low) = values().reduce(f64::min) else { continue };
        let high = values().fold(low, f64::max);
        let (low, high) = (number_text(low, &plot.y_format), number_text(high, &plot.y_format));
        text.push_str(&format!(" {}: from {low} to {high}.", series.name));
    }
    if let Some(at) = plot.threshold {
        text.push_str(&format!(" A line stands at {}.", number_text(at, &plot.y_format)));
    }
    text
}
