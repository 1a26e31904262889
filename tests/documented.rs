//! The alerts that Microsoft documents for provisioning logs, as Azure's own files (`tests/rules`), over generated logs of
//! several seeds, against counts by plain loops: of rows for each job, of quarter hours, of clear ones in a row.

use crate::alerts::{Asked, logs};
use calypso_alerts::evaluate::replay;
use calypso_alerts::state::Kind;
use calypso_alerts::{Finding, Rule, read};
use calypso_logs::generator::calendar::{HOUR, MINUTE, midnight};
use calypso_logs::generator::{Event, Profile, Run, Texts};
use std::collections::BTreeMap;

/// The runs.
const SEEDS: [u64; 4] = [42, 1, 2, 3];

/// The series' value, when it fired, and when it was over.
type Alert = (Option<String>, i64, Option<i64>);

/// What a rule counts, and when it fires.
struct Counted {
    file: &'static str,
    every: i64,
    window: i64,
    /// Evaluations in a row at which it does not fire, after which it is over: Azure's for that frequency.
    clear: u32,
    by_job: bool,
    is_counted: fn(&Texts<'_>, &Event) -> bool,
    fires: fn(usize) -> bool,
    /// Alerts that there are at least.
    least: usize,
}

const SPIKES: [Counted; 2] = [
    Counted {
        file: "failure-spike.json",
        every: 15 * MINUTE,
        window: HOUR,
        clear: 3,
        by_job: true,
        is_counted: |texts, event| texts.status(event) == "Failure",
        fires: |rows| rows > 10,
        least: 3,
    },
    Counted {
        file: "disables-and-deletes.json",
        every: 15 * MINUTE,
        window: HOUR,
        clear: 3,
        by_job: true,
        is_counted: |texts, event| matches!(texts.action(event), "Disable" | "Delete"),
        fires: |rows| rows > 50,
        least: 1,
    },
];

/// All jobs together: only a small tenant is ever silent for two hours.
const ABSENCE: Counted = Counted {
    file: "absence.json",
    every: 30 * MINUTE,
    window: 2 * HOUR,
    clear: 2,
    by_job: false,
    is_counted: |_, _| true,
    fires: |rows| rows == 0,
    least: 1,
};

fn rule(file: &str) -> Rule {
    let path = crate::root().join("tests/rules").join(file);
    let text = std::fs::read_to_string(&path).expect("a rule can be read");
    let reading = read(&text, file);
    assert!(!reading.findings.iter().any(Finding::is_error), "{:?}", reading.findings);
    let [rule] = reading.rules.as_slice() else { panic!("{file} holds one rule") };
    rule.clone()
}

/// The alerts of a stretch of time by plain loops.
fn counted(run: &Run, wanted: &Counted, after: i64, until: i64) -> Vec<Alert> {
    let texts = run.texts();
    let mut series: BTreeMap<Option<String>, Vec<i64>> = BTreeMap::new();
    if !wanted.by_job {
        series.insert(None, Vec::new());
    }
    for event in run.events.iter().filter(|event| (wanted.is_counted)(&texts, event)) {
        let job = wanted.by_job.then(|| texts.job_id(event).to_owned());
        series.entry(job).or_default().push(event.time);
    }
    let mut alerts = Vec::new();
    for (series, mut times) in series {
        times.sort_unstable();
        let (mut fired, mut clear): (Option<i64>, u32) = (None, 0);
        let rows = |end: i64| times.partition_point(|time| *time <= end);
        let mut at = after;
        while at + wanted.every <= until {
            at += wanted.every;
            if (wanted.fires)(rows(at) - rows(at - wanted.window)) {
                fired = fired.or(Some(at));
                clear = 0;
            } else if let Some(since) = fired {
                clear += 1;
                if clear == wanted.clear {
                    alerts.push((series.clone(), since, Some(at)));
                    fired = None;
                    clear = 0;
                }
            }
        }
        alerts.extend(fired.map(|since| (series.clone(), since, None)));
    }
    alerts
}

/// The alerts by a replay of the rule.
fn found(rule: &Rule, after: i64, until: i64, asked: &mut Asked) -> Vec<Alert> {
    let replay = replay(rule, after, until, asked).expect("a rule can be replayed");
    let ends = |id: &str| {
        replay.changes.iter().find(|one| one.kind == Kind::Resolved && one.id == id).map(|one| one.at)
    };
    let fired = replay.changes.iter().filter(|change| change.kind == Kind::Fired);
    let mut alerts: Vec<Alert> = fired
        .map(|change| {
            let series = change.found.labels.0.first().map(|(_, value)| value.clone());
            (series, change.at, ends(&change.id))
        })
        .collect();
    alerts.sort();
    alerts
}

fn assert_same(seed: u64, run: &Run, asked: &mut Asked, wanted: &Counted, after: i64, until: i64) {
    let expected = counted(run, wanted, after, until);
    assert!(expected.len() >= wanted.least, "{} of seed {seed} says something: {expected:?}", wanted.file);
    let found = found(&rule(wanted.file), after, until, asked);
    assert_eq!(found, expected, "{} of seed {seed}", wanted.file);
}

#[test]
fn documented_spikes_fire_as_plain_loops_count() {
    for seed in SEEDS {
        let (run, mut asked) = logs(seed, Profile::Medium);
        for wanted in &SPIKES {
            assert_same(seed, &run, &mut asked, wanted, run.options.start(), run.options.now);
        }
    }
}

#[test]
fn documented_silence_fires_as_plain_loops_count() {
    for seed in SEEDS {
        let (run, mut asked) = logs(seed, Profile::Small);
        let (after, until) = (midnight(2026, 10, 3), midnight(2026, 10, 5) + 6 * HOUR);
        assert_same(seed, &run, &mut asked, &ABSENCE, after, until);
    }
}
