//! Drawn queries. In: the content of an item of type 3. Out: the panel; a placeholder where its rows come from a source
//! that is not here.

use super::{Reader, chart, grid, loose, merge, parameter, portal};
use crate::model::{CardStyle, Content, Export, Look, Message, Panel, Placeholder, QueryText, Size, Source};
use serde_json::Value as Json;

/// Reads a query and how it is drawn.
pub fn read(reader: &mut Reader, content: &Json, place: &str) -> Content {
    let title = loose::text(content, "title").unwrap_or_default();
    let source = match source(reader, content, place) {
        Ok(source) => source,
        Err((what, why)) => return Content::Placeholder(Placeholder { what, title, why }),
    };
    let look = look(reader, content, place);
    if let Some(name) = loose::filled(content, "timeBrushParameterName") {
        reader.note(format!(
            "{place}: a span drawn over the chart would set {name}; here it is set by its picker"
        ));
    }
    let text_settings = loose::object(content, "textSettings");
    Content::Panel(Box::new(Panel {
        title,
        description: loose::filled(content, "description"),
        source,
        time: parameter::time_context(content),
        look,
        size: size(content),
        no_data: loose::filled(content, "noDataMessage"),
        no_data_message: message(content),
        exports: exports(content),
        sort: grid::sort(content),
        grid: grid::grid(reader, content, place),
        tiles: match look {
            Look::Stat => chart::stat(reader, content, place),
            _ => chart::tiles(reader, content, place),
        },
        chart: chart::chart(content),
        card: card(reader, &text_settings, place),
        on_demand: false,
    }))
}

/// Where rows come from; else what stands there and why it is not shown.
fn source(reader: &mut Reader, content: &Json, place: &str) -> Result<Source, (String, String)> {
    let query = loose::text(content, "query").unwrap_or_default();
    let query_type = loose::whole(content, "queryType").unwrap_or(0);
    match query_type {
        0 => Ok(Source::Query(QueryText { text: query, ..QueryText::default() })),
        7 => merge::merge(reader, &query, place).map(Source::Merge).map_err(|why| ("Merge".into(), why)),
        8 => Ok(Source::Json(merge::json_source(&query))),
        other => {
            let source = portal::source(other).unwrap_or_default();
            Err((format!("Query to {source}"), format!("its rows come from {source}, which is not here")))
        }
    }
}

fn look(reader: &mut Reader, content: &Json, place: &str) -> Look {
    let name = loose::filled(content, "visualization").unwrap_or_default();
    match name.to_lowercase().as_str() {
        "" | "auto" | "default" | "none" => Look::Auto,
        "table" | "grid" => Look::Table,
        "tiles" => Look::Tiles,
        "card" | "text" => Look::Card,
        "stat" => Look::Stat,
        "linechart" => Look::Line,
        "timechart" => Look::Time,
        "areachart" => Look::Area,
        "barchart" | "columnchart" => Look::Bar,
        "unstackedbar" => Look::Unstacked,
        "categoricalbar" => Look::Categorical,
        "piechart" | "donutchart" => Look::Pie,
        "scatterchart" => Look::Scatter,
        "graph" | "heatmap" | "honeycomb" => Look::Graph,
        "map" => Look::Map,
        _ => {
            reader
                .note(format!("{place}: the visualization `{name}` is not known; it is chosen by the rows"));
            Look::Auto
        }
    }
}

fn size(content: &Json) -> Size {
    match loose::whole(content, "size") {
        Some(1) => Size::Small,
        Some(2) => Size::Large,
        Some(3) => Size::Full,
        Some(4) => Size::Tiny,
        Some(_) | None => Size::Medium,
    }
}

fn message(content: &Json) -> Message {
    match loose::whole(content, "noDataMessageStyle") {
        Some(1) => Message::Info,
        Some(2) => Message::Error,
        Some(3) => Message::Success,
        Some(4) => Message::Upsell,
        Some(5) => Message::Warning,
        Some(_) | None => Message::Plain,
    }
}

fn card(reader: &mut Reader, settings: &Json, place: &str) -> CardStyle {
    let style = loose::filled(settings, "style").unwrap_or_default();
    match style.to_lowercase().as_str() {
        "header" => CardStyle::Header,
        "" | "bignumber" => CardStyle::Big,
        "markdown" => CardStyle::Markdown,
        "editor" => CardStyle::Editor,
        _ => {
            reader.note(format!("{place}: the style `{style}` of a card is not known; it is shown large"));
            CardStyle::Big
        }
    }
}

/// What a click on a row tells others: a list, or one written out.
fn exports(content: &Json) -> Vec<Export> {
    let multiple = loose::is(content, "exportMultipleValues");
    let listed = loose::list(content, "exportedParameters");
    let mut exports: Vec<Export> = Vec::new();
    let mut add = |json: &Json, [parameter, column, default]: [&str; 3]| {
        let Some(parameter) = loose::filled(json, parameter) else { return };
        if exports.iter().any(|export| export.parameter == parameter) {
            return;
        }
        let around = |key: &str, several: &str| {
            loose::text(json, key)
                .unwrap_or_else(|| if multiple { several.to_owned() } else { String::new() })
        };
        exports.push(Export {
            column: loose::filled(json, column),
            parameter,
            default: loose::text(json, default).filter(|text| !text.is_empty()),
            multiple,
            quote: around("quote", "'"),
            delimiter: around("delimiter", ","),
        });
    };
    for json in listed.iter() {
        add(json, ["parameterName", "fieldName", "defaultValue"]);
    }
    add(content, ["exportParameterName", "exportFieldName", "exportDefaultValue"]);
    exports
}
