//! Our own form.

use super::{findings, rule};
use crate::rule::*;
use crate::{Timespan, read};
use proptest::prelude::*;

pub(super) const FULL: &str = "\
// title: Many objects fail
// description: Counts objects,
// description: not rows.
// panel: cloud-sync/recent errors
// severity: error
// every: 15m
// window: 1h
// range: 7d
// delay: 10m
// dimensions: JobId, Action not in (\"Other\", 'x,y')
// fires: sum(Objects) > 10.5 in 2 of 3 windows
// absent within: 30d
// warm-up: 1d
// resolves: after 3 clear
// property team: identity
// param limit: how many
// keep properties.scopes: [\"/w\"]
let limit = 10;
T | summarize Objects = count() by JobId
// criterion:
// fires: count() < 1
U
";

#[test]
fn everything_that_can_be_said() {
    let rule = rule(read(FULL, "queries/alerts/many.kql"));
    assert_eq!((rule.name.as_str(), rule.severity, rule.enabled), ("many", Severity::Error, true));
    assert_eq!(rule.description.as_deref(), Some("Counts objects,\nnot rows."));
    assert_eq!(rule.panel.as_deref(), Some("cloud-sync/recent errors"));
    assert_eq!(rule.schedule, Schedule { every: Timespan::minutes(15), delay: Timespan::minutes(10) });
    assert_eq!(rule.life, Life::Stateful { resolve: Resolve::Clear(3) });
    assert_eq!(rule.properties, [("team".to_owned(), "identity".to_owned())]);
    assert_eq!(rule.kept, [("properties.scopes".to_owned(), serde_json::json!(["/w"]))]);
    assert_eq!(rule.range(), Timespan::days(7));
    let Condition::Measured(measured) = &rule.condition else { panic!("measured") };
    assert_eq!(
        (measured.window, measured.warm_up, measured.windows()),
        (Timespan::hours(1), Timespan::days(1), 3)
    );
    let [first, second] = &measured.criteria[..] else { panic!("two criteria") };
    assert_eq!(first.measure, Measure::Column { aggregate: Aggregate::Total, column: "Objects".into() });
    assert_eq!((first.operator, first.threshold), (Comparison::Greater, 10.5));
    assert_eq!(first.failing, FailingPeriods { least: 2, of: 3 });
    assert_eq!(first.absent_within, Some(Timespan::days(30)));
    assert_eq!(first.dimensions[0], Dimension { column: "JobId".into(), values: Values::All });
    assert_eq!(first.dimensions[1].values, Values::Exclude(vec!["Other".into(), "x,y".into()]));
    assert_eq!(first.query.text, "let limit = 10;\nT | summarize Objects = count() by JobId");
    assert_eq!((first.query.place.line, second.query.place.line), (18, 22));
    assert_eq!((second.query.text.as_str(), second.operator), ("U", Comparison::Less));
}

#[test]
fn little_need_be_said() {
    let rule = rule(read("// window: 2d\n// fires: count() > 0\nT", "a.kql"));
    assert_eq!((rule.severity, rule.schedule.every), (Severity::Informational, Timespan::days(1)));
    assert_eq!(rule.life, Life::Stateful { resolve: Resolve::Azure });
    assert_eq!(rule.range(), Timespan::days(2));
}

#[test]
fn alerts_end_by_a_query_or_never() {
    let text = "// window: 1h\n// fires: count() > 0\nT\n// resolved by:\n// Any success.\nT | where Ok\n";
    let Life::Stateful { resolve: Resolve::When(query) } = rule(read(text, "a.kql")).life else {
        panic!("a query")
    };
    assert_eq!(query.text, "// Any success.\nT | where Ok");
    let text = "// window: 1h\n// fires: count() > 0\n// resolves: never\n// mute: 2h\nT";
    assert_eq!(rule(read(text, "a.kql")).life, Life::Stateless { mute: Some(Timespan::hours(2)) });
}

#[test]
fn rules_that_give_the_value_of_each_evaluation() {
    let text = "// kind: series\n// every: 15m\n// window: 1h\n// dimensions: JobId\n// fires: Value >= Threshold\n\
                // resolves: when Clears\ndeclare query_parameters(From: datetime, To: datetime);\nT";
    let found = rule(read(text, "a.kql"));
    let Condition::Series(series) = &found.condition else { panic!("series") };
    assert_eq!((series.operator, series.threshold), (Comparison::GreaterOrEqual, Limit::Column));
    assert_eq!((series.dimensions[0].column.as_str(), series.window), ("JobId", Timespan::hours(1)));
    assert_eq!(found.life, Life::Stateful { resolve: Resolve::WhenColumn("Clears".into()) });
    assert_eq!(found.range(), Timespan::minutes(15));
    for (said, limit) in [("Value > 10", 10.0), ("> 0.5", 0.5)] {
        let text = format!("// kind: series\n// window: 1h\n// fires: {said}\n// resolves: at once\nT");
        let found = rule(read(&text, "a.kql"));
        let Condition::Series(series) = &found.condition else { panic!("series") };
        assert_eq!((series.operator, series.threshold), (Comparison::Greater, Limit::Number(limit)));
        assert_eq!(found.life, Life::Stateful { resolve: Resolve::AtOnce });
    }
    assert_eq!(
        findings("// kind: series\n// warm-up: 1d\n// fires: count() > 1\n// resolves: when\nT", "a.kql"),
        [
            "2:13 error: warm-up: `warm-up` does not go with this kind of rule, or stands in the wrong place",
            "3:11 error: fires: `count() > 1`: wanted one of >, >=, <, <=, ==, !=",
            "4:14 error: resolves: `when`: wanted `as azure`, `after 3 clear`, `next day`, `at once`, `when COLUMN` or \
             `never`",
            "5:1 error: window: `// window:` is missing",
        ]
    );
}

