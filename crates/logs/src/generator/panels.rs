//! What the panels of the cloud sync workbooks must show, counted over the events by plain loops. Each function names
//! the panel it answers for; the corners (which filters a panel obeys, which ends are open) are the panels' own.

use super::calendar::{DAY, HOUR, MINUTE, date, iso};
use super::event::{Event, NO_STEPS, NULL_STEPS};
use super::steps::step_names;
use super::text::Texts;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A span of time as `TimeGenerated > ago(…)` bounds it: the start excluded, the end (now) included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Ticks before the first moment inside.
    pub from: i64,
    /// The last tick inside.
    pub to: i64,
}

impl Window {
    /// The window of that length that ends at `now`.
    pub fn ending(now: i64, duration: i64) -> Window {
        Window { from: now - duration, to: now }
    }

    /// Whether a time lies inside.
    pub fn contains(&self, time: i64) -> bool {
        time > self.from && time <= self.to
    }

    /// The step of the trends: of the usual steps the one nearest to a 48th of the window.
    pub fn grain(&self) -> i64 {
        const STEPS: [i64; 11] = [
            MINUTE,
            5 * MINUTE,
            10 * MINUTE,
            15 * MINUTE,
            30 * MINUTE,
            HOUR,
            2 * HOUR,
            4 * HOUR,
            6 * HOUR,
            12 * HOUR,
            DAY,
        ];
        let wanted = (self.to - self.from) / 48;
        STEPS.into_iter().min_by_key(|step| (step - wanted).abs()).unwrap_or(DAY)
    }
}

/// Values chosen in the workbook's parameters; an empty list is "All".
#[derive(Clone, Default, Debug)]
pub struct Filter {
    /// `Status`.
    pub status: Vec<String>,
    /// `Action`.
    pub action: Vec<String>,
    /// `JobId`.
    pub job: Vec<String>,
    /// `SyncType`.
    pub sync_type: Vec<String>,
}

/// Whether a value passes a list of chosen ones.
fn passes(chosen: &[String], value: &str) -> bool {
    chosen.is_empty() || chosen.iter().any(|one| one == value)
}

/// '' becomes `Unknown`.
fn known(text: &str) -> &str {
    if text.is_empty() { "Unknown" } else { text }
}

/// `Password` when the job id contains that word in any case, else `Object`.
pub(super) fn sync_type(job: &str) -> &'static str {
    if job.to_ascii_lowercase().contains("password") { "Password" } else { "Object" }
}

/// Whether a row is of cloud sync: from Active Directory to Microsoft Entra ID.
pub(super) fn is_cloud_sync(texts: &Texts, event: &Event) -> bool {
    texts.source_name(event) == "Active Directory" && texts.target_name(event) == "Microsoft Entra ID"
}

/// Whether the source type is spelled `user`, `group` or `contact`.
fn is_object(texts: &Texts, event: &Event) -> bool {
    matches!(texts.object(event).kind.source_type(), "user" | "group" | "contact")
}

/// The same in any case.
fn is_object_in_any_case(texts: &Texts, event: &Event) -> bool {
    let kind = texts.object(event).kind.source_type().to_lowercase();
    matches!(kind.as_str(), "user" | "group" | "contact")
}

/// The cloud sync rows of a window.
fn rows<'a>(texts: &Texts, events: &'a [Event], window: Window) -> Vec<&'a Event> {
    events.iter().filter(|event| window.contains(event.time) && is_cloud_sync(texts, event)).collect()
}

/// Counts of rows in steps of a window.
#[derive(Clone)]
struct Trend {
    first: i64,
    step: i64,
    counts: Vec<u64>,
}

impl Trend {
    /// Steps from the start of the window up to its end, which is left out.
    fn open(window: Window) -> Trend {
        let step = window.grain();
        let steps = (window.to - window.from + step - 1) / step;
        Trend { first: window.from, step, counts: vec![0; steps as usize] }
    }

