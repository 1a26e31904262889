//! Rules over rows made up: values, windows, series, and what becomes of alerts.

use super::made_up::{MINUTE, Row, Rows, answer};
use crate::ask::{Ask, Question, Refused};
use crate::evaluate::{Labels, evaluate, replay};
use crate::rule::{Condition, Rule};
use crate::state::{Kind, Standing, alert_id};
use calypso_library::{Answer, Type, Value};
use proptest::prelude::*;

fn rule(text: &str) -> Rule {
    let mut read = crate::read(text, "rule.kql");
    assert_eq!(read.findings, [], "{text}");
    read.rules.remove(0)
}

/// What an evaluation at a minute says: the series with their values, `!` behind those that fire.
fn told(text: &str, rows: &[Row], minute: i64) -> String {
    let evaluation = evaluate(&rule(text), minute * MINUTE, &mut Rows(rows.to_vec())).expect("an evaluation");
    let found = evaluation.found.iter().map(|found| {
        let value = found.value.map_or("nothing".to_owned(), |value| value.to_string());
        format!("{}: {value}{}", found.labels, if found.fires { "!" } else { "" })
    });
    found.collect::<Vec<_>>().join("; ")
}

const ROWS: &[Row] = &[
    Row(1, "x", Some(5)),
    Row(10, "x", Some(7)),
    Row(10, "y", None),
    Row(20, "y", Some(-3)),
    Row(25, "x", Some(2)),
    Row(30, "z", Some(8)),
];

#[test]
fn values_are_of_windows_and_series() {
    for (header, minute, expected) in [
        ("// every: 10m\n// window: 20m\n// fires: count() >= 3\n", 20, "all: 4!"),
        // A window ends with its last instant and begins after its first.
        ("// every: 10m\n// window: 10m\n// fires: count() > 1\n", 10, "all: 3!"),
        ("// every: 10m\n// window: 10m\n// fires: count() > 1\n", 20, "all: 1"),
        ("// every: 10m\n// window: 10m\n// fires: count() < 1\n", 60, "all: 0!"),
        (
            "// every: 10m\n// window: 30m\n// dimensions: Job\n// fires: count() > 1
",
            30,
            "Job = x: 3!; Job = y: 2!; Job = z: 1",
        ),
        // What has no rows is no series, so that its silence is never told.
        ("// every: 10m\n// window: 10m\n// dimensions: Job\n// fires: count() < 1\n", 60, ""),
        (
            "// every: 10m\n// window: 10m\n// dimensions: Job\n// fires: count() < 1\n// absent within: 30m\n",
            60,
            "Job = x: 0!; Job = z: 0!",
        ),
        (
            "// every: 10m\n// window: 30m\n// dimensions: Job in (\"y\")\n// fires: sum(N) < 0\n",
            30,
            "Job = y: -3!",
        ),
        (
            "// every: 10m\n// window: 30m\n// dimensions: Job not in (\"y\")\n// fires: max(N) > 7\n",
            30,
            "Job = x: 7; Job = z: 8!",
        ),
        // Nothing to measure is no value, which never fires.
        ("// every: 10m\n// window: 1m\n// fires: avg(N) < 100\n", 40, "all: nothing"),
        ("// every: 10m\n// window: 30m\n// fires: avg(N) < 4\n", 30, "all: 3.8!"),
        ("// every: 10m\n// window: 10m\n// fires: count() > 0 in 2 of 3 windows\n", 30, "all: 2!"),
        ("// every: 10m\n// window: 10m\n// fires: count() > 1 in 3 of 3 windows\n", 30, "all: 2"),
        (
            "// every: 10m\n// window: 30m\n// dimensions: Job\n// fires: count() > 0\n// warm-up: 15m
",
            30,
            "Job = x: 3!; Job = y: 2!; Job = z: 1",
        ),
    ] {
        assert_eq!(told(&format!("{header}T\n"), ROWS, minute), expected, "{header}");
    }
}

#[test]
fn rows_without_times_are_of_the_newest_window() {
    let text = "// every: 10m\n// window: 10m\n// fires: count() > 1 in 1 of 3 windows\nT | no times\n";
    // The reader does not look into queries; the rows do.
    let rule = rule(text);
    let evaluation = evaluate(&rule, 30 * MINUTE, &mut Rows(ROWS.to_vec())).expect("an evaluation");
    assert_eq!(evaluation.found[0].value, Some(6.0));
    assert_eq!(evaluation.notes.len(), 1);
}

