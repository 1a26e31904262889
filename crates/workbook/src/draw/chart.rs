//! A panel as a chart. In: the settings of a chart and rows. Out: a chart; as a grid that says why, where its rows do
//! not make one.

use super::Surroundings;
use crate::model::{ChartPanel, Look, NumberSettings, Panel};
use calypso_library::{Answer, Type};
use calypso_view::chart::{Chart, ChartSettings, Kind, SeriesLabel, Stacking};
use calypso_view::drawing::ChartDrawing;
use calypso_view::palette::Palette;
use calypso_view::{Colour, Drawing, NumberFormat, Unit, chart as resolved};

/// Values drawn at most, as in the portal.
const MOST_POINTS: usize = 10_000;

/// Draws rows.
pub fn chart(panel: &Panel, answer: &Answer, around: &dyn Surroundings) -> Drawing {
    let Some(mut settings) = asked(panel.look, answer) else {
        return super::grid::grid(panel, answer, around);
    };
    let mut notes = Vec::new();
    let described = &panel.chart;
    take_columns(&mut settings, described, answer, &mut notes);
    take_looks(&mut settings, described, around);
    match resolved(answer, &settings) {
        Ok(mut chart) if !chart.is_empty() => {
            if described.y_number.is_some_and(|number| number.percent) {
                to_per_cent(&mut chart);
            }
            if let Some(told) = chart.notes_mut() {
                told.extend(notes);
            }
            let metrics = if described.metrics { chart.sums() } else { Vec::new() };
            Drawing::Chart(Box::new(ChartDrawing { chart, metrics }))
        }
        Ok(_) => as_grid(panel, answer, around, "no numbers to draw"),
        Err(why) => as_grid(panel, answer, around, &why.to_string()),
    }
}

/// The rows as they are, with the reason.
fn as_grid(panel: &Panel, answer: &Answer, around: &dyn Surroundings, why: &str) -> Drawing {
    super::rows_instead(panel, answer, around, format!("shown as rows: {why}"))
}

/// The shape asked for; nothing where the query's own wish is none that is drawn.
fn asked(look: Look, answer: &Answer) -> Option<ChartSettings> {
    let plain = |kind, stacking| Some(ChartSettings::new(kind, stacking));
    match look {
        Look::Line | Look::Time => plain(Kind::Line, Stacking::None),
        Look::Area => plain(Kind::Area, Stacking::Stacked),
        Look::Bar => plain(Kind::Column, Stacking::Stacked),
        Look::Unstacked => plain(Kind::Column, Stacking::None),
        Look::Categorical => {
            Some(ChartSettings { categories: true, ..ChartSettings::new(Kind::Column, Stacking::None) })
        }
        Look::Pie => plain(Kind::Pie, Stacking::None),
        Look::Scatter => plain(Kind::Scatter, Stacking::None),
        Look::Auto | Look::Table | Look::Tiles | Look::Card | Look::Stat | Look::Graph | Look::Map => {
            ChartSettings::from_render(answer.visualization.as_ref()?)
        }
    }
}

/// The columns named; those the answer does not have are chosen by its own, and that is said.
fn take_columns(
    settings: &mut ChartSettings,
    described: &ChartPanel,
    answer: &Answer,
    notes: &mut Vec<String>,
) {
    let ty =
        |name: &String| answer.columns.iter().find(|column| column.name == *name).map(|column| column.ty);
    let mut known = |name: &String| {
        let found = ty(name).is_some();
        if !found {
            notes.push(format!("the answer has no column {name}: another is drawn"));
        }
        found
    };
    // A wish of `render` falls back in the same way.
    let x = described.x.clone().or(settings.x_column.take());
    settings.x_column = x.filter(&mut known);
    let ys =
        if described.y.is_empty() { std::mem::take(&mut settings.y_columns) } else { described.y.clone() };
    settings.y_columns = ys.into_iter().filter(&mut known).collect();
    let series = match &described.series {
        Some(series) => vec![series.clone()],
        None => std::mem::take(&mut settings.series_columns),
    };
    settings.series_columns = series.into_iter().filter(&mut known).collect();
    let drawn = |name: &String| ty(name).is_some_and(has_numbers);
    let texts: Vec<String> = settings.y_columns.iter().filter(|name| !drawn(name)).cloned().collect();
    for name in texts {
        notes.push(format!("the column {name} holds no numbers: it is not drawn"));
        settings.y_columns.retain(|one| *one != name);
    }
}

