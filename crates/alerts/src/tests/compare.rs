//! Versions of a rule side by side.

use super::made_up::{MINUTE, Row, Rows};
use super::rule;
use crate::Rule;
use crate::compare::{Matched, differences, matched};
use crate::evaluate::replay;
use crate::read;
use crate::rule::Form;
use proptest::prelude::*;

/// A rule that fires above `threshold` rows of a job in half an hour.
fn above(threshold: u32, more: &str) -> Rule {
    let text = format!(
        "// every: 5m\n// window: 30m\n// dimensions: Job\n// fires: count() > {threshold}\n{more}T\n| take 9999\n"
    );
    rule(read(&text, "above.kql"))
}

fn said(old: &Rule, new: &Rule) -> Vec<(String, Option<String>, Option<String>)> {
    differences(old, new).into_iter().map(|one| (one.field, one.old, one.new)).collect()
}

fn change(field: &str, old: Option<&str>, new: Option<&str>) -> (String, Option<String>, Option<String>) {
    (field.to_owned(), old.map(str::to_owned), new.map(str::to_owned))
}

#[test]
fn what_is_said_differently() {
    let (old, new) = (above(10, "// resolves: after 3 clear\n"), above(20, "// description: Many\n"));
    assert_eq!(said(&old, &old), []);
    assert_eq!(
        said(&old, &new),
        [
            change("resolves", Some("after 3 clear"), Some("as azure")),
            change("fires", Some("count() > 10"), Some("count() > 20")),
            change("description", None, Some("Many")),
        ]
    );
}

#[test]
fn queries_differ_by_lines() {
    let with = |query: &str| rule(read(&format!("// window: 30m\n// fires: count() > 1\n{query}"), "a.kql"));
    let query = |old: &str, new: &str| said(&with(old), &with(new));
    assert_eq!(query("T\n| a\n| b\n| c", "T\n| a\n| d\n| c"), [change("query", Some("| b"), Some("| d"))]);
    assert_eq!(query("T\n| a\n| a\n| c", "T\n| a\n| c"), [change("query", Some("| a"), None)]);
    assert_eq!(query("T", "T\n| a"), [change("query", None, Some("| a"))]);
    assert_eq!(query("T\n| a", "U\n| a"), [change("query", Some("T"), Some("U"))]);
}

#[test]
fn criteria_and_queries_that_end_alerts_are_compared() {
    let with = |second: u32, ends: &str| {
        let text = format!(
            "// window: 30m\n// fires: count() > 1\nT\n// criterion:\n// fires: count() > {second}\nU\n// resolved by:\n{ends}\n"
        );
        rule(read(&text, "a.kql"))
    };
    assert_eq!(
        said(&with(2, "V"), &with(3, "W")),
        [
            change("criterion 2 fires", Some("count() > 2"), Some("count() > 3")),
            change("resolved by query", Some("V"), Some("W")),
        ]
    );
}

#[test]
fn forms_are_compared_by_what_they_mean() {
    let old = rule(read(&super::azure::resource(&[]), "a.json"));
    let own = crate::convert(&old, Form::Own).expect("our form says all").text;
    let new = rule(read(&own.replace("severity: 1", "severity: 2"), "a.kql"));
    assert_eq!(said(&old, &new), [change("severity", Some("1"), Some("2"))]);
}

/// Rows of jobs at these minutes, `count` each.
fn rows(given: &[(i64, &'static str, usize)]) -> Rows {
    let each = given.iter().flat_map(|(at, job, count)| (0..*count).map(|_| Row(*at, job, Some(1))));
    Rows(each.collect())
}

fn compared(old: &Rule, new: &Rule, mut rows: Rows) -> Vec<Matched> {
    let mut over = |rule: &Rule| replay(rule, 0, 600 * MINUTE, &mut rows).expect("a replay");
    let (was, is) = (over(old), over(new));
    matched((old, &was), (new, &is))
}

/// When each version fires, in minutes.
fn minutes(alerts: &[Matched]) -> Vec<(Option<i64>, Option<i64>)> {
    let at = |alert: &Option<crate::compare::Alert>| alert.as_ref().map(|alert| alert.fired / MINUTE);
    alerts.iter().map(|alert| (at(&alert.old), at(&alert.new))).collect()
}

#[test]
fn alerts_of_both_go_together_by_series_and_time() {
    // x: twelve rows within a quarter of an hour, then nothing; later five. y: thirty at once.
    let given = rows(&[(61, "x", 6), (72, "x", 6), (301, "x", 5), (303, "y", 30)]);
    let found = compared(&above(4, ""), &above(10, ""), given);
    // The lower threshold is passed at 65, the higher at 75; five rows pass the lower alone.
    assert_eq!(minutes(&found), [(Some(65), Some(75)), (Some(305), None), (Some(305), Some(305))]);
    let moved: Vec<_> = found.iter().map(|alert| alert.moved().map(|ticks| ticks / MINUTE)).collect();
    assert_eq!(moved, [Some(10), None, Some(0)]);
    let lasted = found[0].new.as_ref().and_then(|alert| alert.resolved).map(|at| at / MINUTE);
    // The rows of 61 leave the window at 95; three clear evaluations from 95 on end it.
    assert_eq!(lasted, Some(105));
}

#[test]
fn alerts_that_do_not_last_go_together_within_one_evaluation() {
    let never = "// resolves: never\n";
    let old = above(4, never);
    let new = Rule {
        schedule: crate::rule::Schedule { every: crate::Timespan::minutes(15), ..old.schedule.clone() },
        ..old.clone()
    };
    let found = compared(&old, &new, rows(&[(61, "x", 5)]));
    assert_eq!(
        minutes(&found),
        [
            (Some(65), None),
            (Some(70), None),
            (Some(75), Some(75)),
            (Some(80), None),
            (Some(85), None),
            (Some(90), Some(90)),
        ]
    );
}

proptest! {
    /// Every alert of either version stands in one row, and the other way round the rows are the same.
    #[test]
    fn every_alert_stands_once(
        given in proptest::collection::vec((1..600i64, prop::sample::select(vec!["x", "y"]), 1..15usize), 0..30),
        (low, high) in (0..20u32, 0..20u32),
        never in any::<bool>(),
    ) {
        let life = if never { "// resolves: never\n" } else { "" };
        let (old, new) = (above(low, life), above(high, ""));
        let found = compared(&old, &new, rows(&given));
        let alone = |rule: &Rule| {
            let replay = replay(rule, 0, 600 * MINUTE, &mut rows(&given)).expect("a replay");
            replay.changes.iter().filter(|one| one.kind == crate::state::Kind::Fired).count()
        };
        prop_assert_eq!(found.iter().filter(|alert| alert.old.is_some()).count(), alone(&old));
        prop_assert_eq!(found.iter().filter(|alert| alert.new.is_some()).count(), alone(&new));
        let mut turned: Vec<_> = minutes(&compared(&new, &old, rows(&given))).into_iter().map(|(a, b)| (b, a)).collect();
        let mut straight = minutes(&found);
        turned.sort();
        straight.sort();
        prop_assert_eq!(straight, turned);
        prop_assert!(found.is_sorted_by_key(Matched::at));
        let same = compared(&old, &old, rows(&given));
        prop_assert!(same.iter().all(|alert| alert.moved() == Some(0)));
    }
}