#[test]
fn what_is_refused_says_why() {
    let missing = rule("// every: 10m\n// window: 10m\n// dimensions: Nope\n// fires: count() > 1\nT\n");
    let refused = evaluate(&missing, 0, &mut Rows(ROWS.to_vec())).expect_err("no such column");
    assert_eq!(refused.0, "the query gives no column `Nope`; it gives TimeGenerated, Job, N");
    let refused = rule("// every: 10m\n// window: 10m\n// fires: count() > 1\nrefused\n");
    assert!(evaluate(&refused, 0, &mut Rows(Vec::new())).is_err());
}

#[test]
fn sentinel_counts_rows() {
    let one = "// kind: scheduled\n// every: 5m\n// period: 10m\n// fires: count() > 1\n// delay: 5m\nT\n";
    assert_eq!(told(one, ROWS, 15), "all: 3!");
    let per_row = "// kind: scheduled\n// every: 5m\n// period: 10m\n// fires: count() > 1\n// delay: 5m\n// alerts: per row\n// detail Who: Job\nT\n";
    let evaluation = evaluate(&rule(per_row), 15 * MINUTE, &mut Rows(ROWS.to_vec())).expect("an evaluation");
    let who: Vec<&str> = evaluation.found.iter().map(|found| found.details[0].1.as_str()).collect();
    assert_eq!(who, ["x", "x", "y"]);
}