    /// Whole steps of the calendar from the one that holds the start to the one that holds the end.
    fn closed(window: Window) -> Trend {
        let step = window.grain();
        let first = window.from.div_euclid(step) * step;
        let steps = (window.to.div_euclid(step) * step - first) / step + 1;
        Trend { first, step, counts: vec![0; steps as usize] }
    }

    /// Counts a row; one outside is left out. The open form leaves out what is exactly at the end.
    fn add(&mut self, time: i64) {
        let place = (time - self.first).div_euclid(self.step);
        if let Some(count) = usize::try_from(place).ok().and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }
}

/// Distinct source objects and a trend of rows.
struct Tile {
    objects: BTreeSet<u32>,
    trend: Trend,
}

/// Adds a row to the tile of its name.
fn add_tile<'a>(tiles: &mut BTreeMap<&'a str, Tile>, name: &'a str, trend: &Trend, event: &Event) {
    let tile = tiles.entry(name).or_insert_with(|| Tile { objects: BTreeSet::new(), trend: trend.clone() });
    tile.objects.insert(event.object);
    tile.trend.add(event.time);
}

/// Tiles as JSON.
fn tile_list(tiles: BTreeMap<&str, Tile>, key: &str) -> Value {
    tiles
        .into_iter()
        .map(|(name, tile)| json!({ key: name, "objects": tile.objects.len(), "trend": tile.trend.counts }))
        .collect()
}

/// All panels for one window and one choice of parameters.
pub(super) fn panels(texts: &Texts, events: &[Event], window: Window, filter: &Filter) -> Value {
    let rows = rows(texts, events, window);
    json!({
        "objects_by_type": objects_by_type(texts, &rows, window, filter),
        "actions_per_day": per_day(texts, &rows, filter, "action"),
        "statuses_per_day": per_day(texts, &rows, filter, "status"),
        "action_table": action_table(texts, &rows, window, filter),
        "recent_errors": recent_errors(texts, &rows, filter),
        "objects_by_status": objects_by_status(texts, &rows, window, filter),
        "details_grid": details_grid(texts, &rows, filter),
        "user_details": user_details(texts, &rows, filter),
    })
}

/// Insights, "Total synced objects by type": the end of the trend is open.
fn objects_by_type(texts: &Texts, rows: &[&Event], window: Window, filter: &Filter) -> Value {
    let trend = Trend::open(window);
    let mut tiles = BTreeMap::new();
    for event in rows.iter().filter(|event| is_object(texts, event)) {
        let chosen = passes(&filter.status, texts.status(event))
            && passes(&filter.action, texts.action(event))
            && passes(&filter.job, texts.job_id(event))
            && passes(&filter.sync_type, sync_type(texts.job_id(event)));
        if chosen {
            add_tile(&mut tiles, texts.object(event).kind.source_type(), &trend, event);
        }
    }
    tile_list(tiles, "type")
}

