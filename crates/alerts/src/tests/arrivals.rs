//! Rows that came late: which are not there at an instant, queries with arrivals beside their rows, and how replays differ.

use super::made_up::{MINUTE, answer};
use crate::ask::{Ask, Question, Refused};
use crate::evaluate::by_row::{of_rows, with_arrivals};
use crate::evaluate::{Evaluation, Found, Labels, Replay};
use crate::rule::Rule;
use crate::shift::{Shift, shifts};
use crate::{Arrivals, read};
use calypso_library::{Answer, Type, Value};
use proptest::prelude::*;

#[test]
fn arrivals_stand_beside_rows() {
    let lookup = "\n| lookup kind=leftouter (ProvisioningDelivery | where isnotempty(Id) | project Id, calypso_arrived = ArrivalTime) on Id\n";
    for (query, expected) in [
        ("AADProvisioningLogs", Some(format!("AADProvisioningLogs{lookup}"))),
        (
            "['AADProvisioningLogs'] | where A == 'x' | project TimeGenerated, A // a comment\n| extend B = 1",
            Some(format!(
                "['AADProvisioningLogs']{lookup} | where A == 'x' | project TimeGenerated, A\n, calypso_arrived\n // a comment\n| extend B = 1"
            )),
        ),
        (
            "AADProvisioningLogs | project-keep Time*, Id",
            // A star among columns is not looked into.
            None,
        ),
        (
            "AADProvisioningLogs | project-keep TimeGenerated",
            Some(format!("AADProvisioningLogs{lookup} | project-keep TimeGenerated\n, calypso_arrived\n")),
        ),
        ("AADProvisioningLogs | where * has 'x'", None),
        ("AADProvisioningLogs | extend calypso_arrived = 1", None),
        ("AADProvisioningLogs | project", None),
        ("AADProvisioningLogs | take 1", None),
        ("AADProvisioningLogs | extend Bag = pack_all()", None),
        ("ProvisioningDelivery", None),
        ("AuditLogs | where Id == 'x'", None),
    ] {
        assert_eq!(with_arrivals(query), expected, "{query}");
    }
    let some = of_rows("AADProvisioningLogs | where * has 'x'", "Id in ('a')");
    assert_eq!(some.as_deref(), Some("AADProvisioningLogs\n| where Id in ('a')\n | where * has 'x'"));
    assert_eq!(of_rows("AuditLogs", "true"), None);
}

/// Times and arrivals of rows, in minutes.
struct Given(Vec<(Option<i64>, i64)>);

impl Ask for Given {
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        if question.text.contains("Unknown") {
            let one = |count: i64| vec![Value::Long(count)];
            return Ok(answer(vec![("Rows", Type::Long, one(9)), ("Unknown", Type::Long, one(2))]));
        }
        let time = |minute: Option<i64>| {
            minute.map_or(Value::Null(Type::DateTime), |minute| Value::DateTime(minute * MINUTE))
        };
        let ids = (0..self.0.len()).map(|at| Value::String(at.to_string())).collect();
        Ok(answer(vec![
            ("Id", Type::String, ids),
            ("TimeGenerated", Type::DateTime, self.0.iter().map(|row| time(row.0)).collect()),
            ("ArrivalTime", Type::DateTime, self.0.iter().map(|row| time(Some(row.1))).collect()),
        ]))
    }
}

fn rule(text: &str) -> Rule {
    read(text, "rule.kql").rules.remove(0)
}

proptest! {
    #[test]
    fn what_had_arrived_is_what_plain_loops_say(
        rows in proptest::collection::vec((proptest::option::weighted(0.9, 1i64..60), 1i64..60), 0..40),
    ) {
        let rule = rule("// every: 5m\n// window: 5m\n// fires: count() > 0\nT\n");
        let arrivals = Arrivals::read(&[rule], 0, 60 * MINUTE, &mut Given(rows.clone())).expect("arrivals");
        prop_assert_eq!((arrivals.rows, arrivals.unknown), (9, 2));
        let mut sweep = arrivals.sweep();
        let instants: Vec<i64> = (0..12).map(|step| step * 5).collect();
        let is_late = |row: &(Option<i64>, i64), at: i64| row.0.is_none_or(|time| time <= at) && at < row.1;
        for at in &instants {
            let arrived = sweep.at(at * MINUTE);
            for (id, row) in rows.iter().enumerate() {
                let id = id.to_string();
                prop_assert_eq!(arrived.late.contains(&id), is_late(row, *at));
                let early = row.1 <= *at && row.0.is_some_and(|time| *at < time);
                prop_assert_eq!(arrived.early.contains(&id), early);
                if is_late(row, *at) {
                    prop_assert!(row.0.map_or(0, |time| time * MINUTE) >= arrived.late_from);
                }
            }
            let last = rows.iter().filter(|row| is_late(row, *at)).map(|row| row.1).max().unwrap_or(*at);
            prop_assert_eq!(arrivals.whole_at(at * MINUTE), last * MINUTE);
        }
        for some in [&instants[2..5], &instants[7..8], &instants[..0]] {
            let ticks: Vec<i64> = some.iter().map(|at| at * MINUTE).collect();
            let mut late: Vec<usize> =
                arrivals.late_at(&ticks).iter().map(|id| id.parse().expect("a number")).collect();
            late.sort_unstable();
            let expected: Vec<usize> =
                (0..rows.len()).filter(|id| some.iter().any(|at| is_late(&rows[*id], *at))).collect();
            prop_assert_eq!(late, expected);
        }
    }
}

