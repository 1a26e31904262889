//! The manifest: true answers about a run, counted over its events by plain loops, never by a query engine.

use super::calendar::{DAY, HOUR, date, iso};
use super::event::{Event, Status};
use super::firings::firings;
use super::options::{AttrBag, Options, Scenario};
use super::panels::{Filter, Window, panels, pick_lists};
use super::tables::blob_path;
use super::text::Texts;
use super::{Run, redeliveries};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The windows of the manifest, all ending at `now`.
pub const WINDOWS: [(&str, i64); 5] =
    [("4h", 4 * HOUR), ("48h", 48 * HOUR), ("7d", 7 * DAY), ("30d", 30 * DAY), ("60d", 60 * DAY)];

/// The two settings of the parameters for which the panels are counted.
pub fn settings() -> [(&'static str, Filter); 2] {
    let failed = Filter {
        status: vec!["Failure".to_owned()],
        sync_type: vec!["Object".to_owned()],
        ..Filter::default()
    };
    [("all", Filter::default()), ("failure_object", failed)]
}

/// Everything counted.
///
/// - `parameters`, `totals`
/// - `rows`: per job, day, action and status, as the columns spell them
/// - `distinct_sources`: window → identity type → source ids, over all jobs
/// - `windows`: window → `from` (excluded), `to` (included), `grain_minutes`, `pick_lists` (parameter → its values), and
///   under `all` and `failure_object` (Status=Failure, SyncType=Object) the panels, see [`panel_answers`]
/// - `delivery`: `records_by_copies`, and `duplicates` per hour blob
/// - `present`: values for parameters whose shipped default names something private
/// - `firings`: rule, job, fired, last, resolved, peak (and code, records) of each alert; for the meaning of the times
///   see `firings.rs`
/// - added by `write_run`: `hr` (what a join with `hr.csv` must find) and `files` (path, bytes, rows, sha256)
pub fn manifest(run: &Run) -> Value {
    let texts = run.texts();
    let windows: Map<String, Value> = WINDOWS
        .iter()
        .map(|(name, duration)| {
            (
                (*name).to_owned(),
                window_answers(&texts, &run.events, Window::ending(run.options.now, *duration)),
            )
        })
        .collect();
    json!({
        "parameters": parameters(&run.options),
        "totals": totals(run),
        "rows": rows(&texts, &run.events),
        "distinct_sources": distinct_sources(&texts, run),
        "windows": windows,
        "delivery": delivery(run),
        "present": present(&texts, run),
        "firings": firings(run),
    })
}

/// What the panels of the cloud sync workbooks must show in that window with those parameters.
///
/// | key | workbook and panel | rows |
/// |---|---|---|
/// | `objects_by_type` | Insights, Total synced objects by type | type, objects, trend (end excluded) |
/// | `actions_per_day` | Insights, Sync actions per day by action | day, action, count |
/// | `statuses_per_day` | Insights, Sync actions per day by status | day, status, count |
/// | `action_table` | Insights, Unique sync count by status | action, total, four statuses, trend (end included), objects |
/// | `recent_errors` | Insights, Recent sync errors | code, occurrences, last_seen |
/// | `objects_by_status` | Details, Objects synced by status | status, objects, trend (end included) |
/// | `details_grid` | Details, the table | rows, and rows per step, action, status |
/// | `user_details` | User details, the table | rows per ActionInfo (`*` = all), the first 200 removals in full |
pub fn panel_answers(run: &Run, window: Window, filter: &Filter) -> Value {
    panels(&run.texts(), &run.events, window, filter)
}

fn window_answers(texts: &Texts, events: &[Event], window: Window) -> Value {
    let mut answers = Map::new();
    answers.insert("from".into(), iso(window.from).into());
    answers.insert("to".into(), iso(window.to).into());
    answers.insert("grain_minutes".into(), (window.grain() / super::calendar::MINUTE).into());
    answers.insert("pick_lists".into(), pick_lists(texts, events, window));
    for (name, filter) in settings() {
        answers.insert(name.into(), panels(texts, events, window, &filter));
    }
    Value::Object(answers)
}

fn parameters(options: &Options) -> Value {
    json!({
        "seed": options.seed,
        "profile": options.profile.name(),
        "days": options.run_days(),
        "start": iso(options.start()),
        "now": iso(options.now),
        "scenario": match options.scenario { Scenario::Full => "full", Scenario::None => "none" },
        "attr_bag": match options.bag() { AttrBag::Full => "full", AttrBag::Lean => "lean" },
        "legacy_until": options.legacy_until.map(iso),
        "dirty": options.dirty,
        "truncate_last": options.truncate_last,
    })
}

fn totals(run: &Run) -> Value {
    let copies: usize = run.events.iter().map(|event| redeliveries(event).len()).sum();
    json!({
        "rows": run.events.len(),
        "audit_rows": run.audit.len(),
        "records_delivered": run.events.len() + copies,
        "duplicates": copies,
        "first": run.events.iter().map(|event| event.time).min().map(iso),
        "last": run.events.iter().map(|event| event.time).max().map(iso),
    })
}

/// Rows per job, day, action and status, as the columns spell them.
fn rows(texts: &Texts, events: &[Event]) -> Value {
    let mut counts: BTreeMap<(&str, i64, &str, &str), u64> = BTreeMap::new();
    for event in events {
        let day = event.time.div_euclid(DAY) * DAY;
        *counts.entry((texts.job_id(event), day, texts.action(event), texts.status(event))).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((job, day, action, status), count)| {
            json!({ "job": job, "day": date(day), "action": action, "status": status, "count": count })
        })
        .collect()
}

/// Distinct source ids per identity type, over all jobs.
fn distinct_sources(texts: &Texts, run: &Run) -> Value {
    let mut answers = Map::new();
    for (name, duration) in WINDOWS {
        let window = Window::ending(run.options.now, duration);
        let mut types: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for event in run.events.iter().filter(|event| window.contains(event.time)) {
            types.entry(texts.object(event).kind.source_type()).or_default().insert(event.object);
        }
        let counts: BTreeMap<&str, usize> = types.into_iter().map(|(kind, ids)| (kind, ids.len())).collect();
        answers.insert(name.to_owned(), json!(counts));
    }
    Value::Object(answers)
}

/// How records were delivered: duplicates per hour blob (lines whose record was delivered before), records by copies.
fn delivery(run: &Run) -> Value {
    let mut duplicates: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_copies: BTreeMap<String, u64> = BTreeMap::new();
    for event in &run.events {
        let again = redeliveries(event);
        *by_copies.entry((1 + again.len()).to_string()).or_default() += 1;
        for (envelope, _) in again {
            *duplicates.entry(blob_path(&run.world.tenant, envelope)).or_default() += 1;
        }
    }
    json!({ "records_by_copies": by_copies, "duplicates": duplicates })
}

/// Values that are present: the newest success of a user of an application (for "single user" panels), and of a cloud
/// sync user.
fn present(texts: &Texts, run: &Run) -> Value {
    let newest = |kind: &str| {
        run.events
            .iter()
            .filter(|event| event.status == Status::Success && !texts.status(event).is_empty())
            .filter(|event| event.edge == 0 && texts.object(event).kind.source_type() == kind)
            .filter(|event| !texts.target_upn(event).is_empty())
            .max_by_key(|event| event.time)
    };
    let value = |event: Option<&Event>| {
        event.map(|event| {
            json!({
                "UPN": texts.upn(event),
                "UserID": texts.object(event).source_id,
                "name": texts.source_object_name(event),
            })
        })
    };
    json!({ "application_user": value(newest("User")), "user": value(newest("user")) })
}

#[cfg(test)]
mod tests {
    use super::super::{Profile, generate};
    use super::*;

    fn sum(list: &Value, key: &str) -> u64 {
        list.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum()
    }

    #[test]
    fn sums_agree() {
        let run = generate(&Options::new(Profile::Small));
        let manifest = manifest(&run);
        assert_eq!(sum(&manifest["rows"], "count"), run.events.len() as u64);
        for (window, _) in WINDOWS {
            for (setting, _) in settings() {
                let panels = &manifest["windows"][window][setting];
                let total = sum(&panels["action_table"], "total");
                assert!(total > 0, "{window} {setting}");
                assert_eq!(
                    sum(&panels["actions_per_day"], "count"),
                    sum(&panels["statuses_per_day"], "count")
                );
                let trends: u64 = panels["action_table"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .flat_map(|row| row["trend"].as_array().unwrap())
                    .map(|count| count.as_u64().unwrap())
                    .sum();
                assert_eq!(trends, total, "a closed trend holds every row: {window} {setting}");
                let grid = &panels["details_grid"];
                let steps: u64 =
                    grid["by_step"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
                assert_eq!(Some(steps), grid["rows"].as_u64());
            }
            let all = &manifest["windows"][window]["all"];
            // The user whose type is spelled `User` counts per day, but not among the actions.
            assert_eq!(sum(&all["actions_per_day"], "count"), sum(&all["action_table"], "total") + 1);
        }
    }

    #[test]
    fn every_panel_has_something_to_show() {
        let run = generate(&Options::new(Profile::Small));
        let manifest = manifest(&run);
        let month = &manifest["windows"]["30d"];
        let actions: Vec<&str> = month["all"]["action_table"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["action"].as_str().unwrap())
            .collect();
        for action in ["Create", "Update", "Delete", "Disable", "StagedDelete", "Other", "Unknown"] {
            assert!(actions.contains(&action), "{action}");
        }
        assert_eq!(month["pick_lists"]["SyncType"], json!(["Object", "Password"]));
        assert!(manifest["present"]["application_user"]["UPN"].is_string());
        // The pair that the older workbook's shipped defaults name.
        let texts = run.texts();
        let pair = |source: &str, target: &str| {
            run.events
                .iter()
                .filter(|e| texts.source_name(e) == source && texts.target_name(e) == target)
                .count()
        };
        assert!(pair("SuccessFactors", "Azure Active Directory") > 100);
        assert!(pair("SuccessFactors", "Active Directory") > 100);
        assert!(pair("Azure Active Directory", "Meadow Ledger") > 100);
    }
}
