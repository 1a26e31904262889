//! What the fourteen alert rules fire over a run, found by plain loops. Rules are evaluated every quarter of an hour
//! over the rows whose time lies in the window `(t - window, t]`, for each job (rows without a job id are left out),
//! and not before the job's warm-up has passed. Days are UTC days.

use super::calendar::{DAY, HOUR, MINUTE, iso};
use super::event::{Event, NO_STEPS, NULL_STEPS};
use super::silence::{password_silence, silence};
use super::text::Texts;
use super::{Run, redeliveries};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Ticks between two evaluations.
const PERIOD: i64 = 15 * MINUTE;
/// Evaluations in a week.
const WEEK: usize = (7 * DAY / PERIOD) as usize;

/// The names of the rules; the number of a rule is its place plus one.
const RULES: [&str; 14] = [
    "failure spike",
    "failure ratio",
    "delete or disable spike",
    "staged deletes",
    "absence",
    "password job silent",
    "new error code",
    "object failing long",
    "agent trouble",
    "credentials",
    "quarantine pattern",
    "mass attribute change",
    "skip surge",
    "duplicate delivery",
];

/// When an alert that fired is over.
pub(super) enum Over {
    /// After so many evaluations in a row at which it would not fire.
    Clear(u32),
    /// At the midnight after it last would have fired.
    NextDay,
    /// At the first evaluation at which it would not fire and this is true.
    When(Vec<bool>),
}

/// One job's rows in the order of time, and the evaluations over them.
pub(super) struct Watch<'a> {
    pub(super) texts: &'a Texts<'a>,
    pub(super) job: &'a str,
    pub(super) rows: Vec<&'a Event>,
    pub(super) times: &'a [i64],
}

/// All firings, ordered by rule, time and job.
pub(super) fn firings(run: &Run) -> Value {
    let texts = run.texts();
    let steps = (run.options.now - run.options.start()) / PERIOD;
    let times: Vec<i64> = (1..=steps).map(|step| run.options.start() + step * PERIOD).collect();
    let mut found = Vec::new();
    let mut rows: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in run.events.iter().filter(|event| !texts.job_id(event).is_empty()) {
        rows.entry(texts.job_id(event)).or_default().push(event);
    }
    for list in rows.values_mut() {
        list.sort_by_key(|event| event.time);
    }
    for (job, list) in &rows {
        let watch = Watch { texts: &texts, job, rows: list.clone(), times: &times };
        spikes(&watch, &mut found);
        codes(&watch, &mut found);
        failing_long(&watch, &mut found);
        quarantine(&watch, &mut found);
        let silent = silence(&watch);
        push_alerts(&watch, 5, &silent, Over::Clear(1), &mut found);
    }
    password_silence(&texts, run, &rows, &times, &mut found);
    duplicates(run, &mut found);
    found.sort_by_key(|firing| {
        (
            firing["rule"].as_u64(),
            firing["fired"].to_string(),
            firing["job"].to_string(),
            firing["code"].to_string(),
        )
    });
    Value::Array(found)
}

