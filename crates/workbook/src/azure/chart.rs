//! How charts, tiles and single numbers look. In: `chartSettings`, `tileSettings` and `statSettings` of a query. Out: the
//! model's settings.

use super::{Reader, formatter, grid, loose};
use crate::model::{
    ChartLabel, ChartPanel, Formatter, FormatterKind, ThresholdLine, TileField, TilePanel, TileSize,
};
use serde_json::Value as Json;

/// Reads the settings of a chart.
pub fn chart(content: &Json) -> ChartPanel {
    let settings = loose::object(content, "chartSettings");
    let (x, y) = (loose::object(&settings, "xSettings"), loose::object(&settings, "ySettings"));
    let threshold = loose::number(&settings, "customThresholdLine");
    let style = loose::whole(&settings, "customThresholdLineStyle").unwrap_or(0);
    let number = ["numberFormatSettings", "numberFormat"].iter().find_map(|key| y.get(*key));
    ChartPanel {
        x: loose::filled(&settings, "xAxis"),
        y: loose::texts(&settings, "yAxis").into_iter().filter(|name| !name.is_empty()).collect(),
        series: loose::filled(&settings, "group"),
        others_after: loose::count(&settings, "createOtherGroup").filter(|count| *count > 0),
        labels: loose::list(&settings, "seriesLabelSettings").iter().filter_map(label).collect(),
        legend: loose::flag(&settings, "showLegend"),
        metrics: loose::is(&settings, "showMetrics"),
        points: loose::is(&settings, "showDataPoints"),
        x_title: loose::filled(&x, "label"),
        y_title: loose::filled(&y, "label"),
        y_min: loose::number(&y, "min"),
        y_max: loose::number(&y, "max"),
        y_number: number.and_then(formatter::number).or_else(|| formatter::number(&y)),
        threshold: threshold.map(|at| ThresholdLine { at, style }),
        palette: loose::filled(&settings, "palette"),
    }
}

fn label(json: &Json) -> Option<ChartLabel> {
    let series = loose::filled(json, "seriesName")?;
    Some(ChartLabel { series, label: loose::filled(json, "label"), colour: loose::filled(json, "color") })
}

/// Reads the settings of tiles.
pub fn tiles(reader: &mut Reader, content: &Json, place: &str) -> Option<TilePanel> {
    let settings = loose::object(content, "tileSettings");
    if !settings.is_object() {
        return None;
    }
    let mut part = |key: &str| -> Option<TileField> {
        let part = loose::object(&settings, key);
        part.is_object().then(|| formatter::read(reader, &part, place)).flatten()
    };
    let sort = loose::filled(&settings, "sortCriteriaField");
    Some(TilePanel {
        title: part("titleContent"),
        subtitle: part("subtitleContent"),
        left: part("leftContent"),
        right: part("rightContent"),
        bottom: part("secondaryContent"),
        border: loose::flag(&settings, "showBorder").unwrap_or(true),
        size: match loose::filled(&settings, "size").unwrap_or_default().to_lowercase().as_str() {
            "fixed" => TileSize::Fixed,
            "full" => TileSize::Full,
            _ => TileSize::Auto,
        },
        sort: sort.and_then(|column| match loose::whole(&settings, "sortOrderField") {
            Some(1) | None => Some((column, false)),
            Some(2) => Some((column, true)),
            Some(_) => None,
        }),
        rows: grid::row_limit(&settings),
    })
}

/// Reads the settings of a single number as those of one tile: the words above it, and the number.
pub fn stat(reader: &mut Reader, content: &Json, place: &str) -> Option<TilePanel> {
    let settings = loose::object(content, "statSettings");
    let column = loose::filled(&settings, "valueField")?;
    let number = settings.get("numberFormatSettings").and_then(formatter::number);
    let colours = loose::object(&settings, "colorSettings");
    let thresholds = formatter::thresholds(reader, &colours, true, place);
    let kind = if thresholds.is_some() { FormatterKind::Thresholds } else { FormatterKind::BigNumber };
    let palette = loose::filled(&colours, "heatmapPalette")
        .filter(|_| loose::text(&colours, "type").as_deref() == Some("heatmap"));
    let left = Formatter { column, kind, number, thresholds, palette, ..Formatter::default() };
    Some(TilePanel { left: Some(left), ..TilePanel::default() })
}
