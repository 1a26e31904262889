//! `calypso alert watch`: evaluates rules whenever they are due, until it is stopped, and tells what fires and what is over.
//!
//! What stands is kept with what is still to be told, in one step (`calypso_notify::Outbox`), so that a kill at any moment
//! loses no alert. Evaluations that were missed while nothing was running are made up for, in order. With `--now` the
//! clock stands still there, which `--once` makes of use: a run after the other replays how the rules would have run.

use super::asking::Asking;
use super::rules;
use crate::arguments::{Shared, Watch};
use crate::data::{self, UNIX_TICKS, clock};
use crate::failure::Failure;
use crate::{interrupt, places};
use calypso_alerts::Rule;
use calypso_alerts::evaluate::evaluations;
use calypso_alerts::rule::{Aggregate, Comparison, Condition, Measure};
use calypso_alerts::state::{Change, Kind, Standing};
use calypso_notify::{
    AlertId, Measured, Notification, Operator, Outbox, Outcome, Outside, Put, Settings, Severity,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A channel of nothing but standard output, where no settings are.
const STANDARD_OUTPUT: &str = "[channels.stdout]\nkind = \"stdout\"\n";

/// The longest sleep: a clock that is set forward is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// Ticks of 100 ns in a second.
const SECOND: i64 = 10_000_000;

/// Watches until it is stopped, or, with `--once`, until all that is due now is done.
pub fn watch(shared: &Shared, wanted: &Watch) -> Result<(), Failure> {
    let rules: Vec<Rule> = rules::read(&wanted.rules)?.into_iter().filter(|rule| rule.enabled).collect();
    let settings = settings(wanted)?;
    let folder = folder(wanted)?;
    interrupt::listen(false);
    let pinned = match shared.now {
        Some(_) => data::engine(shared)?.now,
        None => None,
    };
    let mut watching = Watching { pinned, standing: BTreeMap::new(), told: BTreeSet::new() };
    let outbox = Outbox::open(&folder, utc(watching.now())).map_err(failed)?;
    for broken in outbox.unreadable() {
        super::tell("outbox", &broken.to_string());
    }
    watching.standing = standing(&outbox)?;
    let count = if rules.len() == 1 { "1 rule is".to_owned() } else { format!("{} rules are", rules.len()) };
    eprintln!("{count} watched; the state is kept in {}", folder.display());
    loop {
        watching.round(shared, &rules, &settings, &outbox)?;
        deliver(&outbox, &settings, watching.now())?;
        if wanted.once {
            return Ok(());
        }
        std::thread::sleep(until_next(&rules));
    }
}

/// What stands, rule by rule.
struct Watching {
    /// Where the clock stands, when it does.
    pinned: Option<i64>,
    standing: BTreeMap<String, Standing>,
    /// Reasons told already.
    told: BTreeSet<(String, String)>,
}

impl Watching {
    fn now(&self) -> i64 {
        self.pinned.unwrap_or_else(clock)
    }

    /// Evaluates what is due.
    fn round(
        &mut self,
        shared: &Shared,
        rules: &[Rule],
        settings: &Settings,
        outbox: &Outbox,
    ) -> Result<(), Failure> {
        let now = self.now();
        let is_due = |rule: &&Rule| {
            let every = rule.schedule.every.ticks().max(1);
            let last = self.standing.get(&rule.name).and_then(Standing::last);
            last.is_none_or(|last| now.div_euclid(every) > last.div_euclid(every))
        };
        let due: Vec<&Rule> = rules.iter().filter(is_due).collect();
        if due.is_empty() {
            return Ok(());
        }
        // Logs that have come meanwhile are seen.
        let opened = data::engine(shared)?;
        let mut ask = Asking { opened: &opened, interrupted: false };
        for rule in due {
            let every = rule.schedule.every.ticks().max(1);
            // The first evaluation of a rule is the last that was due.
            let last = self.standing.get(&rule.name).and_then(Standing::last);
            let after = last.unwrap_or_else(|| (now.div_euclid(every) - 1).saturating_mul(every));
            let made = match evaluations(rule, after, now, &mut ask) {
                Ok(made) => made,
                Err(_) if ask.interrupted => return Err(Failure::interrupted()),
                Err(reason) => {
                    self.tell_once(rule, &reason.0);
                    continue;
                }
            };
            let mut standing = self.standing.get(&rule.name).cloned().unwrap_or_default();
            let mut puts = Vec::new();
            for evaluation in &made {
                evaluation.notes.iter().for_each(|note| self.tell_once(rule, note));
                for change in standing.step(rule, evaluation) {
                    puts.extend(puts_of(rule, &change, settings)?);
                }
            }
            self.standing.insert(rule.name.clone(), standing);
            outbox.commit(&self.to_json(), &puts, utc(now)).map_err(failed)?;
        }
        Ok(())
    }

    fn tell_once(&mut self, rule: &Rule, sentence: &str) {
        if self.told.insert((rule.name.clone(), sentence.to_owned())) {
            super::tell(&rule.name, sentence);
        }
    }

    fn to_json(&self) -> Json {
        let rules = self.standing.iter().map(|(name, standing)| (name.clone(), standing.to_json()));
        json!({ "rules": rules.collect::<Map<String, Json>>() })
    }
}

/// What stood when the last watch ended.
fn standing(outbox: &Outbox) -> Result<BTreeMap<String, Standing>, Failure> {
    let Some(state) = outbox.state().map_err(failed)? else { return Ok(BTreeMap::new()) };
    let rules = state.get("rules").and_then(Json::as_object);
    let read = |(name, json): (&String, &Json)| Some((name.clone(), Standing::from_json(json)?));
    rules.and_then(|rules| rules.iter().map(read).collect()).ok_or_else(|| {
        Failure::Data("the kept state of alerts is none; `--state` names another folder".to_owned())
    })
}

/// Tries everything that waits and is due, and tells what failed.
fn deliver(outbox: &Outbox, settings: &Settings, now: i64) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let outside = Outside { now: &|| utc(now), variable: &|name| std::env::var(name).ok(), out: &mut out };
    for attempt in outbox.deliver(settings, outside).map_err(failed)? {
        match attempt.outcome {
            Outcome::Delivered(None) => {}
            Outcome::Delivered(Some(remark)) => super::tell(&attempt.channel, &remark),
            Outcome::Again { error, next } => {
                super::tell(
                    &attempt.channel,
                    &format!("{error}; tried again at {}", next.format("%H:%M:%S")),
                );
            }
            Outcome::Dead { error } => super::tell(&attempt.channel, &format!("{error}; given up")),
        }
    }
    Ok(())
}

