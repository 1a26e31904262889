//! The alerts of a time range: those that stand at its end, those that were over within it, the rules, and what a watch
//! told that the rules do not find in these logs. In: rules, logs, a range. Out: items of a page.

use super::lists::{
    MOST, answer, item, linked, list, lost_panel, panel, series, threshold, told_cell, widths,
};
use super::look::Wanted;
use super::replays::{Alert, Outcome, Over, Replays, Span, usable};
use super::source::{RuleFile, Told};
use super::words::{columns, count, length, moment, number_cell, severity, time_cell, title};
use calypso_alerts::Rule;
use calypso_engine::{CancelToken, Engine};
use calypso_view::{GridCell, GridColumn, GridRow, Icon, Look};
use calypso_workbook::model::{Choice, ParameterKind};
use calypso_workbook::page::{PageBody, PageItem, PagePanel, Picker};
use calypso_workbook::{DashboardError, Page, TimeRange};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key of the time range in addresses.
pub const RANGE: &str = "TimeRange";
/// The range where none is chosen, and those offered.
const USUAL: &str = "48h";
const OFFERED: [&str; 7] = ["4h", "24h", "48h", "7d", "14d", "30d", "90d"];

/// What alerts are looked for in.
pub struct Ground<'a> {
    /// The logs.
    pub engine: &'a Engine,
    /// The times of their rows.
    pub span: Span,
    /// The instant that is counted back from, ticks.
    pub now: i64,
    /// Stops the queries.
    pub cancel: &'a CancelToken,
}

/// The alerts of a time range.
pub struct Overview {
    range: TimeRange,
    now: i64,
    rules: Vec<(Rule, Option<Arc<Outcome>>)>,
    /// Files of which something cannot be used, and why.
    refused: Vec<(String, String)>,
    told: Vec<Told>,
    notices: Vec<String>,
    from_before: i64,
}

/// An alert with its rule.
type Row<'a> = (&'a Rule, &'a Alert);

/// The range of that text; the usual one where there is none.
///
/// # Errors
/// When it is none.
pub fn range(text: Option<&str>, now: i64) -> Result<TimeRange, DashboardError> {
    let text = text.unwrap_or(USUAL);
    TimeRange::read(text, now).ok_or_else(|| {
        DashboardError::new(format!("`{text}` is no time range"))
            .with_help("a length such as `48h`, or two times with `..` between")
    })
}

impl Overview {
    /// Replays the rules of files for a range.
    ///
    /// # Errors
    /// When it was cancelled.
    pub fn make(
        ground: &Ground,
        replays: &Replays,
        files: Vec<RuleFile>,
        told: Result<Vec<Told>, String>,
        range: TimeRange,
    ) -> Result<Overview, DashboardError> {
        let (rules, refused) = usable(files);
        let until = range.to.min(ground.now);
        let after = ground.span.start(range.from);
        let mut replayed = Vec::with_capacity(rules.len());
        for rule in rules {
            let outcome = if rule.enabled {
                let outcome =
                    replays.replay(ground.engine, &rule, (after, until), &ground.span, ground.cancel);
                Some(outcome.ok_or_else(|| DashboardError::new("the replay of the rules was stopped"))?)
            } else {
                None
            };
            replayed.push((rule, outcome));
        }
        let mut notices = Vec::new();
        if ground.span.last.is_none() {
            notices.push("There are no rows in AADProvisioningLogs, so most rules find nothing.".to_owned());
        }
        let told = told.unwrap_or_else(|why| {
            notices.push(format!("What the watch has told cannot be read: {why}"));
            Vec::new()
        });
        Ok(Overview { range, now: ground.now, rules: replayed, refused, told, notices, from_before: after })
    }