#[test]
fn rules_that_count_rows() {
    let text = "// title: A\n// kind: scheduled\n// severity: 2\n// every: 1h\n// period: 1d\n// fires: count() >= 3\n\
                // alerts: per row\n// suppress: 5h\n// entity Account: FullName = Upn, Name = ['my name']\n// detail Job: JobId\n\
                // alert title: Deletes {{n}}\n// alert severity column: Sev\n// tactics: Impact, Execution\nT";
    let rule = rule(read(&text.replace("['my name']", "[\"my name\"]"), "a.kql"));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!((counted.operator, counted.threshold), (Comparison::GreaterOrEqual, 3));
    assert_eq!((counted.grouping, counted.suppression), (Grouping::PerResult, Some(Timespan::hours(5))));
    assert_eq!(counted.entities[0].fields[1], ("Name".to_owned(), "my name".to_owned()));
    assert_eq!(counted.details, [("Job".to_owned(), "JobId".to_owned())]);
    assert_eq!(counted.overrides.title.as_deref(), Some("Deletes {{n}}"));
    assert_eq!(counted.tactics, ["Impact", "Execution"]);
    assert_eq!((rule.schedule.delay, rule.range()), (Timespan::minutes(5), Timespan::days(1)));
    let realtime = super::rule(read("// kind: realtime\nT", "a.kql"));
    assert_eq!(
        (realtime.schedule.every, realtime.schedule.delay),
        (Timespan::minutes(1), Timespan::minutes(2))
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        findings("// windows: 1h\n// fires: number() > 1\n// severity: 7\nT", "a.kql"),
        [
            "1:1 error: window: `// window:` is missing; say what one value is made of, such as `// window: 1h`",
            "1:13 warning: windows: `windows` is no setting known here; begin a plain remark with a capital letter, \
             or say `// query:` before it",
            "2:11 error: fires: `number() > 1`: `number` is none of count, avg, min, max, sum",
            "3:14 error: severity: `7`: wanted one of 0, 1, 2, 3, 4, critical, error, warning, informational, verbose",
        ]
    );
    assert_eq!(
        findings(
            "// window: 1h\n// dimensions: A, A\n// fires: count() > 1 in 3 of 2 windows\n// mute: 1h\n// period: 1d\n",
            "a.kql"
        ),
        [
            "2:16 error: dimensions: `A, A`: `A` stands twice",
            "3:11 error: fires: 3 of 2 windows cannot fail",
            "4:10 error: mute: `mute` goes with `resolves: never`: an alert that lasts is told once anyway",
            "5:12 error: period: `period` does not go with this kind of rule, or stands in the wrong place",
            "6:1 error: there is no query below the comments",
        ]
    );
}

proptest! {
    #[test]
    fn no_text_panics(
        lines in proptest::collection::vec(
            ("(// )?", prop::sample::select(vec!["window", "fires", "dimensions", "criterion", "resolved by", "query", "é", "keep a"]),
             "(: ?)?[a-z0-9()\"'\\[\\],<>=. é]{0,20}"),
            0..8,
        ),
    ) {
        let text: String = lines.iter().map(|(a, b, c)| format!("{a}{b}{c}\n")).collect();
        let _ = read(&text, "a.kql");
    }
}

#[test]
fn names_with_colons_and_quotes_come_back() {
    let text =
        "// window: 1h\n// fires: count() > 0\n// property \"https://a\": b\n// property two  words: c\nT\n";
    let rule = rule(read(text, "a.kql"));
    let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(rule.properties, [named("https://a", "b"), named("two words", "c")]);
    for name in ["a: b", "say \"so\"", " edge", "", "line\nbreak", "a  b", "plain"] {
        let one = Rule { properties: vec![named(name, "x: y")], ..rule.clone() };
        let written = crate::convert(&one, Form::Own).expect("our form says all").text;
        assert_eq!(super::rule(read(&written, "a.kql")).properties, one.properties, "{written}");
    }
}

#[test]
fn lists_of_tactics_hold_any_text() {
    let head = "// kind: scheduled\n// period: 1h\n// every: 1h\n// fires: count() > 0\n";
    let rule = rule(read(&format!("{head}// tactics: Impact, \"a, b\" , Lateral Movement\nT\n"), "a.kql"));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!(counted.tactics, ["Impact", "a, b", "Lateral Movement"]);
    let written = crate::convert(&rule, Form::Own).expect("our form says all").text;
    assert_eq!(super::rule(read(&written, "a.kql")), rule);
    assert_eq!(
        super::findings(&format!("{head}// tactics: \"a\" b\nT\n"), "a.kql"),
        ["5:13 error: tactics: `\"a\" b`: wanted `,` or nothing more"]
    );
}

#[test]
fn a_section_without_lines_is_told_where_it_begins() {
    let said = findings("// window: 1h\n// fires: count() > 0\nT\n// criterion:", "a.kql");
    assert!(!said.is_empty() && said.iter().all(|one| one.starts_with("4:1 error: ")), "{said:?}");
}