fn has_numbers(ty: Type) -> bool {
    match ty {
        Type::Int | Type::Long | Type::Real | Type::Decimal | Type::TimeSpan | Type::Dynamic => true,
        Type::Bool | Type::String | Type::DateTime | Type::Guid => false,
    }
}

/// Names, colours, axes and lines.
fn take_looks(settings: &mut ChartSettings, described: &ChartPanel, around: &dyn Surroundings) {
    let words = |text: &Option<String>| text.as_ref().map(|text| around.words(text));
    settings.labels = described
        .labels
        .iter()
        .map(|label| SeriesLabel {
            series: label.series.clone(),
            label: words(&label.label).filter(|text| !text.trim().is_empty()),
            colour: label.colour.as_ref().and_then(|name| Colour::from_name(name)),
        })
        .collect();
    settings.palette = described.palette.as_deref().and_then(Palette::from_name).map_or(Vec::new(), in_turn);
    // The portal writes no names at the axes unless they are asked for.
    settings.x_title = words(&described.x_title).or(settings.x_title.take()).or(Some(String::new()));
    settings.y_title = words(&described.y_title).or(settings.y_title.take()).or(Some(String::new()));
    settings.legend = described.legend.unwrap_or(settings.legend);
    settings.other_after = described.others_after.or(settings.other_after);
    settings.points = described.points;
    settings.threshold = described.threshold.map(|line| line.at).filter(|at| at.is_finite());
    settings.most_points = Some(MOST_POINTS);
    settings.sum = settings.kind != Kind::Scatter;
    if let Some(number) = &described.y_number {
        settings.y_format = format(number);
    }
    let finite = |end: Option<f64>| end.filter(|end| end.is_finite());
    settings.y_min = finite(described.y_min).or(settings.y_min);
    settings.y_max = finite(described.y_max).or(settings.y_max);
}

/// The colours that series take in turn: those of a scale, or one and its neighbours in hue.
fn in_turn(palette: Palette) -> Vec<Colour> {
    use Colour::{Blue, BlueDark, GrayBlue, Green, GreenDark, LightBlue, Red, RedBright, RedDark, Turquoise};
    let family: &[Colour] = match palette {
        Palette::One(Colour::None) => return Vec::new(),
        Palette::One(Blue | BlueDark | LightBlue | GrayBlue) => &[BlueDark, LightBlue, GrayBlue, Blue],
        Palette::One(Green | GreenDark | Turquoise) => &[GreenDark, Turquoise, Green],
        Palette::One(Red | RedBright | RedDark) => &[RedDark, RedBright, Red],
        Palette::One(_) => &Colour::SERIES,
        Palette::Scale(stops) => return stops.into_iter().map(|stop| stop.colour).collect(),
    };
    let Palette::One(first) = palette else { return family.to_vec() };
    std::iter::once(first).chain(family.iter().copied().filter(|colour| *colour != first)).collect()
}

/// How numbers at the axis and in hints are written.
fn format(settings: &NumberSettings) -> NumberFormat {
    let unit =
        if settings.percent { Unit::Percent } else { Unit::from_workbook(settings.unit).unwrap_or_default() };
    let usual = NumberFormat::of(unit);
    let fewest = settings.min_digits.unwrap_or(0);
    let most = settings.max_digits.or(settings.significant).unwrap_or(usual.digits.1);
    NumberFormat { unit, digits: (fewest, most.max(fewest)), grouping: settings.grouping.unwrap_or(true) }
}

/// Shares of 1 become per cent.
fn to_per_cent(chart: &mut Chart) {
    match chart {
        Chart::Plot(plot) => {
            plot.series
                .iter_mut()
                .flat_map(|one| one.values.iter_mut().flatten())
                .for_each(|value| *value *= 100.0);
            let hundred = |end: Option<f64>| end.map(|end| end * 100.0);
            plot.y_range = (hundred(plot.y_range.0), hundred(plot.y_range.1));
            plot.threshold = hundred(plot.threshold);
        }
        Chart::Pie(pie) => pie.slices.iter_mut().for_each(|slice| slice.value *= 100.0),
        Chart::Card(_) => {}
    }
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
