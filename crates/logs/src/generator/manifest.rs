//! The manifest: true answers about a run, counted over its events by plain loops, never by a query engine.

use super::calendar::{DAY, HOUR, date, iso};
use super::event::{Event, Status};
use super::firings::firings;
use super::options::{AttrBag, Options, Profile, Scenario};
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
///
/// The rows of the bench profile tell no story and may be more than can be held: of them there are only `parameters`,
/// `totals`, `rows` and `delivery`.
pub fn manifest(run: &Run) -> Value {
    let texts = run.texts();
    let Counted { totals, rows, delivery } = counted(&texts, run);
    let parameters = parameters(&run.options);
    if run.options.profile == Profile::Bench {
        return json!({ "parameters": parameters, "totals": totals, "rows": rows, "delivery": delivery });
    }
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
        "parameters": parameters,
        "totals": totals,
        "rows": rows,
        "distinct_sources": distinct_sources(&texts, run),
        "windows": windows,
        "delivery": delivery,
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

/// What is counted over the events one by one.
struct Counted {
    totals: Value,
    /// Rows per job, day, action and status, as the columns spell them.
    rows: Value,
    /// Duplicates per hour blob (lines whose record was delivered before), records by copies.
    delivery: Value,
}

fn counted(texts: &Texts, run: &Run) -> Counted {
    let mut counts: BTreeMap<(&str, i64, &str, &str), u64> = BTreeMap::new();
    let mut by_copies: BTreeMap<String, u64> = BTreeMap::new();
    let mut duplicates: BTreeMap<i64, u64> = BTreeMap::new();
    let (mut rows, mut copies) = (0, 0);
    let mut span: Option<(i64, i64)> = None;
    for event in run.each() {
        let day = event.time.div_euclid(DAY) * DAY;
        let key = (texts.job_id(&event), day, texts.action(&event), texts.status(&event));
        *counts.entry(key).or_default() += 1;
        let again = redeliveries(&event);
        *by_copies.entry((1 + again.len()).to_string()).or_default() += 1;
        rows += 1;
        copies += again.len();
        again.iter().for_each(|(envelope, _)| *duplicates.entry(envelope.div_euclid(HOUR)).or_default() += 1);
        span =
            Some(span.map_or((event.time, event.time), |(first, last)| {
                (first.min(event.time), last.max(event.time))
            }));
    }
    let duplicates: BTreeMap<String, u64> = duplicates
        .into_iter()
        .map(|(hour, count)| (blob_path(&run.world.tenant, hour * HOUR), count))
        .collect();
    Counted {
        totals: json!({
            "rows": rows,
            "audit_rows": run.audit.len(),
            "records_delivered": rows + copies,
            "duplicates": copies,
            "first": span.map(|span| iso(span.0)),
            "last": span.map(|span| iso(span.1)),
        }),
        rows: counts
            .into_iter()
            .map(|((job, day, action, status), count)| {
                json!({ "job": job, "day": date(day), "action": action, "status": status, "count": count })
            })
            .collect(),
        delivery: json!({ "records_by_copies": by_copies, "duplicates": duplicates }),
    }
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
    use super::super::generate;
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
