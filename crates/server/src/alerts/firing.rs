//! The page of one alert: what is known of it, its value against the threshold around the firing, the rule's query with
//! its parameters filled in, and the way to the workbook's panel. In: a rule's name, the instant of the firing, the id.

use super::lists::{item, panel, symbol, table, telling};
use super::look::{Found, Stood, Wanted, look, shown, stands};
use super::overview::Ground;
use super::replays::usable;
use super::source::{RuleFile, Told};
use super::words::{columns, length, maybe, moment, severity, severity_word, title};
use super::{AlertRequest, FindPanel, firing_path};
use calypso_alerts::evaluate::{Evaluation, Labels};
use calypso_alerts::rule::Condition;
use calypso_alerts::{Filled, Rule};
use calypso_library::format::{TICKS_PER_DAY, datetime_short};
use calypso_library::{Answer, Type, Value};
use calypso_view::chart::settings::{ChartSettings, Kind as Shape, Stacking};
use calypso_view::drawing::{Card, Grid, Tiles};
use calypso_view::{Action, ChartDrawing, Drawing, GridCell, GridRow, Icon, Tile};
use calypso_workbook::model::{
    Choices, Content, Expansion, Item, LinksStyle, Panel, Parameter, ParameterKind, Parameters, QueryText,
    Shipped, Size, Source, TimeContext, Workbook,
};
use calypso_workbook::page::{PageBody, PageItem, PageLink, PagePanel};
use calypso_workbook::{DashboardError, Now, Page, PageOptions};

/// The longest time that the link to a panel spans.
const LONGEST: i64 = 31 * TICKS_PER_DAY;

/// The page of an alert.
///
/// # Errors
/// When there is no such rule, it cannot be evaluated, or neither the logs nor the watch know the alert.
pub fn firing(
    ground: &Ground,
    files: Vec<RuleFile>,
    told: Result<Vec<Told>, String>,
    wanted: &Wanted,
    request: &AlertRequest,
    find: FindPanel,
) -> Result<Page, DashboardError> {
    let (rules, _) = usable(files);
    let told: Vec<Told> =
        told.unwrap_or_default().into_iter().filter(|told| told.alert == wanted.id).collect();
    let rule = rules.iter().find(|rule| rule.name == wanted.rule).ok_or_else(|| {
        DashboardError::new(format!("no rule named `{}`", wanted.rule))
            .with_help("its file may have gone, or be refused: the list of alerts says so")
    })?;
    let found = look(ground, rule, wanted, &told)?;
    let (from, to) = shown(rule, wanted, &found);
    let labels = &found.labels;
    let filled = filled(rule, wanted, &found, to);
    let mut items = vec![
        item("1", links(rule, wanted, &found, find, ground.now)),
        item("2", tiles(rule, wanted, &found, ground.now)),
    ];
    items.push(item("3", PageBody::Panel(Box::new(chart(rule, labels, &found.evaluations, (from, to))))));
    items.push(query(ground, &filled, rule, request)?);
    items.push(PageItem {
        width: 60,
        ..item("5", PageBody::Panel(Box::new(about(rule, wanted, &found, &told))))
    });
    items.push(PageItem {
        width: 40,
        ..item("6", PageBody::Panel(Box::new(commands(rule, &filled, (from, to)))))
    });
    let mut notices = Vec::new();
    if found.fired.is_none() {
        notices.push(format!(
            "In the logs as they are now the rule does not fire at {}: rows came late or are not here, or the rule was changed.",
            moment(wanted.at)
        ));
    }
    if let Some(stood) = &found.stood {
        let since = if stood.id.is_some() { "since" } else { "since before" };
        notices.push(format!(
            "In these logs an alert of this series stood then already, {since} {}; a watch that began later tells of it as new.",
            moment(stood.since)
        ));
    }
    Ok(Page {
        name: wanted.id.clone(),
        title: title(rule).to_owned(),
        now: ground.now,
        notices,
        alone: false,
        given: Vec::new(),
        items,
    })
}

fn links(rule: &Rule, wanted: &Wanted, found: &Found, find: FindPanel, now: i64) -> PageBody {
    let link = |label: &str, before: &str, path: String| PageLink {
        label: label.to_owned(),
        before: before.to_owned(),
        after: String::new(),
        action: Action::Page(path),
    };
    let mut links = vec![link("All alerts", "", "/alerts".to_owned())];
    if let Some(Stood { id: Some(id), since }) = &found.stood {
        let path = firing_path(&rule.name, *since, id);
        links.push(link(&format!("Stood since {}", moment(*since)), "", path));
    }
    if let Some(name) = &rule.panel {
        let window = found
            .fired
            .as_ref()
            .map_or(wanted.at.saturating_sub(rule.schedule.every.ticks()), |one| one.window.0);
        let end = found.resolved.unwrap_or(if stands(rule) { now } else { wanted.at });
        let end = end.max(wanted.at).min(window.saturating_add(LONGEST));
        if let Some(panel) = find(name, (window, end), &found.labels.0) {
            links.push(link(&panel.title, "In the workbook:", panel.path));
        }
    }
    PageBody::Links { style: LinksStyle::Nav, links }
}

