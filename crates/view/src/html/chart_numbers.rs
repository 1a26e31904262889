//! A chart's numbers as JSON, for a painter that is a script.
//!
//! A plot: `{"kind", "stacking", "title", "legend", "points", "threshold", "notes",
//! "x": {"type": "time"|"span"|"number"|"text", "title", "values", "labels"},
//! "y": {"title", "low", "high", "marks": [[value, text]]},
//! "series": [{"name", "colour", "class", "values", "texts"}]}`; `values` of a time axis are milliseconds since 1970,
//! those of spans milliseconds; a missing value is null. `colour` is `#rrggbb`, `class` names it for themes.
//! A pie: `{"kind": "pie", "title", "legend", "notes", "slices": [{"name", "colour", "class", "value", "share",
//! "text"}]}`. A card: `{"kind": "card", "title", "entries": [[name, text]]}`.

use super::colour::colour_class;
use crate::chart::scale::scale;
use crate::chart::{Chart, Kind, Pie, Plot, Stacking, X};
use crate::number::number_text;
use calypso_library::Json;
use calypso_library::format::TICKS_PER_SECOND;
use serde_json::json;

/// Ticks from 0001-01-01 to 1970-01-01.
const TICKS_TO_1970: i64 = 621_355_968_000_000_000;

/// The numbers of a chart and how they are shown.
pub fn chart_numbers(chart: &Chart) -> Json {
    match chart {
        Chart::Plot(plot) => plot_numbers(plot),
        Chart::Pie(pie) => pie_numbers(pie),
        Chart::Card(card) => {
            let entries: Vec<Json> = card.entries.iter().map(|(name, text)| json!([name, text])).collect();
            json!({"kind": "card", "title": card.title, "entries": entries})
        }
    }
}

fn plot_numbers(plot: &Plot) -> Json {
    let scale = scale(plot, 5);
    let series: Vec<Json> = plot
        .series
        .iter()
        .map(|one| {
            let text = |value: &Option<f64>| value.map(|value| number_text(value, &plot.y_format));
            json!({
                "name": one.name,
                "colour": one.colour.hex(),
                "class": colour_class(one.colour),
                "values": one.values,
                "texts": one.values.iter().map(text).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "kind": kind_name(plot.kind),
        "stacking": match plot.stacking {
            Stacking::None => "none",
            Stacking::Stacked => "stacked",
            Stacking::Stacked100 => "stacked100",
        },
        "title": plot.title,
        "legend": plot.legend,
        "points": plot.points,
        "threshold": plot.threshold,
        "notes": plot.notes,
        "x": {
            "type": axis_type(&plot.xs),
            "title": plot.x_title,
            "values": plot.xs.iter().map(place).collect::<Vec<_>>(),
            "labels": plot.xs.iter().map(X::label).collect::<Vec<_>>(),
        },
        "y": {"title": plot.y_title, "low": scale.low, "high": scale.high, "marks": scale.marks},
        "series": series,
    })
}

fn pie_numbers(pie: &Pie) -> Json {
    let slices: Vec<Json> = pie
        .slices
        .iter()
        .map(|slice| {
            json!({
                "name": slice.name,
                "colour": slice.colour.hex(),
                "class": colour_class(slice.colour),
                "value": slice.value,
                "share": slice.share,
                "text": number_text(slice.value, &pie.format),
            })
        })
        .collect();
    json!({"kind": "pie", "title": pie.title, "legend": pie.legend, "notes": pie.notes, "slices": slices})
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Line => "line",
        Kind::Area => "area",
        Kind::Bar => "bar",
        Kind::Column => "column",
        Kind::Scatter => "scatter",
        Kind::Pie => "pie",
        Kind::Card => "card",
    }
}

/// What all places are; `text` where they differ.
fn axis_type(xs: &[X]) -> &'static str {
    let of = |x: &X| match x {
        X::Time(_) => "time",
        X::Span(_) => "span",
        X::Number(_) => "number",
        X::Text(_) => "text",
    };
    let first = xs.first().map_or("text", of);
    if xs.iter().all(|x| of(x) == first) { first } else { "text" }
}

fn place(x: &X) -> Json {
    let milliseconds = |ticks: i64| ticks as f64 / (TICKS_PER_SECOND as f64 / 1000.0);
    match x {
        X::Time(ticks) => json!(milliseconds(ticks - TICKS_TO_1970)),
        X::Span(ticks) => json!(milliseconds(*ticks)),
        X::Number(number) => json!(number),
        X::Text(text) => json!(text),
    }
}
