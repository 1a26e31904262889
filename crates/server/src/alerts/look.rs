//! What the logs say of one alert: whether the rule fires then, when it was over, and the values around it.

use super::asking::Asking;
use super::overview::Ground;
use super::source::Told;
use super::words::moment;
use calypso_alerts::Rule;
use calypso_alerts::evaluate::{Evaluation, Labels, evaluate, evaluations};
use calypso_alerts::rule::{Condition, Life, Resolve};
use calypso_alerts::state::{Change, Kind, Standing};
use calypso_library::format::TICKS_PER_DAY;
use calypso_workbook::DashboardError;

/// Evaluations before and after a firing that its chart shows at most.
const AROUND: i64 = 350;
/// Evaluations that a rule is asked for one by one at most.
const ONE_BY_ONE: i64 = 1_000;

/// An alert as it is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub(super) rule: String,
    pub(super) at: i64,
    pub(super) id: String,
}

impl Wanted {
    /// The alert of a rule that fired at an instant, ticks.
    pub fn new(rule: &str, at: i64, id: &str) -> Wanted {
        Wanted { rule: rule.to_owned(), at, id: id.to_owned() }
    }
}

/// What the logs say of it.
pub(super) struct Found {
    pub(super) fired: Option<Change>,
    pub(super) resolved: Option<i64>,
    pub(super) labels: Labels,
    pub(super) evaluations: Vec<Evaluation>,
    /// The last instant that was looked at, ticks.
    pub(super) until: i64,
    /// The alert of the series that stood then already, where there is one.
    pub(super) stood: Option<Stood>,
}

/// An alert that stood when another is said to have fired.
pub(super) struct Stood {
    /// Its id, where its firing was seen.
    pub(super) id: Option<String>,
    /// When it fired, or the first evaluation that was looked at, ticks.
    pub(super) since: i64,
}

/// Evaluates the rule around the firing.
pub(super) fn look(
    ground: &Ground,
    rule: &Rule,
    wanted: &Wanted,
    told: &[Told],
) -> Result<Found, DashboardError> {
    let every = rule.schedule.every.ticks().max(1);
    let at = wanted.at;
    let before = every.saturating_mul(24).clamp(TICKS_PER_DAY, 14 * TICKS_PER_DAY);
    let before = before.min(AROUND.saturating_mul(every)).max(every);
    // A series is one query however long; other rules may be asked evaluation by evaluation.
    let until = match &rule.condition {
        Condition::Series(_) => ground.now,
        Condition::Measured(_) | Condition::Counted(_) => {
            ground.now.min(at.saturating_add(every.saturating_mul(ONE_BY_ONE)))
        }
    };
    let until = until.max(at);
    let mut ask = Asking { engine: ground.engine, cancel: ground.cancel };
    let made = evaluations(rule, at.saturating_sub(before).max(0), until, &mut ask);
    let evaluations =
        made.map_err(|why| DashboardError::new(format!("`{}` cannot be evaluated: {}", rule.name, why.0)))?;
    // What a page of all alerts shows: whether one of the series stood already.
    let mut before = Standing::default();
    for evaluation in evaluations.iter().take_while(|evaluation| evaluation.at < at) {
        before.step(rule, evaluation);
    }
    let first = evaluations.first().map(|evaluation| evaluation.at);
    let mut standing = Standing::default();
    let (mut fired, mut resolved) = (None, None);
    for evaluation in evaluations.iter().filter(|evaluation| evaluation.at >= at) {
        for change in standing.step(rule, evaluation) {
            match change.kind {
                Kind::Fired if change.id == wanted.id => fired = Some(change),
                Kind::Resolved if change.id == wanted.id => resolved = Some(change.at),
                Kind::Fired | Kind::Resolved => {}
            }
        }
        if resolved.is_some() || (fired.is_none() && evaluation.at > at) {
            break;
        }
    }
    if let Some(fired) = &mut fired {
        fill(fired, rule, &mut ask);
    }
    let labels = match (&fired, told.first()) {
        (Some(change), _) => change.found.labels.clone(),
        (None, Some(told)) => Labels(told.series.clone()),
        (None, None) => {
            let what = format!("no alert of `{}` with that id fires at {}", rule.name, moment(at));
            let help =
                "in the logs as they are now: rows may have come late or be gone, or the rule was changed";
            return Err(DashboardError::new(what).with_help(help));
        }
    };
    let resolved =
        resolved.or_else(|| told.iter().find_map(|told| told.resolved).filter(|_| fired.is_none()));
    let stood = before.alerts().find(|(one, _)| **one == labels).map(|(_, alert)| Stood {
        id: Some(alert.id.clone()).filter(|_| Some(alert.since) != first),
        since: alert.since,
    });
    Ok(Found { fired, resolved, labels, evaluations, until, stood })
}

/// A query that gives the values of many evaluations may say more of the last one alone, such as which objects they are: so
/// a watch asked for the firing. What cannot be asked again stays as it is.
fn fill(fired: &mut Change, rule: &Rule, ask: &mut Asking) {
    if !matches!(rule.condition, Condition::Series(_)) {
        return;
    }
    let Ok(alone) = evaluate(rule, fired.at, ask) else { return };
    if let Some(found) = alone.found.into_iter().find(|found| found.labels == fired.found.labels) {
        fired.found.details = found.details;
    }
}

/// The stretch that the chart shows: later than, and until, ticks.
pub(super) fn shown(rule: &Rule, wanted: &Wanted, found: &Found) -> (i64, i64) {
    let every = rule.schedule.every.ticks().max(1);
    let first = found.evaluations.first().map_or(wanted.at, |evaluation| evaluation.at);
    let end = found.resolved.unwrap_or(if stands(rule) { found.until } else { wanted.at });
    let end = end
        .saturating_add(every.saturating_mul(12))
        .min(wanted.at.saturating_add(AROUND.saturating_mul(every)))
        .min(found.until);
    (first.saturating_sub(every), end.max(wanted.at))
}

/// Whether alerts of a rule stand until they are over.
pub(super) fn stands(rule: &Rule) -> bool {
    match &rule.life {
        Life::Stateless { .. } | Life::Stateful { resolve: Resolve::AtOnce } => false,
        Life::Stateful { .. } => true,
    }
}