fn tiles(rule: &Rule, wanted: &Wanted, found: &Found, now: i64) -> PageBody {
    let lasted = |end: i64| length(end.saturating_sub(wanted.at));
    let (state, sign, about) = match (&found.fired, found.resolved) {
        (None, _) => ("Not found", "question", "told by the watch".to_owned()),
        (Some(_), Some(at)) => ("Over", "success", format!("since {}", moment(at))),
        (Some(_), None) if !stands(rule) => ("Told once", "info", "it does not stand".to_owned()),
        (Some(_), None) if found.until < now => {
            ("Active", "error", format!("at {}; not looked at later", moment(found.until)))
        }
        (Some(_), None) => ("Active", "error", format!("for {}", lasted(found.until))),
    };
    let tile = |title: &str, big: String, subtitle: String| Tile { subtitle, ..Tile::new(title, big) };
    let state = Tile { icon: Icon::from_name(sign), ..tile("State", state.to_owned(), about) };
    let (value, limit) =
        found.fired.as_ref().map_or((None, f64::NAN), |one| (one.found.value, one.found.threshold));
    let limit = if limit.is_nan() {
        String::new()
    } else {
        format!("fires when {} {}", symbol(rule), maybe(Some(limit)))
    };
    let fired = moment(wanted.at);
    let (day, time) = fired.split_once(' ').unwrap_or((&fired, ""));
    let mut tiles =
        vec![state, tile("Fired", time.to_owned(), format!("{day} UTC")), tile("Value", maybe(value), limit)];
    if let Some(at) = found.resolved {
        tiles.push(tile("Lasted", lasted(at), format!("until {} UTC", moment(at))));
    }
    let level = severity(rule.severity);
    tiles.push(Tile {
        icon: Icon::from_name(&level.text),
        ..tile("Severity", level.text, severity_word(rule.severity).to_owned())
    });
    let total = tiles.len();
    let drawing = Drawing::Tiles(Tiles { tiles, total, border: true, ..Tiles::default() });
    PageBody::Panel(Box::new(PagePanel { description: rule.description.clone(), ..panel("", drawing, None) }))
}

/// The series' value and threshold at each evaluation.
fn chart(rule: &Rule, labels: &Labels, evaluations: &[Evaluation], (after, until): (i64, i64)) -> PagePanel {
    let real = |value: f64| if value.is_nan() { Value::Null(Type::Real) } else { Value::Real(value) };
    let inside = evaluations.iter().filter(|one| after < one.at && one.at <= until);
    let rows: Vec<Vec<Value>> = inside
        .map(|evaluation| {
            let found = evaluation.found.iter().find(|found| &found.labels == labels);
            let value = found.and_then(|found| found.value).map_or(Value::Null(Type::Real), Value::Real);
            vec![
                Value::DateTime(evaluation.at),
                value,
                found.map_or(Value::Null(Type::Real), |found| real(found.threshold)),
            ]
        })
        .collect();
    let answer = table(&[("At", Type::DateTime), ("Value", Type::Real), ("Threshold", Type::Real)], &rows);
    let (drawing, note) = drawn(rule, &answer);
    let mut panel = panel("Value against the threshold", drawing, Some(answer));
    panel.size = Size::Medium;
    panel.description = Some(format!("At each evaluation from {} to {} UTC", moment(after), moment(until)));
    panel.notes.extend(note);
    panel
}

fn drawn(rule: &Rule, answer: &Answer) -> (Drawing, Option<String>) {
    let settings = ChartSettings {
        x_column: Some("At".to_owned()),
        y_columns: vec!["Value".to_owned(), "Threshold".to_owned()],
        x_title: Some(String::new()),
        points: false,
        ..ChartSettings::new(Shape::Line, Stacking::None)
    };
    match calypso_view::chart(answer, &settings) {
        Ok(chart) => {
            let note = match &rule.condition {
                Condition::Series(_) => {
                    "Where the line is broken, the rule's query gives no value: it does not fire then."
                }
                Condition::Measured(_) | Condition::Counted(_) => {
                    return (Drawing::Chart(Box::new(ChartDrawing { chart, metrics: Vec::new() })), None);
                }
            };
            (Drawing::Chart(Box::new(ChartDrawing { chart, metrics: Vec::new() })), Some(note.to_owned()))
        }
        Err(why) => (Drawing::Message { text: why.to_string(), kind: "info" }, None),
    }
}

/// The rule's query over the alert: of a series all its evaluations, of other rules the one that fired.
fn filled(rule: &Rule, wanted: &Wanted, found: &Found, shown: i64) -> Filled {
    let every = rule.schedule.every.ticks();
    let until = match &rule.condition {
        Condition::Series(_) => found.resolved.unwrap_or(if stands(rule) { shown } else { wanted.at }),
        Condition::Measured(_) | Condition::Counted(_) => wanted.at,
    };
    rule.filled(wanted.at.saturating_sub(every), until.max(wanted.at), &found.labels)
}