/// Insights, "Sync actions per day by action" and "… by status": rows, types in any case, the sync type ignored.
fn per_day(texts: &Texts, rows: &[&Event], filter: &Filter, by: &str) -> Value {
    let mut counts: BTreeMap<(i64, &str), u64> = BTreeMap::new();
    for event in rows.iter().filter(|event| is_object_in_any_case(texts, event)) {
        let (action, status) = (known(texts.action(event)), known(texts.status(event)));
        let chosen = passes(&filter.action, action)
            && passes(&filter.status, status)
            && passes(&filter.job, known(texts.job_id(event)));
        if chosen {
            let name = if by == "action" { action } else { status };
            *counts.entry((event.time.div_euclid(DAY) * DAY, name)).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((day, name), count)| json!({ "day": date(day), by: name, "count": count }))
        .collect()
}

/// The counts of one action.
struct ActionRow {
    total: u64,
    statuses: [u64; 4],
    tile: Tile,
}

/// Insights, "Unique sync count by status": the last step of the trend holds the end.
fn action_table(texts: &Texts, rows: &[&Event], window: Window, filter: &Filter) -> Value {
    let trend = Trend::closed(window);
    let mut table: BTreeMap<&str, ActionRow> = BTreeMap::new();
    for event in rows.iter().filter(|event| is_object(texts, event)) {
        let action = known(texts.action(event));
        let job = known(texts.job_id(event));
        let chosen = passes(&filter.action, action)
            && passes(&filter.job, job)
            && passes(&filter.sync_type, sync_type(job))
            && passes(&filter.status, known(texts.status(event)));
        if !chosen {
            continue;
        }
        let row = table.entry(action).or_insert_with(|| ActionRow {
            total: 0,
            statuses: [0; 4],
            tile: Tile { objects: BTreeSet::new(), trend: trend.clone() },
        });
        row.total += 1;
        if !texts.status(event).is_empty() {
            row.statuses[event.status as usize] += 1;
        }
        row.tile.objects.insert(event.object);
        row.tile.trend.add(event.time);
    }
    let mut rows: Vec<_> = table.into_iter().collect();
    rows.sort_by(|a, b| b.1.total.cmp(&a.1.total).then_with(|| a.0.cmp(b.0)));
    rows.into_iter()
        .map(|(action, row)| {
            let [success, failure, skipped, warning] = row.statuses;
            json!({
                "action": action,
                "total": row.total,
                "success": success,
                "failure": failure,
                "skipped": skipped,
                "warning": warning,
                "trend": row.tile.trend.counts,
                "objects": row.tile.objects.len(),
            })
        })
        .collect()
}

/// Insights, "Recent sync errors": failures of every type of object; the chosen status is ignored.
fn recent_errors(texts: &Texts, rows: &[&Event], filter: &Filter) -> Value {
    let mut errors: BTreeMap<&str, (u64, i64)> = BTreeMap::new();
    for event in rows.iter().filter(|event| texts.status(event) == "Failure") {
        let job = known(texts.job_id(event));
        let chosen = passes(&filter.action, known(texts.action(event)))
            && passes(&filter.job, job)
            && passes(&filter.sync_type, sync_type(job));
        if chosen {
            let error = errors.entry(texts.code(event)).or_insert((0, i64::MIN));
            error.0 += 1;
            error.1 = error.1.max(event.time);
        }
    }
    let mut errors: Vec<_> = errors.into_iter().collect();
    errors.sort_by(|a, b| b.1.1.cmp(&a.1.1).then_with(|| a.0.cmp(b.0)));
    errors
        .into_iter()
        .map(|(code, (count, last))| json!({ "code": code, "occurrences": count, "last_seen": iso(last) }))
        .collect()
}

/// Details, "Objects synced by status": every type of object, the action ignored.
fn objects_by_status(texts: &Texts, rows: &[&Event], window: Window, filter: &Filter) -> Value {
    let trend = Trend::closed(window);
    let mut tiles = BTreeMap::new();
    for event in rows {
        let chosen = passes(&filter.status, texts.status(event))
            && passes(&filter.job, texts.job_id(event))
            && passes(&filter.sync_type, sync_type(texts.job_id(event)));
        if chosen {
            add_tile(&mut tiles, texts.status(event), &trend, event);
        }
    }
    tile_list(tiles, "status")
}

/// The names of the rows that one event becomes when its steps are expanded: none for an empty array, one without a
/// name for null.
fn expanded(event: &Event) -> Vec<&'static str> {
    if event.has(NO_STEPS) {
        Vec::new()
    } else if event.has(NULL_STEPS) {
        vec![""]
    } else {
        step_names(event)
    }
}

/// Details, the table: one row per step.
fn details_grid(texts: &Texts, rows: &[&Event], filter: &Filter) -> Value {
    let mut by_step: BTreeMap<&str, u64> = BTreeMap::new();
    let mut by_action: BTreeMap<&str, u64> = BTreeMap::new();
    let mut by_status: BTreeMap<&str, u64> = BTreeMap::new();
    let mut total = 0;
    for event in rows.iter().filter(|event| is_object(texts, event)) {
        let (action, status) = (known(texts.action(event)), known(texts.status(event)));
        let chosen = passes(&filter.job, texts.job_id(event))
            && passes(&filter.sync_type, sync_type(texts.job_id(event)))
            && passes(&filter.status, status)
            && passes(&filter.action, action);
        if !chosen {
            continue;
        }
        for step in expanded(event) {
            total += 1;
            *by_step.entry(known(step)).or_default() += 1;
            *by_action.entry(action).or_default() += 1;
            *by_status.entry(status).or_default() += 1;
        }
    }
    json!({ "rows": total, "by_step": by_step, "by_action": by_action, "by_status": by_status })
}

