//! `calypso alert diff`: what another version of a rule would have told.

use super::asking::Asking;
use super::backtest::stretch;
use super::check::table;
use super::rules;
use crate::arguments::Shared;
use crate::failure::Failure;
use crate::{data, interrupt, output};
use calypso_alerts::Rule;
use calypso_alerts::compare::{Alert, Difference, Matched, differences, matched};
use calypso_alerts::evaluate::replay;
use calypso_library::{Type, Value};

/// Two versions of a rule.
type Versions = (Rule, Rule);

/// Rules that go together, and the names of the others with their side.
type Paired = (Vec<Versions>, Vec<(String, &'static str)>);

/// The alerts of both versions over one stretch of time; what the versions say differently is told. With `definitions` that
/// alone is the answer, and no logs are read.
pub fn diff(shared: &Shared, old: &str, new: &str, definitions: bool) -> Result<(), Failure> {
    output::format(shared)?;
    let (pairs, without) = paired(rules::read(&[old.to_owned()])?, rules::read(&[new.to_owned()])?)?;
    for (rule, side) in &without {
        super::tell(rule, &format!("it stands in the {side} file alone, and is not compared"));
    }
    let refused = if definitions { defined(shared, &pairs)? } else { fired(shared, &pairs)? };
    match (refused, without.len()) {
        (0, 0) => Ok(()),
        (refused, alone) => {
            let all = pairs.len() + alone;
            Err(Failure::Found(format!("{} of {all} rules could not be compared", refused + alone)))
        }
    }
}

/// What the versions say differently.
fn defined(shared: &Shared, pairs: &[Versions]) -> Result<usize, Failure> {
    let text = |text: Option<String>| text.map_or(Value::Null(Type::String), Value::String);
    let mut rows = Vec::new();
    for (old, new) in pairs {
        rows.extend(differences(old, new).into_iter().map(|Difference { field, old, new: is }| {
            vec![Value::String(new.name.clone()), Value::String(field), text(old), text(is)]
        }));
    }
    let columns = ["Rule", "Field", "Old", "New"].map(|name| (name, Type::String));
    output::answers(shared, &[table(&columns, rows)?]).map(|()| 0)
}

/// What each version would have told; how many could not be replayed.
fn fired(shared: &Shared, pairs: &[Versions]) -> Result<usize, Failure> {
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    super::super::query::told(&opened);
    let (after, until) = stretch(shared, &opened)?;
    let mut ask = Asking { opened: &opened, interrupted: false };
    let mut rows = Vec::new();
    let mut refused = 0;
    for (old, new) in pairs {
        for difference in differences(old, new) {
            super::tell(&new.name, &sentence(&difference));
        }
        let mut replayed = |rule: &Rule| replay(rule, after, until, &mut ask);
        let both = replayed(old)
            .map_err(|reason| ("old", reason))
            .and_then(|was| replayed(new).map(|is| (was, is)).map_err(|reason| ("new", reason)));
        match both {
            Ok((was, is)) => {
                let alerts = matched((old, &was), (new, &is));
                super::tell(&new.name, &summary(&alerts));
                rows.extend(alerts.iter().map(|alert| (alert.at(), row(new, alert))));
            }
            Err(_) if ask.interrupted => return Err(Failure::interrupted()),
            Err((version, reason)) => {
                super::tell(&new.name, &format!("the {version} version: {}", reason.0));
                refused += 1;
            }
        }
    }
    rows.sort_by_key(|(at, _)| *at);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    output::answers(shared, &[table(COLUMNS, rows)?]).map(|()| refused)
}

/// The only rules of their files go together, else those of one name.
fn paired(old: Vec<Rule>, new: Vec<Rule>) -> Result<Paired, Failure> {
    if let ([was], [is]) = (old.as_slice(), new.as_slice()) {
        return Ok((vec![(was.clone(), is.clone())], Vec::new()));
    }
    let names = |rules: &[Rule]| {
        let names: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.name)).collect();
        names.join(", ")
    };
    let (mut pairs, mut without) = (Vec::new(), Vec::new());
    for was in &old {
        match new.iter().find(|is| is.name == was.name) {
            Some(is) => pairs.push((was.clone(), is.clone())),
            None => without.push((was.name.clone(), "old")),
        }
    }
    if pairs.is_empty() {
        return Err(Failure::Usage(format!(
            "several rules are compared by their names, and none has the same: {} and {}",
            names(&old),
            names(&new)
        )));
    }
    let only_new = new.iter().filter(|is| old.iter().all(|was| was.name != is.name));
    without.extend(only_new.map(|is| (is.name.clone(), "new")));
    Ok((pairs, without))
}

/// `fires: count() > 10 → count() > 20`.
fn sentence(difference: &Difference) -> String {
    let Difference { field, old, new } = difference;
    match (old, new) {
        (Some(old), Some(new)) => format!("{field}: {old} → {new}"),
        (Some(old), None) => format!("{field}: {old} → left out"),
        (None, Some(new)) => format!("{field}: left out → {new}"),
        (None, None) => format!("{field}: other spaces or line ends"),
    }
}

/// How many alerts go together.
fn summary(alerts: &[Matched]) -> String {
    let count = |wanted: fn(&Matched) -> bool| alerts.iter().filter(|alert| wanted(alert)).count();
    let both = count(|alert| alert.moved().is_some());
    let moved = count(|alert| alert.moved().is_some_and(|moved| moved != 0));
    let (old, new) = (count(|alert| alert.new.is_none()), count(|alert| alert.old.is_none()));
    format!(
        "alerts in both: {both}, of them at another time: {moved}; in the old version alone: {old}; in the new one alone: {new}"
    )
}

const COLUMNS: &[(&str, Type)] = &[
    ("At", Type::DateTime),
    ("Rule", Type::String),
    ("Series", Type::String),
    ("FiresIn", Type::String),
    ("Moved", Type::TimeSpan),
    ("OldAt", Type::DateTime),
    ("NewAt", Type::DateTime),
    ("OldValue", Type::Real),
    ("NewValue", Type::Real),
    ("OldThreshold", Type::Real),
    ("NewThreshold", Type::Real),
    ("OldLasted", Type::TimeSpan),
    ("NewLasted", Type::TimeSpan),
];

fn row(rule: &Rule, alert: &Matched) -> Vec<Value> {
    let fires_in = match (&alert.old, &alert.new) {
        (Some(_), Some(_)) => "both",
        (Some(_), None) => "old",
        (None, _) => "new",
    };
    let (old, new) = (alert.old.as_ref(), alert.new.as_ref());
    let at = |alert: Option<&Alert>| {
        alert.map_or(Value::Null(Type::DateTime), |alert| Value::DateTime(alert.fired))
    };
    let real = |number: Option<f64>| {
        number.filter(|number| !number.is_nan()).map_or(Value::Null(Type::Real), Value::Real)
    };
    let span = |ticks: Option<i64>| ticks.map_or(Value::Null(Type::TimeSpan), Value::TimeSpan);
    let lasted = |alert: Option<&Alert>| span(alert.and_then(|alert| Some(alert.resolved? - alert.fired)));
    vec![
        Value::DateTime(alert.at()),
        Value::String(rule.name.clone()),
        Value::String(alert.labels.to_string()),
        Value::String(fires_in.to_owned()),
        span(alert.moved()),
        at(old),
        at(new),
        real(old.and_then(|alert| alert.value)),
        real(new.and_then(|alert| alert.value)),
        real(old.map(|alert| alert.threshold)),
        real(new.map(|alert| alert.threshold)),
        lasted(old),
        lasted(new),
    ]
}