    /// Those that stand at the end of the range, the worst first.
    pub fn active(&self) -> Vec<Row<'_>> {
        let mut rows = self.alerts(&|alert| alert.over == Over::Standing);
        rows.sort_by_key(|(rule, alert)| (rule.severity, std::cmp::Reverse(alert.since)));
        rows
    }

    /// Those that fired or were over in the range and do not stand, the newest first.
    pub fn past(&self) -> Vec<Row<'_>> {
        let mut rows = self.alerts(&|alert| match alert.over {
            Over::Standing => false,
            Over::At(at) => at > self.range.from,
            Over::AtOnce => alert.since > self.range.from,
        });
        rows.sort_by_key(|(_, alert)| std::cmp::Reverse(alert.since));
        rows
    }

    fn alerts(&self, is: &dyn Fn(&Alert) -> bool) -> Vec<Row<'_>> {
        let each = self.rules.iter().filter_map(|(rule, outcome)| {
            let replayed = outcome.as_deref()?.as_ref().ok()?;
            Some(replayed.alerts.iter().filter(|alert| is(alert)).map(move |alert| (rule, alert)))
        });
        each.flatten().collect()
    }

    /// The alert of an id, as an address names it.
    pub(super) fn alert(&self, id: &str) -> Option<Wanted> {
        let found = self.alerts(&|alert| alert.id == id);
        found.first().map(|(rule, alert)| Wanted::new(&rule.name, alert.since, id))
    }

    /// One line: `2 alerts are active: Failure spike, Absence`.
    pub fn words(&self) -> String {
        let active = self.active();
        let mut names: Vec<&str> = Vec::new();
        for (rule, _) in &active {
            if !names.contains(&title(rule)) {
                names.push(title(rule));
            }
        }
        let more = names.len().saturating_sub(4);
        names.truncate(4);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let broken = match self.broken() {
            0 => String::new(),
            rules => format!("; {} not evaluated", count(rules, "rule was", "rules were")),
        };
        match active.len() {
            0 => format!("No alert is active{broken}"),
            several => format!(
                "{} active: {}{more}{broken}",
                count(several, "alert is", "alerts are"),
                names.join(", ")
            ),
        }
    }

    /// What the reader should know before reading.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Rules and files of rules that could not be evaluated.
    fn broken(&self) -> usize {
        let failed = self.rules.iter().filter(|(_, outcome)| outcome.as_deref().is_some_and(Result::is_err));
        failed.count() + self.refused.len()
    }

    /// The page with the range to choose.
    pub fn page(&self) -> Page {
        let mut items = vec![item("1", PageBody::Pickers(vec![self.picker()]))];
        items.extend(self.items(""));
        Page {
            name: "alerts".to_owned(),
            title: "Alerts".to_owned(),
            now: self.now,
            notices: self.notices.clone(),
            alone: false,
            given: vec![(RANGE.to_owned(), self.range.text.clone())],
            items,
        }
    }

    /// The lists, without the range; ids begin with that text.
    pub fn items(&self, id: &str) -> Vec<PageItem> {
        let mut items = self.lists(id);
        let lost = self.lost();
        if !lost.is_empty() {
            items.push(item(&format!("{id}4"), PageBody::Panel(Box::new(lost_panel(&lost)))));
        }
        let rules = PageBody::Group {
            title: format!("Rules ({})", self.rules.len()),
            expanded: Some(self.broken() > 0 || self.rules.is_empty()),
            items: vec![item(&format!("{id}5.1"), PageBody::Panel(Box::new(self.rules_panel())))],
        };
        items.push(item(&format!("{id}5"), rules));
        items
    }

    /// What is active and what is past, alone.
    fn lists(&self, id: &str) -> Vec<PageItem> {
        let panels = [("2", self.active_panel()), ("3", self.past_panel())];
        panels.map(|(at, panel)| item(&format!("{id}{at}"), PageBody::Panel(Box::new(panel)))).into()
    }

    /// The same for a page beside, which does not offer their rows as files.
    pub fn lists_beside(&self, id: &str) -> Vec<PageItem> {
        let mut items = self.lists(id);
        for item in &mut items {
            if let PageBody::Panel(panel) = &mut item.body {
                panel.answer = None;
            }
        }
        items
    }

    fn picker(&self) -> Picker {
        let choice = |text: &&str| Choice {
            value: (*text).to_owned(),
            label: TimeRange::read(text, self.now).map_or_else(|| (*text).to_owned(), |range| range.label()),
            ..Choice::default()
        };
        Picker {
            key: RANGE.to_owned(),
            label: "Time".to_owned(),
            description: Some("Which alerts are shown".to_owned()),
            kind: ParameterKind::TimeRange,
            multiple: false,
            offers_all: false,
            required: true,
            quiet: false,
            shown: self.range.label(),
            chosen: vec![self.range.text.clone()],
            choices: OFFERED.iter().map(choice).collect(),
            custom_time: true,
            problem: None,
        }
    }

    fn active_panel(&self) -> PagePanel {
        let active = self.active();
        let heads =
            ["Since", "Rule", "Severity", "Series", ">Value then", ">Value now", ">Threshold", "Told"];
        let heads = self.with_told(&heads);
        let told = self.told_of();
        let rows = active.iter().take(MOST).map(|(rule, alert)| GridRow {
            cells: vec![
                time_cell(alert.since, alert.earlier),
                linked(rule, alert),
                severity(rule.severity),
                series(&alert.labels),
                number_cell(alert.value),
                number_cell(alert.latest),
                threshold(rule, alert),
                told_cell(told.get(alert.id.as_str())),
            ],
            ..GridRow::default()
        });
        let when = moment(self.range.to.min(self.now));
        let words = match (self.rules.is_empty(), self.broken()) {
            (true, _) => ("There is no rule to evaluate.".to_owned(), "info"),
            (false, 0) => (format!("No alert is active at {when}."), "success"),
            (false, _) => {
                (format!("No alert is active at {when}, of the rules that could be evaluated."), "warning")
            }
        };
        let drawing = list(heads, rows.collect(), active.len(), words);
        let mut panel = panel("Active alerts", drawing, Some(answer(&active)));
        panel.from_width = widths(&[("Value then", 130), ("Threshold", 110)]);
        panel.description = (!active.is_empty()).then(|| format!("At {when} UTC, the worst first"));
        if active.iter().any(|(_, alert)| alert.earlier) {
            let why = format!(
                "The rules are replayed from {}; an alert that stood then may have begun before.",
                moment(self.from_before)
            );
            panel.notes.push(why);
        }
        panel
    }

    fn past_panel(&self) -> PagePanel {
        let past = self.past();
        let heads =
            ["Fired", "Rule", "Severity", "Series", ">Value", ">Threshold", "Resolved", ">Lasted", "Told"];
        let heads = self.with_told(&heads);
        let told = self.told_of();
        let rows = past.iter().take(MOST).map(|(rule, alert)| {
            let (resolved, lasted) = match alert.over {
                Over::At(at) => {
                    let lasted = at.saturating_sub(alert.since);
                    let text =
                        if alert.earlier { format!("over {}", length(lasted)) } else { length(lasted) };
                    (time_cell(at, false), GridCell { number: Some(lasted as f64), ..GridCell::plain(text) })
                }
                Over::AtOnce | Over::Standing => (GridCell::plain("–"), GridCell::plain("–")),
            };
            GridRow {
                cells: vec![
                    time_cell(alert.since, alert.earlier),
                    linked(rule, alert),
                    severity(rule.severity),
                    series(&alert.labels),
                    number_cell(alert.value),
                    threshold(rule, alert),
                    resolved,
                    lasted,
                    told_cell(told.get(alert.id.as_str())),
                ],
                ..GridRow::default()
            }
        });
        let words = ("No other alert fired in this time.".to_owned(), "info");
        let drawing = list(heads, rows.collect(), past.len(), words);
        let mut panel = panel("Past alerts", drawing, Some(answer(&past)));
        panel.from_width = widths(&[("Resolved", 140), ("Threshold", 110)]);
        panel.description = (!past.is_empty()).then(|| {
            format!(
                "Over between {} and {} UTC, the newest first",
                moment(self.range.from),
                moment(self.range.to)
            )
        });
        panel
    }

    fn rules_panel(&self) -> PagePanel {
        let heads = columns(&["Rule", "Name", "Severity", "Every", ">Fired", ">Active", "Remarks"]);
        let broken = self.refused.iter().map(|(origin, why)| GridRow {
            cells: vec![
                GridCell::plain(origin.clone()),
                GridCell::plain(""),
                GridCell::of("refused", Icon::from_name("error").map_or(Look::Plain, Look::Sign)),
                GridCell::plain(""),
                GridCell::plain(""),
                GridCell::plain(""),
                GridCell::plain(why.clone()),
            ],
            ..GridRow::default()
        });
        let rules = self.rules.iter().map(|(rule, outcome)| {
            let (fired, active, remarks) = match outcome.as_deref() {
                None => (None, None, "disabled".to_owned()),
                Some(Err(why)) => (None, None, format!("not evaluated: {why}")),
                Some(Ok(replayed)) => {
                    let inside = |alert: &&Alert| alert.since > self.range.from && !alert.earlier;
                    let fired = replayed.alerts.iter().filter(inside).count();
                    let stands = |alert: &&Alert| alert.over == Over::Standing;
                    let active = replayed.alerts.iter().filter(stands).count();
                    (Some(fired as f64), Some(active as f64), replayed.notes.join("; "))
                }
            };
            let description = rule.description.clone().unwrap_or_default();
            GridRow {
                cells: vec![
                    GridCell { hint: description, ..GridCell::plain(title(rule)) },
                    GridCell::plain(rule.name.clone()),
                    severity(rule.severity),
                    GridCell::plain(rule.schedule.every.to_string()),
                    number_cell(fired),
                    number_cell(active),
                    GridCell::plain(remarks),
                ],
                ..GridRow::default()
            }
        });
        let rows: Vec<GridRow> = broken.chain(rules).collect();
        let total = rows.len();
        let words = (
            "There is no rule: `calypso queries copy alerts` gives those that are built in, to edit."
                .to_owned(),
            "info",
        );
        panel("", list(heads, rows, total, words), None)
    }

    /// Columns, of which the last is left out where no watch has told anything.
    fn with_told(&self, names: &[&str]) -> Vec<GridColumn> {
        let mut columns = columns(names);
        if self.told.is_empty() {
            columns.pop();
        }
        columns
    }

    /// What was told, by the alert's id.
    fn told_of(&self) -> BTreeMap<&str, Vec<&Told>> {
        let mut all: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
        self.told.iter().for_each(|told| all.entry(&told.alert).or_default().push(told));
        all
    }

    /// Alerts of the range that were told and that the replay does not find.
    fn lost(&self) -> Vec<Vec<&Told>> {
        let known = self.alerts(&|_| true);
        let known: std::collections::BTreeSet<&str> =
            known.iter().map(|(_, alert)| alert.id.as_str()).collect();
        let of_range = |told: &&Told| {
            let ends = told.resolved.unwrap_or(told.fired);
            ends > self.range.from && told.fired <= self.range.to
        };
        let mut lost: Vec<Vec<&Told>> = self
            .told_of()
            .into_iter()
            .filter(|(id, all)| !known.contains(id) && all.iter().any(of_range))
            .map(|(_, all)| all)
            .collect();
        lost.sort_by_key(|all| std::cmp::Reverse(all.first().map(|told| told.fired)));
        lost
    }
}