/// What happened, as `minute+series` and `minute-series`.
fn changes(text: &str, rows: &[Row], until: i64) -> String {
    let rule = rule(text);
    let replay = replay(&rule, 0, until * MINUTE, &mut Rows(rows.to_vec())).expect("a replay");
    let told = replay.changes.iter().map(|change| {
        let sign = if change.kind == Kind::Fired { '+' } else { '-' };
        format!(
            "{}{sign}{}",
            change.at / MINUTE,
            change.found.labels.0.first().map_or("all", |(_, value)| value)
        )
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn alerts_fire_once_and_end() {
    let text = |resolves: &str| {
        format!(
            "// every: 10m\n// window: 10m\n// dimensions: Job\n// fires: count() > 0\n// resolves: {resolves}\nT | refers to nothing\n"
        )
    };
    for (resolves, expected) in [
        ("after 1 clear", "10+x 10+y 20-x 30+x 30+z 30-y 40-x 40-z"),
        ("after 3 clear", "10+x 10+y 30+z 50-y 60-x 60-z"),
        ("as azure", "10+x 10+y 30+z 50-y 60-x 60-z"),
        ("next day", "10+x 10+y 30+z"),
        ("never", "10+x 10+y 20+y 30+x 30+z"),
        ("never\n// mute: 20m", "10+x 10+y 30+x 30+z"),
    ] {
        assert_eq!(changes(&text(resolves), ROWS, 70), expected, "{resolves}");
    }
}

#[test]
fn the_next_day_ends_alerts() {
    let rows = [Row(60, "x", None), Row(30 * 60, "x", None)];
    let text = "// every: 12h\n// window: 12h\n// fires: count() > 0\n// resolves: next day\nT | refers to nothing\n";
    // At midnight the first has not fired for half a day, and that is another day.
    assert_eq!(changes(text, &rows, 5 * 24 * 60), "720+all 1440-all 2160+all 2880-all");
}

#[test]
fn a_rule_is_quiet_after_it_fired() {
    let text = "// kind: scheduled\n// every: 5m\n// period: 5m\n// delay: 0s\n// fires: count() > 0\n// suppress: 15m\nT\n";
    assert_eq!(changes(text, ROWS, 60), "5+all 20+all");
    // Evaluations that were passed over need not be made up for.
    let early = replay(&rule(text), 0, 15 * MINUTE, &mut Rows(ROWS.to_vec())).expect("a replay");
    assert_eq!(early.standing.last(), Some(15 * MINUTE));
}

/// Gives the same rows whatever is asked.
struct Same(Answer);

impl Ask for Same {
    fn ask(&mut self, _: &Question) -> Result<Answer, Refused> {
        Ok(self.0.clone())
    }
}

fn at(minutes: &[i64]) -> Vec<Value> {
    minutes.iter().map(|minute| Value::DateTime(minute * MINUTE)).collect()
}

const SERIES: &str = "// kind: series\n// every: 10m\n// window: 10m\n// dimensions: Job\n// fires: Value > Threshold\n// resolves: when Over\ndeclare query_parameters(From: datetime, To: datetime, Every: timespan = 10m);\nT\n";

#[test]
fn a_query_gives_the_values_of_all_evaluations() {
    let reals = |values: &[f64]| values.iter().map(|value| Value::Real(*value)).collect::<Vec<_>>();
    let given = answer(vec![
        ("At", Type::DateTime, at(&[10, 20, 20, 40])),
        ("Job", Type::String, ["x", "x", "y", "x"].map(|job| Value::String(job.to_owned())).to_vec()),
        ("Value", Type::Real, reals(&[5.0, 1.0, 9.0, 1.0])),
        (
            "Threshold",
            Type::Real,
            vec![Value::Real(4.0), Value::Real(4.0), Value::Null(Type::Real), Value::Real(4.0)],
        ),
        ("Over", Type::Bool, [false, false, false, true].map(Value::Bool).to_vec()),
        ("Objects", Type::Long, [7, 1, 2, 3].map(Value::Long).to_vec()),
    ]);
    let rule = rule(SERIES);
    let replay = replay(&rule, 0, 50 * MINUTE, &mut Same(given)).expect("a replay");
    assert_eq!(replay.evaluations.len(), 5);
    let told: Vec<(Kind, i64, i64)> = replay
        .changes
        .iter()
        .map(|change| (change.kind, change.at / MINUTE, change.since / MINUTE))
        .collect();
    assert_eq!(told, [(Kind::Fired, 10, 10), (Kind::Resolved, 40, 10)]);
    assert_eq!(replay.changes[0].id, replay.changes[1].id);
    assert_eq!(replay.changes[0].found.details, [("Objects".to_owned(), "7".to_owned())]);
}

#[test]
fn rows_at_no_evaluation_are_refused() {
    for (minute, reason) in [(15, "no multiple of `Every`"), (60, "not after `From` and until `To`")] {
        let given = answer(vec![
            ("At", Type::DateTime, at(&[minute])),
            ("Job", Type::String, vec![Value::String("x".to_owned())]),
            ("Value", Type::Real, vec![Value::Real(1.0)]),
            ("Threshold", Type::Real, vec![Value::Real(4.0)]),
            ("Over", Type::Bool, vec![Value::Bool(false)]),
        ]);
        let refused = replay(&rule(SERIES), 0, 50 * MINUTE, &mut Same(given)).expect_err("a stray row");
        assert!(refused.0.contains(reason), "{refused:?}");
    }
}

#[test]
fn the_state_of_alerts_can_be_kept() {
    let rule = rule(
        "// every: 10m\n// window: 10m\n// dimensions: Job\n// fires: count() > 0\n// resolves: after 2 clear\nT | refers to nothing\n",
    );
    let mut ask = Rows(ROWS.to_vec());
    let whole = replay(&rule, 0, 80 * MINUTE, &mut ask).expect("a replay");
    let mut standing = Standing::default();
    let mut changes = Vec::new();
    for minute in (10..=80).step_by(10) {
        let evaluation = evaluate(&rule, minute * MINUTE, &mut ask).expect("an evaluation");
        changes.extend(standing.step(&rule, &evaluation));
        // The same again is nothing new.
        assert_eq!(standing.step(&rule, &evaluation), []);
        standing = Standing::from_json(&standing.to_json()).expect("what was written");
    }
    assert_eq!(
        format!("{changes:?}"),
        format!("{:?}", whole.changes),
        "also the thresholds that are no numbers"
    );
    // The end of an alert repeats what it fired by.
    for (at, change) in changes.iter().enumerate() {
        let fired = changes[..=at].iter().find(|one| one.id == change.id).expect("it fired");
        assert_eq!((fired.kind, &change.firing.found), (Kind::Fired, &fired.found));
        assert_eq!(change.firing.window, fired.window);
    }
    assert!(changes.iter().any(|change| change.kind == Kind::Resolved));
    assert!(Standing::from_json(&serde_json::json!({"last": 1})).is_none());
}

#[test]
fn ids_stay_the_same_and_tell_alerts_apart() {
    let labels = |pairs: &[(&str, &str)]| {
        Labels(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    let one = alert_id("r", &labels(&[("a", "b")]), 7);
    assert_eq!(one, "d2553228-6801-f088-2d12-657bb774d650");
    let others = [
        alert_id("ra", &labels(&[("", "b")]), 7),
        alert_id("r", &labels(&[("ab", "")]), 7),
        alert_id("r", &labels(&[]), 7),
        alert_id("r", &labels(&[("a", "b")]), 8),
    ];
    assert!(others.iter().all(|other| *other != one));
}

proptest! {
    /// Windows counted step by step are those counted one by one.
    #[test]
    fn counts_are_those_of_plain_loops(
        times in proptest::collection::vec((0i64..300, 0usize..3), 0..60),
        every in 1i64..4, window in 1i64..7, least in 1u32..3, of in 1u32..4,
    ) {
        let of = of.max(least);
        let text = format!(
            "// every: {}m\n// window: {}m\n// dimensions: Job\n// fires: count() > 2 in {least} of {of} windows\n// resolves: after 1 clear\nT | refers to nothing\n",
            every * 5, window * 5
        );
        let rows: Vec<Row> = times.iter().map(|(at, job)| Row(*at, ["x", "y", "z"][*job], None)).collect();
        let replay = replay(&rule(&text), 0, 300 * MINUTE, &mut Rows(rows.clone())).expect("a replay");
        for evaluation in &replay.evaluations {
            let minute = evaluation.at / MINUTE;
            for job in ["x", "y", "z"] {
                let count = |back: i64| {
                    let (start, end) = (minute - (back + 1) * window * 5, minute - back * window * 5);
                    rows.iter().filter(|row| row.1 == job && start < row.0 && row.0 <= end).count()
                };
                let failing = (0..i64::from(of)).filter(|back| count(*back) > 2).count();
                let found = evaluation.found.iter().find(|found| found.labels.0[0].1 == job);
                prop_assert_eq!(found.is_some_and(|found| found.fires), failing >= least as usize);
                if let Some(found) = found {
                    prop_assert_eq!(found.value, Some(count(0) as f64));
                }
            }
        }
    }
}

#[test]
fn rules_that_look_at_each_row_are_told_apart() {
    for (query, by_row) in [
        ("T", true),
        ("T | where A in (\"x\", 'y') and B > 3 | extend C = tolower(A) | project TimeGenerated, C", true),
        ("T | where A in~ ('x')", true),
        ("T | where A in (names)", false),
        ("T | where A in (U | project A)", false),
        ("T | where A has_any (names)", false),
        ("T | where TimeGenerated > ago(1h)", false),
        ("T | summarize count() by A", false),
        ("T | take 5", false),
        ("T | where row_number() > 5", false),
        ("T | extend ago = 'now' | where strlen(ago) > 2 and B in (1, 2)", true),
        ("T | where stored_by_someone(A)", false),
        ("T | where A == toscalar(U)", false),
        ("T | join U on A", false),
        ("let x = 5; T | where A > x", false),
        ("union T, U", false),
        ("T | where", false),
        // What leaves rows without their time, or gives them another, is not told apart by windows of time.
        ("T | project A", false),
        ("T | project A, TimeGenerated, B = TimeGenerated", true),
        ("T | project TimeGenerated = B", false),
        ("T | extend B = (TimeGenerated + 1h)", true),
        ("T | extend A = 1, TimeGenerated = TimeGenerated + 1h", false),
        ("T | extend ['TimeGenerated'] = A", false),
        ("T | project-keep TimeGenerated, A", true),
        ("T | project-keep Time*", false),
        ("T | project-away A", true),
        ("T | project-away A*", false),
        ("T | project-away TimeGenerated", false),
        ("T | project-rename B = A", true),
        ("T | project-rename TimeGenerated = A", false),
        ("T | project-rename A = TimeGenerated", false),
        ("T | parse A with 'x' B", true),
        ("T | parse A with 'x' TimeGenerated:datetime", false),
    ] {
        assert_eq!(crate::evaluate::by_row::by_row(query), by_row, "{query}");
    }
    let rule = rule("// every: 10m\n// window: 10m\n// fires: count() > 0\nT\n");
    assert!(matches!(rule.condition, Condition::Measured(_)));
}