/// The query as a panel of a workbook of its own, which can be changed and run as every panel's.
fn query(
    ground: &Ground,
    filled: &Filled,
    rule: &Rule,
    request: &AlertRequest,
) -> Result<PageItem, DashboardError> {
    // A blank in it, so that no query names it.
    const TIME: &str = "rows of the evaluation";
    let time = filled.range.map(|range| Parameter {
        name: TIME.to_owned(),
        kind: ParameterKind::TimeRange,
        hidden: true,
        value: Shipped::Span(datetime_short(range.after), datetime_short(range.until)),
        choices: Choices::None,
        custom_time: true,
        ..Parameter::default()
    });
    let panel = Panel {
        title: "The rule's query for this alert".to_owned(),
        source: Source::Query(QueryText { text: filled.text.clone(), ..QueryText::default() }),
        time: if time.is_some() { TimeContext::Parameter(TIME.to_owned()) } else { TimeContext::InQuery },
        no_data: Some("The query gives no rows.".to_owned()),
        ..Panel::default()
    };
    let parts = [
        ("0", Content::Parameters(Parameters { parameters: time.into_iter().collect() })),
        ("4", Content::Panel(Box::new(panel))),
    ];
    let items = parts.map(|(id, content)| Item {
        id: id.to_owned(),
        name: String::new(),
        width: 100,
        border: false,
        conditions: Vec::new(),
        content,
    });
    let workbook = Workbook {
        name: "alert".to_owned(),
        title: String::new(),
        table: None,
        expansion: Expansion::Lets,
        items: items.into(),
        notes: Vec::new(),
    };
    let options = PageOptions {
        edited: request.edited.clone(),
        cancel: request.cancel.clone(),
        ..PageOptions::at(Now::At(filled.now))
    };
    let page = workbook.page(ground.engine, &options)?;
    let mut item = page.items.into_iter().find(|item| item.id == "4");
    if let Some(PageItem { body: PageBody::Panel(panel), .. }) = &mut item {
        panel.description = Some(match &rule.condition {
            Condition::Series(_) => "The values of the alert's evaluations; it runs as it is here, in the prompt and in the portal".to_owned(),
            Condition::Measured(_) | Condition::Counted(_) => "The rows behind the evaluation that fired".to_owned(),
        });
        panel.notes.extend(filled.range.map(|range| {
            format!(
                "It sees the rows later than {} and until {}, and `now()` in it is {}.",
                datetime_short(range.after),
                datetime_short(range.until),
                datetime_short(filled.now)
            )
        }));
    }
    item.ok_or_else(|| DashboardError::new("the rule has no query"))
}

/// What is known of the alert, a line each.
fn about(rule: &Rule, wanted: &Wanted, found: &Found, told: &[Told]) -> PagePanel {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, text: String| lines.push((name.to_owned(), text));
    found.labels.0.iter().for_each(|(column, value)| add(column, value.clone()));
    if let Some(change) = &found.fired {
        add("Made of", format!("{} to {} UTC", moment(change.window.0), moment(change.window.1)));
        let told = change.found.details.iter().filter(|(_, text)| !text.is_empty());
        told.for_each(|(name, text)| add(name, text.clone()));
    }
    add("Evaluated every", rule.schedule.every.to_string());
    if told.is_empty() {
        add("Told", "no watch has told of it".to_owned());
    }
    told.iter().for_each(|told| add("Told", telling(told)));
    add("Rule", format!("{} ({})", rule.name, rule.source.file));
    add("Alert", wanted.id.clone());
    let rows = lines.into_iter().map(|(name, text)| GridRow {
        cells: vec![GridCell::plain(name), GridCell::plain(text)],
        ..GridRow::default()
    });
    let rows: Vec<GridRow> = rows.collect();
    let total = rows.len();
    panel(
        "About",
        Drawing::Grid(Grid { columns: columns(&["What", "Is"]), rows, total, ..Grid::default() }),
        None,
    )
}

/// Commands that show the same.
fn commands(rule: &Rule, filled: &Filled, (after, until): (i64, i64)) -> PagePanel {
    // Names of others are no part of a command line that people copy.
    let plain = |name: &str| {
        !name.is_empty()
            && !name.starts_with('-')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let name = if plain(&rule.name) { rule.name.as_str() } else { "FILE" };
    let (from, to) = (datetime_short(after), datetime_short(until));
    let mut text = format!(
        "calypso alert backtest {name} \\\n  --from {from} --to {to}\n\ncalypso alert backtest {name} -f chart \\\n  --from {from} --to {to}\n"
    );
    if let Some(range) = filled.range {
        let tick = |ticks: i64| datetime_short(ticks.saturating_add(1));
        text += &format!(
            "\ncalypso --now {} \\\n  --from {} --to {}\n",
            datetime_short(filled.now),
            tick(range.after),
            tick(range.until)
        );
    }
    let card = Card { text, label: String::new(), style: "editor" };
    let mut panel = panel("On the command line", Drawing::Card(card), None);
    panel.description = Some(match filled.range {
        None => "The query above runs in the prompt as it is; these show the firing".to_owned(),
        Some(_) => {
            "These show the firing; the last opens the prompt where the query above sees the same rows"
                .to_owned()
        }
    });
    panel
}
