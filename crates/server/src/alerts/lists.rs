//! Lists of alerts as grids, panels and rows for files. In: alerts and what was told of them. Out: what a page draws.

use super::firing_path;
use super::replays::{Alert, Over};
use super::source::{Telling, Told};
use super::words::{columns, number_cell, time_cell, title};
use arrow::record_batch::RecordBatch;
use calypso_alerts::Rule;
use calypso_alerts::evaluate::Labels;
use calypso_alerts::rule::Condition;
use calypso_library::{Answer, Column, Type, Value};
use calypso_view::drawing::Grid;
use calypso_view::{Action, Drawing, GridCell, GridColumn, GridRow, Icon, Look};
use calypso_workbook::model::Size;
use calypso_workbook::page::{PageBody, PageItem, PagePanel};
use std::sync::Arc;

/// Rows shown of each list at most.
pub const MOST: usize = 500;

/// Columns that a terminal shows where it has so many cells.
pub fn widths(columns: &[(&str, usize)]) -> Vec<(String, usize)> {
    columns.iter().map(|(name, cells)| ((*name).to_owned(), *cells)).collect()
}

/// Rows, or words where there are none.
pub fn list(
    columns: Vec<GridColumn>,
    rows: Vec<GridRow>,
    total: usize,
    words: (String, &'static str),
) -> Drawing {
    if rows.is_empty() {
        return Drawing::Message { text: words.0, kind: words.1 };
    }
    Drawing::Grid(Grid { columns, filter: rows.len() > 10, rows, total, notes: Vec::new() })
}

/// The values of a series' dimensions; their names are told where the pointer rests.
pub fn series(labels: &Labels) -> GridCell {
    let values: Vec<&str> = labels.0.iter().map(|(_, value)| value.as_str()).collect();
    let text = if values.is_empty() { labels.to_string() } else { values.join(" · ") };
    GridCell { hint: labels.to_string(), ..GridCell::plain(text) }
}

/// The rule's title, which leads to the alert.
pub fn linked(rule: &Rule, alert: &Alert) -> GridCell {
    GridCell {
        action: Some(Action::Page(firing_path(&rule.name, alert.since, &alert.id))),
        hint: rule.description.clone().unwrap_or_default(),
        ..GridCell::of(title(rule), Look::Link)
    }
}

/// What the value is compared with, and how.
pub fn threshold(rule: &Rule, alert: &Alert) -> GridCell {
    let cell = number_cell(Some(alert.threshold));
    if alert.threshold.is_nan() {
        return cell;
    }
    GridCell { text: format!("{} {}", symbol(rule), cell.text), ..cell }
}

/// How a rule compares: `>`.
pub fn symbol(rule: &Rule) -> &'static str {
    match &rule.condition {
        Condition::Measured(measured) => measured.criteria.first().map_or("", |one| one.operator.symbol()),
        Condition::Counted(counted) => counted.operator.symbol(),
        Condition::Series(series) => series.operator.symbol(),
    }
}

/// Whether and over which channels it was told.
pub fn told_cell(told: Option<&Vec<&Told>>) -> GridCell {
    let Some(told) = told else { return GridCell::plain("–") };
    let hint: Vec<String> = told.iter().map(|told| telling(told)).collect();
    let failed = told.iter().any(|told| told.telling != Telling::Delivered);
    let text = if failed { "not everywhere" } else { "yes" };
    let look = Icon::from_name(if failed { "warning" } else { "success" }).map_or(Look::Plain, Look::Sign);
    GridCell { hint: hint.join("\n"), ..GridCell::of(text, look) }
}

/// `fired: delivered over webhook`.
pub fn telling(told: &Told) -> String {
    let what = if told.resolved.is_some() { "the end" } else { "the firing" };
    let because = |why: &Option<String>| why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
    match &told.telling {
        Telling::Delivered => format!("{what} was told over {}", told.channel),
        Telling::Waiting(why) => format!("{what} waits for {}{}", told.channel, because(why)),
        Telling::GivenUp(why) => format!("{what} was given up for {}{}", told.channel, because(why)),
    }
}