impl<'a> Watch<'a> {
    /// The rows of the window that ends at each evaluation, judged.
    pub(super) fn judge<T>(&self, window: i64, mut judge: impl FnMut(i64, &[&'a Event]) -> T) -> Vec<T> {
        let (mut low, mut high) = (0, 0);
        self.times
            .iter()
            .map(|time| {
                while self.rows.get(high).is_some_and(|event| event.time <= *time) {
                    high += 1;
                }
                while low < high && self.rows[low].time <= time - window {
                    low += 1;
                }
                judge(*time, &self.rows[low..high])
            })
            .collect()
    }

    /// The same, silent before the warm-up since the job's first row has passed.
    fn signals(
        &self,
        window: i64,
        warm_up: i64,
        mut judge: impl FnMut(&[&'a Event]) -> Option<u64>,
    ) -> Vec<Option<u64>> {
        let from = self.rows[0].time + warm_up;
        self.judge(window, |time, rows| judge(rows).filter(|_| time >= from))
    }

    fn status(&self, event: &Event, status: &str) -> bool {
        self.texts.status(event) == status
    }
}

/// Distinct objects of some rows.
fn objects<'a>(rows: impl Iterator<Item = &'a &'a Event>) -> u64 {
    rows.map(|event| event.object).collect::<BTreeSet<u32>>().len() as u64
}

/// Whether the steps hold a retry.
fn is_retry(event: &Event) -> bool {
    event.retries > 0 && !event.has(NO_STEPS | NULL_STEPS)
}

/// Rules 1 to 4, 12 and 13: how many in the last hour.
fn spikes(watch: &Watch, found: &mut Vec<Value>) {
    let fresh = watch.signals(HOUR, DAY, |rows| {
        let count = objects(rows.iter().filter(|event| watch.status(event, "Failure") && !is_retry(event)));
        (count > 10).then_some(count)
    });
    push_alerts(watch, 1, &fresh, Over::Clear(3), found);
    let ratio = watch.signals(HOUR, DAY, |rows| {
        let failures = rows.iter().filter(|event| watch.status(event, "Failure")).count();
        (failures >= 20 && failures * 20 > rows.len()).then_some(failures as u64)
    });
    push_alerts(watch, 2, &ratio, Over::Clear(3), found);
    let removed = watch.judge(HOUR, |_, rows| {
        let gone = |event: &&&Event| matches!(watch.texts.action(event), "Delete" | "Disable");
        rows.iter().filter(gone).filter(|event| watch.status(event, "Success")).count() as u64
    });
    // More than twenty, and more than five times the mean of that hour of the week.
    let removals = against_week(watch, &removed, |count, sum, weeks| count > 20 && count * weeks > 5 * sum);
    push_alerts(watch, 3, &removals, Over::Clear(3), found);
    let staged = watch.signals(HOUR, 0, |rows| {
        let count = rows.iter().filter(|event| watch.texts.action(event) == "StagedDelete").count() as u64;
        (count > 0).then_some(count)
    });
    push_alerts(watch, 4, &staged, Over::NextDay, found);
    let addresses = watch.signals(HOUR, DAY, |rows| {
        let count = objects(rows.iter().filter(|event| {
            let names = watch.texts.modified(event);
            names.contains(&"UserPrincipalName") || names.contains(&"ProxyAddresses")
        }));
        (count > 50).then_some(count)
    });
    push_alerts(watch, 12, &addresses, Over::Clear(3), found);
    let skipped = watch
        .judge(HOUR, |_, rows| rows.iter().filter(|event| watch.status(event, "Skipped")).count() as u64);
    let surge = against_week(watch, &skipped, |count, sum, weeks| count > 100 && count * weeks > 10 * sum);
    push_alerts(watch, 13, &surge, Over::Clear(3), found);
}

/// Judges each count against the same hour of the weeks before, since the job's first row: count, the sum over those
/// weeks, their number. Silent in the first week.
fn against_week(watch: &Watch, counts: &[u64], fires: impl Fn(u64, u64, u64) -> bool) -> Vec<Option<u64>> {
    let first = watch.rows[0].time;
    let judge = |place: usize| {
        let (mut sum, mut weeks) = (0, 0);
        let mut before = place;
        while before >= WEEK && watch.times[before - WEEK] > first {
            before -= WEEK;
            sum += counts[before];
            weeks += 1;
        }
        (watch.times[place] >= first + 7 * DAY && weeks > 0 && fires(counts[place], sum, weeks))
            .then_some(counts[place])
    };
    (0..counts.len()).map(judge).collect()
}

/// Rules 7, 9 and 10: error codes.
fn codes(watch: &Watch, found: &mut Vec<Value>) {
    let agent = watch.signals(HOUR, 0, |rows| {
        let ill = |code: &str| code.starts_with("HybridIdentityService") || code == "TimeOut";
        let count = rows.iter().filter(|event| ill(watch.texts.code(event))).count() as u64;
        (count >= 5).then_some(count)
    });
    push_alerts(watch, 9, &agent, Over::Clear(3), found);
    const CREDENTIALS: [&str; 3] = [
        "AzureActiveDirectoryInvalidCredential",
        "AzureActiveDirectoryExpiredCredentials",
        "AzureActiveDirectoryAuthenticationFailed",
    ];
    let credentials = watch.signals(PERIOD, 0, |rows| {
        let count = rows.iter().filter(|event| CREDENTIALS.contains(&watch.texts.code(event))).count() as u64;
        (count > 0).then_some(count)
    });
    let success = watch.judge(PERIOD, |_, rows| rows.iter().any(|event| watch.status(event, "Success")));
    push_alerts(watch, 10, &credentials, Over::When(success), found);
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    let from = watch.rows[0].time + 3 * DAY;
    watch.judge(PERIOD, |time, rows| {
        let mut new: BTreeMap<&str, u64> = BTreeMap::new();
        for event in rows {
            let code = watch.texts.code(event);
            let seen = last.get(code).is_some_and(|seen| *seen > time - PERIOD - 30 * DAY);
            if !code.is_empty() && !seen && time >= from {
                *new.entry(code).or_default() += 1;
            }
        }
        rows.iter().for_each(|event| {
            last.insert(watch.texts.code(event), event.time);
        });
        for (code, count) in new {
            let mut firing = firing(7, watch.job, time, time, Some(time), count);
            firing["code"] = code.into();
            found.push(firing);
        }
    });
}

/// Rule 8: objects that failed more than 24 hours ago (and less than 7 days) and have not succeeded since.
fn failing_long(watch: &Watch, found: &mut Vec<Value>) {
    let mut of_object: BTreeMap<u32, Vec<&Event>> = BTreeMap::new();
    for event in &watch.rows {
        of_object.entry(event.object).or_default().push(event);
    }
    let mut changes = vec![0i64; watch.times.len() + 1];
    let place = |time: i64| watch.times.partition_point(|evaluation| *evaluation < time);
    for rows in of_object.values() {
        let mut covered = i64::MIN;
        for (number, event) in rows.iter().enumerate().filter(|(_, event)| watch.status(event, "Failure")) {
            let mended = rows[number + 1..].iter().find(|later| watch.status(later, "Success"));
            // Listed from the first tick after 24 hours until the success or the end of seven days.
            let from = (event.time + DAY + 1).max(covered);
            let to = mended.map_or(i64::MAX, |later| later.time).min(event.time + 7 * DAY);
            if from < to {
                changes[place(from)] += 1;
                changes[place(to)] -= 1;
                covered = to;
            }
        }
    }
    let mut count = 0;
    let from = watch.rows[0].time + DAY;
    let signals: Vec<Option<u64>> = watch
        .times
        .iter()
        .zip(&changes)
        .map(|(time, change)| {
            count += change;
            (count > 0 && *time >= from).then_some(count as u64)
        })
        .collect();
    push_alerts(watch, 8, &signals, Over::Clear(1), found);
}

/// Rule 11: a day with fewer rows than a twentieth of the median of the seven days before, after a day of which more
/// than two fifths failed. Judged at the midnight that ends the day.
fn quarantine(watch: &Watch, found: &mut Vec<Value>) {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for event in &watch.rows {
        let day = days.entry(event.time.div_euclid(DAY)).or_default();
        day.0 += 1;
        day.1 += u64::from(watch.status(event, "Failure"));
    }
    let day = |day: i64| days.get(&day).copied().unwrap_or_default();
    let from = watch.rows[0].time + 7 * DAY;
    let mut signals = vec![None; watch.times.len()];
    let mut current = None;
    for (place, time) in watch.times.iter().enumerate() {
        if time.rem_euclid(DAY) == 0 {
            let today = time / DAY - 1;
            let mut before: Vec<u64> = (today - 7..today).map(|one| day(one).0).collect();
            before.sort_unstable();
            let (rows, failures) = day(today - 1);
            let thin = day(today).0 * 20 < before[3];
            current = (thin && failures * 5 > rows * 2 && *time >= from).then_some(day(today).0);
        }
        signals[place] = current;
    }
    push_alerts(watch, 11, &signals, Over::Clear(1), found);
}

/// Rule 14: days of which the further copies are more than a tenth of the records.
fn duplicates(run: &Run, found: &mut Vec<Value>) {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for event in &run.events {
        let day = days.entry(event.time.div_euclid(DAY)).or_default();
        day.0 += 1;
        day.1 += redeliveries(event).len() as u64;
    }
    for (day, (records, copies)) in days {
        if copies * 10 > records {
            let midnight = (day + 1) * DAY;
            let mut firing = firing(14, "", midnight, midnight, Some(midnight + DAY), copies);
            firing["records"] = records.into();
            found.push(firing);
        }
    }
}

fn firing(rule: usize, job: &str, fired: i64, last: i64, resolved: Option<i64>, peak: u64) -> Value {
    json!({
        "rule": rule,
        "name": RULES[rule - 1],
        "job": job,
        "fired": iso(fired),
        "last": iso(last),
        "resolved": resolved.map(iso),
        "peak": peak,
    })
}

/// Turns the evaluations at which a rule would fire into alerts: when each fired, when it last would have, when it was
/// over, and the highest value.
pub(super) fn push_alerts(
    watch: &Watch,
    rule: usize,
    signals: &[Option<u64>],
    over: Over,
    found: &mut Vec<Value>,
) {
    let mut open: Option<(i64, i64, u64)> = None;
    let mut clear = 0;
    for (place, (time, signal)) in watch.times.iter().zip(signals).enumerate() {
        if let Some(value) = signal {
            let (fired, _, peak) = open.unwrap_or((*time, *time, 0));
            open = Some((fired, *time, peak.max(*value)));
            clear = 0;
            continue;
        }
        let Some((fired, last, peak)) = open else { continue };
        clear += 1;
        let is_over = match &over {
            Over::Clear(count) => clear >= *count,
            Over::NextDay => time.div_euclid(DAY) > last.div_euclid(DAY),
            Over::When(cleared) => cleared[place],
        };
        if is_over {
            found.push(firing(rule, watch.job, fired, last, Some(*time), peak));
            open = None;
        }
    }
    if let Some((fired, last, peak)) = open {
        found.push(firing(rule, watch.job, fired, last, None, peak));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, Profile, Scenario, generate};
    use super::*;

    /// The rules that fire for cloud sync jobs, with the day of the run of each first firing.
    fn fired(scenario: Scenario) -> BTreeMap<u64, i64> {
        let run = generate(&Options { scenario, ..Options::new(Profile::Small) });
        let mut days = BTreeMap::new();
        for firing in firings(&run).as_array().unwrap() {
            if firing["job"].as_str().unwrap().starts_with("AD2AAD") {
                let day = &firing["fired"].as_str().unwrap()[..10];
                let day =
                    (0..40).find(|n| super::super::calendar::date(run.options.start() + n * DAY) == day);
                days.entry(firing["rule"].as_u64().unwrap()).or_insert(day.unwrap());
            }
        }
        days
    }

    #[test]
    fn the_story_is_noticed() {
        let days = fired(Scenario::Full);
        for (rule, day) in [(3, 13), (4, 13), (9, 20), (10, 18), (11, 28)] {
            assert_eq!(days.get(&rule), Some(&day), "rule {rule}: {days:?}");
        }
        for rule in [1, 2, 5, 6, 7, 8] {
            assert!(days.contains_key(&rule), "rule {rule}: {days:?}");
        }
    }

    #[test]
    fn ordinary_days_raise_no_alarm() {
        let days = fired(Scenario::None);
        for rule in [1, 2, 3, 4, 9, 10, 11, 12, 13, 14] {
            assert!(!days.contains_key(&rule), "rule {rule}: {days:?}");
        }
    }
}
