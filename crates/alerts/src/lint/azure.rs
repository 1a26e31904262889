//! What Azure Monitor refuses in log search alert rules.

use super::Report;
use super::survey::{Ago, Survey};
use crate::rule::{Comparison, Condition, Life, Limit, Measured, Resolve, Rule};
use crate::{Timespan, Weight};

const WORDS: [&str; 3] = ["bag_unpack", "pivot", "narrow"];
/// What rules that are evaluated each minute may not call or use.
const MINUTE_CALLS: [&str; 6] = ["ingestion_time", "workspace", "app", "resource", "adx", "arg"];
const MINUTE_OPERATORS: [&str; 5] = ["search", "union", "take", "limit", "find"];
/// Bytes of a rule.
const MOST_BYTES: usize = 64 << 10;

/// Tells the limits that a rule breaks.
pub fn limits(rule: &Rule, surveys: &[Survey], found: &mut Report) {
    match &rule.condition {
        Condition::Measured(measured) => times(rule, measured, found),
        Condition::Counted(_) => {}
        Condition::Series(series) => {
            let columns = if series.threshold == Limit::Column { " and thresholds" } else { "" };
            let what = format!("the query gives the values{columns} of all evaluations itself");
            refuse(found, "series", what, "Azure asks a query for rows", "make it a rule of windows");
        }
    }
    life(rule, found);
    let bytes: usize = surveys.iter().map(|survey| survey.query.text.len()).sum();
    if bytes > MOST_BYTES {
        let what = format!("the queries are {bytes} bytes long");
        refuse(found, "too-long", what, "Azure takes 64 KB", "keep long lists of values in a watchlist");
    }
    for survey in surveys {
        words(rule, survey, found);
        agos(survey, found);
    }
}

fn refuse(found: &mut Report, code: &'static str, what: String, why: &str, way_out: &str) {
    found.field(Weight::Error, code, what, why, way_out);
}

fn times(rule: &Rule, measured: &Measured, found: &mut Report) {
    let every = rule.schedule.every;
    let minutes = [1, 5, 10, 15, 30, 45].map(Timespan::minutes);
    let hours = every.ticks() % Timespan::hours(1).ticks() == 0 && every <= Timespan::days(1);
    if !minutes.contains(&every) && !hours {
        let way_out = "choose 1, 5, 10, 15, 30 or 45 minutes, or whole hours up to a day";
        refuse(found, "frequency", format!("it is evaluated every {every}"), "Azure does not", way_out);
    }
    let two_days = Timespan::days(2);
    if measured.window > two_days || measured.window < Timespan::minutes(1) {
        let what = format!("the window is {}", measured.window);
        refuse(found, "window", what, "Azure takes a minute to two days", "choose a shorter or longer one");
    }
    let range = measured.range();
    if range > two_days && measured.window <= two_days {
        let what = format!("the query is asked for {range}");
        let way_out = "take fewer or shorter windows, or evaluate it here";
        refuse(found, "range", what, "Azure takes two days at most", way_out);
    }
    for criterion in &measured.criteria {
        if criterion.failing.of > 6 {
            let what = format!("it looks at {} windows", criterion.failing.of);
            refuse(found, "periods", what, "Azure takes six at most", "take longer windows");
        }
        if criterion.dimensions.len() > 6 {
            let what = format!("there are {} dimensions", criterion.dimensions.len());
            refuse(found, "dimensions", what, "Azure takes six at most", "put some together in the query");
        }
        if criterion.operator == Comparison::NotEqual {
            refuse(
                found,
                "operator",
                "it fires on what is not equal".into(),
                "Azure has no such operator",
                "",
            );
        }
        if criterion.absent_within.is_some() {
            let why = "Azure knows no series that have no rows";
            refuse(found, "absence", "it looks for series that are absent".into(), why, "evaluate it here");
        }
    }
    if !measured.warm_up.is_zero() {
        refuse(found, "warm-up", "it is silent at first".into(), "Azure has no warm-up", "evaluate it here");
    }
    if !rule.schedule.delay.is_zero() {
        let why = "Azure evaluates up to the present";
        refuse(found, "delay", "it waits for late rows".into(), why, "end the range in the query");
    }
}

fn life(rule: &Rule, found: &mut Report) {
    match &rule.life {
        Life::Stateful { resolve } => {
            if rule.schedule.every > Timespan::hours(12) {
                let what = format!("it is evaluated every {} and keeps a state", rule.schedule.every);
                let why = "Azure resolves alerts of rules up to every 12 h alone";
                refuse(
                    found,
                    "stateful",
                    what,
                    why,
                    "evaluate it more often, or set `autoMitigate` to false",
                );
            }
            if *resolve != Resolve::Azure {
                let why = "Azure resolves by its own periods";
                refuse(found, "resolve", "it says itself when alerts are over".into(), why, "");
            }
        }
        Life::Stateless { mute: Some(mute) } => {
            if *mute > Timespan::days(1) || *mute < Timespan::minutes(1) {
                let what = format!("it is muted for {mute}");
                refuse(
                    found,
                    "mute",
                    what,
                    "Azure takes a minute to a day",
                    "choose a shorter or longer one",
                );
            }
        }
        Life::Stateless { mute: None } => {}
    }
}

fn words(rule: &Rule, survey: &Survey, found: &mut Report) {
    let mut refuse = |word: &str, at: usize, why: &str, way_out: &str| {
        let what = format!("`{word}` in the query of an alert rule");
        found.query(Weight::Error, "refused-word", (survey.query, at), what, why, way_out);
    };
    for word in WORDS {
        for at in survey.calls(word) {
            refuse(
                word,
                at,
                "Azure refuses it, as the columns depend on the rows",
                "name the columns in the query",
            );
        }
    }
    if rule.schedule.every < Timespan::minutes(5) {
        for word in MINUTE_CALLS {
            survey.calls(word).into_iter().for_each(|at| refuse(word, at, MINUTE, MINUTE_HELP));
        }
        for word in MINUTE_OPERATORS {
            survey.operators(word).into_iter().for_each(|at| refuse(word, at, MINUTE, MINUTE_HELP));
        }
    }
    if let Some(at) = survey.names("AggregatedValue").first() {
        refuse("AggregatedValue", *at, "the name is Azure's own", "give the column another name");
    }
}

const MINUTE: &str = "Azure refuses it in rules that are evaluated every minute";
const MINUTE_HELP: &str = "evaluate the rule every 5 minutes";

fn agos(survey: &Survey, found: &mut Report) {
    for (at, ago) in survey.agos() {
        match ago {
            Ago::Literal(_) => {}
            Ago::Named(span) => {
                let what = "`ago()` of a name".to_owned();
                let way_out = format!("write `ago({span})`");
                found.query(
                    Weight::Error,
                    "ago",
                    (survey.query, at),
                    what,
                    "Azure takes literals alone",
                    &way_out,
                );
            }
            Ago::Other => {
                let what = "`ago()` of an expression".to_owned();
                let way_out = "write it with a literal, such as `ago(1h)`";
                found.query(
                    Weight::Error,
                    "ago",
                    (survey.query, at),
                    what,
                    "Azure takes literals alone",
                    way_out,
                );
            }
        }
    }
}