/// User details: distinct rows for each choice of the action; `Unknown` (what the action table hands over for an
/// empty action) finds nothing, because this panel compares the column itself.
fn user_details(texts: &Texts, rows: &[&Event], filter: &Filter) -> Value {
    type Shown<'a> = (&'a str, &'a str, &'a str, String, &'a str, &'a str, &'a str);
    let mut shown: BTreeSet<Shown> = BTreeSet::new();
    for event in rows.iter().filter(|event| is_object(texts, event)) {
        let status = known(texts.status(event));
        if passes(&filter.job, known(texts.job_id(event))) && passes(&filter.status, status) {
            shown.insert((
                texts.source_object_name(event),
                &texts.object(event).source_id,
                texts.target_object_name(event),
                texts.target_upn(event).into_owned(),
                texts.target_object_id(event),
                status,
                texts.action(event),
            ));
        }
    }
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    counts.insert("*", shown.len() as u64);
    for row in &shown {
        *counts.entry(row.6).or_default() += 1;
    }
    counts.entry("Unknown").or_default();
    // A short answer in full, so that the cells can be compared too.
    let short = ["Disable", "Delete", "StagedDelete"];
    let rows: Vec<Value> = shown
        .iter()
        .filter(|row| short.contains(&row.6))
        .take(200)
        .map(|row| json!([row.0, row.1, row.2, row.3, row.4, row.5, row.6]))
        .collect();
    json!({ "count_by_action_info": counts, "removals": rows })
}

/// The pick list of every parameter of the three workbooks, sorted.
pub(super) fn pick_lists(texts: &Texts, events: &[Event], window: Window) -> Value {
    let mut status = BTreeSet::new();
    let mut action = BTreeSet::new();
    let mut job = BTreeSet::new();
    let mut sync = BTreeSet::new();
    let mut stage = BTreeSet::new();
    let mut identity = BTreeSet::new();
    let mut name = BTreeSet::new();
    for event in rows(texts, events, window) {
        status.insert(texts.status(event));
        action.insert(texts.action(event));
        let id = texts.job_id(event);
        job.insert(if id.is_empty() { "No Value" } else { id });
        stage.extend(expanded(event));
        identity.insert(texts.object(event).kind.target_type());
        if is_object(texts, event) {
            sync.insert(sync_type(id));
            name.insert(known(texts.target_object_name(event)));
        }
    }
    json!({
        "Status": status,
        "Action": action,
        "JobId": job,
        "SyncType": sync,
        "Stage": stage,
        "IdentityType": identity,
        "TName": name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::calendar::midnight;

    #[test]
    fn grains_are_the_usual_ones() {
        let now = midnight(2026, 11, 1);
        for (duration, grain) in [
            (4 * HOUR, 5 * MINUTE),
            (DAY, 30 * MINUTE),
            (2 * DAY, HOUR),
            (7 * DAY, 4 * HOUR),
            (30 * DAY, 12 * HOUR),
        ] {
            assert_eq!(Window::ending(now, duration).grain(), grain);
        }
    }

    #[test]
    fn the_ends_of_trends_are_open_or_closed() {
        let now = midnight(2026, 11, 1);
        let window = Window::ending(now, 2 * DAY);
        let (mut open, mut closed) = (Trend::open(window), Trend::closed(window));
        assert_eq!((open.counts.len(), closed.counts.len()), (48, 49));
        for time in [window.from, now - 1, now] {
            open.add(time);
            closed.add(time);
        }
        assert_eq!((open.counts[0], open.counts[47]), (1, 1));
        assert_eq!((closed.counts[0], closed.counts[47], closed.counts[48]), (1, 1, 1));
        assert!(!window.contains(window.from) && window.contains(now));
    }
}