pub fn lost_panel(lost: &[Vec<&Told>]) -> PagePanel {
    let heads = columns(&["Fired", "Rule", "Severity", "Series", ">Value", ">Threshold", "Resolved", "Told"]);
    let rows = lost.iter().take(MOST).filter_map(|all| {
        let first = all.first()?;
        let resolved = all.iter().find_map(|told| told.resolved);
        let sign = format!("Sev{}", first.severity);
        Some(GridRow {
            cells: vec![
                time_cell(first.fired, false),
                GridCell {
                    action: Some(Action::Page(firing_path(&first.rule, first.fired, &first.alert))),
                    ..GridCell::of(first.title.clone(), Look::Link)
                },
                GridCell::of(sign.clone(), Icon::from_name(&sign).map_or(Look::Plain, Look::Sign)),
                series(&Labels(first.series.clone())),
                number_cell(first.value),
                number_cell(first.threshold),
                resolved.map_or_else(|| GridCell::plain("–"), |at| time_cell(at, false)),
                told_cell(Some(all)),
            ],
            ..GridRow::default()
        })
    });
    let drawing = list(heads, rows.collect(), lost.len(), (String::new(), "info"));
    let mut panel = panel("Told by the watch, and not found here", drawing, None);
    panel.description = Some(
        "In the logs as they are now the rules do not fire then: rows came late or are not here, the rule was changed, or \
         the watch began while the alert stood."
            .to_owned(),
    );
    panel
}

/// An item of the whole width.
pub fn item(id: &str, body: PageBody) -> PageItem {
    PageItem { id: id.to_owned(), name: String::new(), width: 100, border: false, body }
}

/// A panel without a query of its own.
pub fn panel(title: &str, drawing: Drawing, answer: Option<Answer>) -> PagePanel {
    PagePanel {
        title: title.to_owned(),
        description: None,
        size: Size::Full,
        query: String::new(),
        run: String::new(),
        place: String::new(),
        editable: false,
        drawing: Ok(drawing),
        answer: answer.filter(|answer| answer.rows() > 0).map(Arc::new),
        notes: Vec::new(),
        look_closer: None,
        rows_on_page: None,
        from_width: Vec::new(),
    }
}

/// Alerts as rows, for files.
pub fn answer(alerts: &[(&Rule, &Alert)]) -> Answer {
    let text = |text: &str| Value::String(text.to_owned());
    let real = |number: Option<f64>| {
        number.filter(|number| !number.is_nan()).map_or(Value::Null(Type::Real), Value::Real)
    };
    let rows = alerts.iter().map(|(rule, alert)| {
        let (resolved, lasted) = match alert.over {
            Over::At(at) => (Value::DateTime(at), Value::TimeSpan(at.saturating_sub(alert.since))),
            Over::Standing | Over::AtOnce => (Value::Null(Type::DateTime), Value::Null(Type::TimeSpan)),
        };
        [
            Value::DateTime(alert.since),
            text(&rule.name),
            text(title(rule)),
            text(rule.severity.azure_name()),
            text(&alert.labels.to_string()),
            real(alert.value),
            real(Some(alert.threshold)),
            resolved,
            lasted,
            text(&alert.id),
        ]
    });
    table(
        &[
            ("Fired", Type::DateTime),
            ("Rule", Type::String),
            ("Title", Type::String),
            ("Severity", Type::String),
            ("Series", Type::String),
            ("Value", Type::Real),
            ("Threshold", Type::Real),
            ("Resolved", Type::DateTime),
            ("Lasted", Type::TimeSpan),
            ("Alert", Type::String),
        ],
        &rows.map(Vec::from).collect::<Vec<_>>(),
    )
}

/// Rows as an answer.
pub fn table(columns: &[(&str, Type)], rows: &[Vec<Value>]) -> Answer {
    let arrays = columns.iter().enumerate().map(|(at, (name, ty))| {
        let values = rows.iter().map(|row| row.get(at).cloned().unwrap_or(Value::absent(*ty)));
        (*name, Value::to_array(*ty, values), true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(arrays);
    let columns = columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect();
    Answer { name: None, columns, batches: batch.into_iter().collect(), visualization: None }
}