/// A replay of evaluations every minute: a letter of each that fires, for series `x` and `y`.
fn replayed(rule: &Rule, x: &str, y: &str) -> Replay {
    let found = |job: &str, fires: bool| Found {
        labels: Labels(vec![("Job".to_owned(), job.to_owned())]),
        value: Some(if fires { 9.0 } else { 1.0 }),
        threshold: 5.0,
        fires,
        ends: false,
        details: Vec::new(),
    };
    let evaluations = x.chars().zip(y.chars()).zip(1..).map(|((x, y), minute)| {
        let at = minute * MINUTE;
        let found = vec![found("x", x == '!'), found("y", y == '!')];
        Evaluation { at, window: (at - MINUTE, at), found, notes: Vec::new() }
    });
    Replay::of(rule, evaluations.collect())
}

/// How replays differ: `at[-instead] words [evaluations]`, in minutes; rows that are late arrive within two.
fn told(resolves: &str, whole: (&str, &str), arrived: (&str, &str)) -> String {
    let rule = rule(&format!(
        "// every: 1m\n// window: 1m\n// dimensions: Job\n// fires: count() > 0\n// resolves: {resolves}\nT\n"
    ));
    let (whole, arrived) = (replayed(&rule, whole.0, whole.1), replayed(&rule, arrived.0, arrived.1));
    let told = |one: &Shift| {
        let instead = one.instead.map(|instead| format!("-{}", instead / MINUTE)).unwrap_or_default();
        let evaluations: Vec<String> = one.evaluations.iter().map(|at| (at / MINUTE).to_string()).collect();
        let job = &one.labels.0[0].1;
        format!("{job} {}{instead} {} [{}]", one.at / MINUTE, one.how.words(), evaluations.join(" "))
    };
    let all = shifts(&rule, &whole, &arrived, |at| at + 2 * MINUTE);
    all.iter().map(told).collect::<Vec<_>>().join("; ")
}

#[test]
fn replays_are_compared() {
    let quiet = "..........";
    for (resolves, whole, arrived, expected) in [
        ("after 1 clear", "..!!!.....", "..!!!.....", ""),
        ("after 1 clear", "..!!!.....", "..........", "x 3 missed [3 4 5]"),
        ("after 1 clear", "..........", "...!......", "x 4 fired falsely [4]"),
        ("after 1 clear", "..!!!.....", "....!.....", "x 3-5 fired later [3 4]"),
        ("after 1 clear", "....!.....", "..!!!.....", "x 5-3 fired earlier [3 4]"),
        ("after 1 clear", "..!!!!....", "..!!......", "x 7-5 resolved earlier [5 6]"),
        ("after 1 clear", "..!!......", "..!!!!....", "x 5-7 resolved later [5 6]"),
        ("after 1 clear", "..!!......", "..!!!!!!!!", "x 5 not resolved [5]"),
        ("after 1 clear", "..!!!!!!!!", "..!!......", "x 5 resolved falsely [5]"),
        ("after 1 clear", "..!.......", "....!.....", "x 3-5 fired later [3]; x 4-6 resolved later [5]"),
        // What comes after all late rows have is another.
        ("after 1 clear", "..!.......", "......!...", "x 3 missed [3]; x 7 fired falsely [7]"),
        ("after 1 clear", "..!!!!!...", "..!!.!!...", "x 6 fired again [5]; x 8-5 resolved earlier [5]"),
        ("after 1 clear", "..!!.!!...", "..!!!!!...", "x 5-8 resolved later [5]; x 6 stood already [5]"),
        // A rule without resolutions.
        ("at once", "..!!......", "...!......", "x 3 missed [3]"),
        ("at once", "..!.......", "...!......", "x 3-4 fired later [3]"),
        // It is quiet for a while after it fired, so that a later firing is later for an earlier reason.
        ("never\n// mute: 3m", "..!!!!!!..", "...!!!!!..", "x 3-4 fired later [3]; x 6-7 fired later [3]"),
    ] {
        assert_eq!(
            told(resolves, (whole, quiet), (arrived, quiet)),
            expected,
            "{resolves} {whole} {arrived}"
        );
    }
    let both = told("after 1 clear", ("..!.......", ".....!...."), ("..........", "......!..."));
    assert_eq!(both, "x 3 missed [3]; y 6-7 fired later [6]; y 7-8 resolved later [7]");
}