/// Until the next evaluation.
fn until_next(rules: &[Rule]) -> Duration {
    let now = clock();
    let wait = |rule: &Rule| {
        let every = rule.schedule.every.ticks().max(1);
        every - now.rem_euclid(every)
    };
    let ticks = rules.iter().map(wait).min().unwrap_or(SECOND).max(1);
    Duration::from_nanos(u64::try_from(ticks).unwrap_or(0).saturating_mul(100)).min(LONGEST_SLEEP)
}

fn settings(wanted: &Watch) -> Result<Settings, Failure> {
    let usual = places::notify().filter(|path| path.is_file());
    let path = wanted.settings.clone().or(usual);
    let (text, path) = match &path {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            let text = text.map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?;
            (text, path.as_path())
        }
        None => (STANDARD_OUTPUT.to_owned(), Path::new("notify.toml")),
    };
    Settings::read(&text, path).map_err(|error| Failure::Data(error.to_string()))
}

fn folder(wanted: &Watch) -> Result<PathBuf, Failure> {
    let usual = || Some(places::state()?.join("alerts"));
    wanted.state.clone().or_else(usual).ok_or_else(|| {
        Failure::Usage("there is no folder to keep the state of alerts in: name one with --state".to_owned())
    })
}

fn failed(error: calypso_notify::OutboxError) -> Failure {
    Failure::Data(error.to_string())
}

/// A change, for every channel.
fn puts_of(rule: &Rule, change: &Change, settings: &Settings) -> Result<Vec<Put>, Failure> {
    let notification = notification(rule, change).map_err(Failure::Data)?;
    let put = |channel: &String| Put { channel: channel.clone(), notification: notification.clone() };
    Ok(settings.channels.keys().map(put).collect())
}

/// What is told of a change.
fn notification(rule: &Rule, change: &Change) -> Result<Notification, String> {
    let detail = |name: &str| {
        let of_name = change.found.details.iter().find(|(key, _)| key == name);
        of_name.map(|(_, text)| text.clone())
    };
    let mut properties = rule.properties.clone();
    let others =
        change.found.details.iter().filter(|(name, _)| !matches!(name.as_str(), "title" | "description"));
    properties.extend(others.cloned());
    Ok(Notification {
        alert: AlertId::try_from(change.id.clone())?,
        rule: rule.name.clone(),
        title: detail("title").or_else(|| rule.title.clone()).unwrap_or_else(|| rule.name.clone()),
        description: detail("description").or_else(|| rule.description.clone()).unwrap_or_default(),
        severity: Severity::new(rule.severity.number()).ok_or("there is no such severity")?,
        fired: utc(change.since),
        resolved: (change.kind == Kind::Resolved).then(|| utc(change.at)),
        window: (utc(change.window.0), utc(change.window.1)),
        series: change.found.labels.0.clone(),
        measured: measured(rule, change),
        properties,
        link: None,
    })
}

fn measured(rule: &Rule, change: &Change) -> Vec<Measured> {
    let one =
        |query: &str, aggregation: &str, column: Option<&str>, operator: Comparison, failing| Measured {
            query: query.to_owned(),
            aggregation: aggregation.to_owned(),
            column: column.map(str::to_owned),
            value: change.found.value,
            operator: operator_of(operator),
            threshold: change.found.threshold,
            failing,
        };
    match &rule.condition {
        Condition::Measured(measured) => {
            let all = measured.criteria.iter().map(|criterion| {
                let (aggregation, column) = match &criterion.measure {
                    Measure::Rows => ("Count", None),
                    Measure::Column { aggregate, column } => {
                        (aggregate_name(*aggregate), Some(column.as_str()))
                    }
                };
                let failing = (criterion.failing.least, criterion.failing.of);
                let threshold = criterion.threshold;
                Measured {
                    threshold,
                    ..one(&criterion.query.text, aggregation, column, criterion.operator, failing)
                }
            });
            all.collect()
        }
        Condition::Counted(counted) => {
            vec![one(&counted.query.text, "Count", None, counted.operator, (1, 1))]
        }
        Condition::Series(series) => {
            vec![one(&series.query.text, "Maximum", Some("Value"), series.operator, (1, 1))]
        }
    }
}

fn aggregate_name(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Average => "Average",
        Aggregate::Minimum => "Minimum",
        Aggregate::Maximum => "Maximum",
        Aggregate::Total => "Total",
    }
}

fn operator_of(comparison: Comparison) -> Operator {
    match comparison {
        Comparison::Equal => Operator::Equals,
        Comparison::NotEqual => Operator::NotEquals,
        Comparison::Greater => Operator::GreaterThan,
        Comparison::GreaterOrEqual => Operator::GreaterThanOrEqual,
        Comparison::Less => Operator::LessThan,
        Comparison::LessOrEqual => Operator::LessThanOrEqual,
    }
}

/// Ticks as a time of the calendar.
fn utc(ticks: i64) -> DateTime<Utc> {
    let since = ticks.saturating_sub(UNIX_TICKS);
    let nanos = u32::try_from(since.rem_euclid(SECOND) * 100).unwrap_or(0);
    DateTime::from_timestamp(since.div_euclid(SECOND), nanos).unwrap_or_default()
}
