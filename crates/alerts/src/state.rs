//! What becomes of evaluations in time: alerts fire, stand and end. In: a rule, what stands, one evaluation after the other.
//! Out: firings and resolutions, each once, with an id that is the same whenever the same is computed again.

use crate::Timespan;
use crate::evaluate::{Evaluation, Found, Labels};
use crate::rule::{Condition, Life, Resolve, Rule, azure_clear_evaluations};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Azure notifies of at most so many series that fire at one evaluation.
pub const MOST_FIRED: usize = 300;

/// The alerts of a rule that stand.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Standing {
    alerts: BTreeMap<Labels, Alert>,
    /// A stateless series is quiet until then.
    muted: BTreeMap<Labels, i64>,
    /// The rule is not evaluated until then.
    suppressed: Option<i64>,
    /// The last evaluation, ticks.
    last: Option<i64>,
}

/// An alert that stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Alert {
    /// Its id, as [`alert_id`] makes it.
    pub id: String,
    /// When it fired, ticks.
    pub since: i64,
    /// What it fired by.
    pub firing: Firing,
    /// When it last would have fired, ticks.
    last: i64,
    /// Evaluations in a row at which it would not have fired.
    clear: u32,
}

/// What an alert fired by.
#[derive(Clone, PartialEq, Debug)]
pub struct Firing {
    /// What was found of the series then.
    pub found: Found,
    /// What the newest value was made of: later than, and until, ticks.
    pub window: (i64, i64),
}

/// What happened to an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// It fired.
    Fired,
    /// It is over.
    Resolved,
}

/// A firing or a resolution.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// Which.
    pub kind: Kind,
    /// The id of the alert.
    pub id: String,
    /// At which evaluation, ticks.
    pub at: i64,
    /// When the alert fired, ticks.
    pub since: i64,
    /// What the newest value is made of: later than, and until, ticks.
    pub window: (i64, i64),
    /// What was found of the series; of a resolution maybe nothing any more.
    pub found: Found,
    /// What it fired by, which the end of an alert repeats.
    pub firing: Firing,
}

impl Standing {
    /// The alerts, by series.
    pub fn alerts(&self) -> impl Iterator<Item = (&Labels, &Alert)> {
        self.alerts.iter()
    }

    /// The last evaluation.
    pub fn last(&self) -> Option<i64> {
        self.last
    }

    /// Takes an evaluation. One that is not later than the last changes nothing.
    pub fn step(&mut self, rule: &Rule, evaluation: &Evaluation) -> Vec<Change> {
        let at = evaluation.at;
        if self.last.is_some_and(|last| at <= last) {
            return Vec::new();
        }
        self.last = Some(at);
        if self.suppressed.is_some_and(|until| at < until) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        let mut fired = 0;
        for found in evaluation.found.iter().filter(|found| found.fires) {
            if fired == MOST_FIRED {
                break;
            }
            if let Some(change) = self.fire(rule, evaluation, found) {
                fired += 1;
                changes.push(change);
            }
        }
        if let Condition::Counted(counted) = &rule.condition
            && let Some(quiet) = counted.suppression.filter(|_| fired > 0)
        {
            self.suppressed = Some(at.saturating_add(quiet.ticks()));
        }
        if let Life::Stateful { resolve } = &rule.life {
            changes.extend(self.end(rule, resolve, evaluation));
        }
        changes
    }

    fn fire(&mut self, rule: &Rule, evaluation: &Evaluation, found: &Found) -> Option<Change> {
        let at = evaluation.at;
        let labels = &found.labels;
        let window = evaluation.window;
        let firing = || Firing { found: found.clone(), window };
        let change = || Change {
            kind: Kind::Fired,
            id: alert_id(&rule.name, labels, at),
            at,
            since: at,
            window,
            found: found.clone(),
            firing: firing(),
        };
        let mute = match &rule.life {
            Life::Stateless { mute } => mute,
            Life::Stateful { resolve: Resolve::AtOnce } => return Some(change()),
            Life::Stateful { .. } => {
                if let Some(alert) = self.alerts.get_mut(labels) {
                    (alert.last, alert.clear) = (at, 0);
                    return None;
                }
                let change = change();
                let alert = Alert { id: change.id.clone(), since: at, firing: firing(), last: at, clear: 0 };
                self.alerts.insert(labels.clone(), alert);
                return Some(change);
            }
        };
        if self.muted.get(labels).is_some_and(|until| at < *until) {
            return None;
        }
        if let Some(mute) = mute {
            self.muted.retain(|_, until| *until > at);
            self.muted.insert(labels.clone(), at.saturating_add(mute.ticks()));
        }
        Some(change())
    }

    /// Ends the alerts that would not fire any more, for long enough.
    fn end(&mut self, rule: &Rule, resolve: &Resolve, evaluation: &Evaluation) -> Vec<Change> {
        let at = evaluation.at;
        let day = Timespan::days(1).ticks();
        let mut over = Vec::new();
        for (labels, alert) in &mut self.alerts {
            if alert.last == at {
                continue;
            }
            alert.clear = alert.clear.saturating_add(1);
            let found = evaluation.found.iter().find(|found| &found.labels == labels);
            let ends = match resolve {
                Resolve::Azure => alert.clear >= azure_clear_evaluations(rule.schedule.every),
                Resolve::Clear(evaluations) => alert.clear >= *evaluations,
                Resolve::NextDay => at.div_euclid(day) > alert.last.div_euclid(day),
                Resolve::AtOnce => true,
                Resolve::WhenColumn(_) | Resolve::When(_) => found.is_some_and(|found| found.ends),
            };
            if ends {
                over.push((labels.clone(), found.cloned()));
            }
        }
        let changes = over.into_iter().filter_map(|(labels, found)| {
            let alert = self.alerts.remove(&labels)?;
            let nothing = || Found {
                labels,
                value: None,
                threshold: f64::NAN,
                fires: false,
                ends: false,
                details: Vec::new(),
            };
            Some(Change {
                firing: alert.firing,
                kind: Kind::Resolved,
                id: alert.id,
                at,
                since: alert.since,
                window: evaluation.window,
                found: found.unwrap_or_else(nothing),
            })
        });
        changes.collect()
    }

    /// As a state file holds it.
    pub fn to_json(&self) -> Json {
        let alerts = self.alerts.iter().map(|(series, alert)| {
            json!({
                "series": pairs(&series.0),
                "id": alert.id,
                "since": alert.since,
                "last": alert.last,
                "clear": alert.clear,
                "firing": alert.firing.to_json(),
            })
        });
        let muted =
            self.muted.iter().map(|(series, until)| json!({"series": pairs(&series.0), "until": until}));
        json!({
            "last": self.last,
            "suppressed": self.suppressed,
            "alerts": alerts.collect::<Vec<_>>(),
            "muted": muted.collect::<Vec<_>>(),
        })
    }

    /// Back; `None` where it is not one.
    pub fn from_json(json: &Json) -> Option<Standing> {
        let ticks = |json: &Json| -> Option<Option<i64>> {
            if json.is_null() { Some(None) } else { json.as_i64().map(Some) }
        };
        let labels = |json: &Json| read_pairs(json.get("series")?).map(Labels);
        let alert = |json: &Json| {
            let labels = labels(json)?;
            let firing = Firing::from_json(json.get("firing")?, &labels)?;
            Some((
                labels,
                Alert {
                    id: json.get("id")?.as_str()?.to_owned(),
                    since: json.get("since")?.as_i64()?,
                    firing,
                    last: json.get("last")?.as_i64()?,
                    clear: u32::try_from(json.get("clear")?.as_u64()?).ok()?,
                },
            ))
        };
        let muted = |json: &Json| Some((labels(json)?, json.get("until")?.as_i64()?));
        Some(Standing {
            alerts: json.get("alerts")?.as_array()?.iter().map(alert).collect::<Option<_>>()?,
            muted: json.get("muted")?.as_array()?.iter().map(muted).collect::<Option<_>>()?,
            suppressed: ticks(json.get("suppressed")?)?,
            last: ticks(json.get("last")?)?,
        })
    }
}

impl Firing {
    /// Numbers are texts: JSON has no infinity.
    fn to_json(&self) -> Json {
        json!({
            "window": [self.window.0, self.window.1],
            "value": self.found.value.map(|value| value.to_string()),
            "threshold": self.found.threshold.to_string(),
            "details": pairs(&self.found.details),
        })
    }

    fn from_json(json: &Json, labels: &Labels) -> Option<Firing> {
        let number = |json: &Json| json.as_str()?.parse::<f64>().ok();
        let value = json.get("value")?;
        let found = Found {
            labels: labels.clone(),
            value: if value.is_null() { None } else { Some(number(value)?) },
            threshold: number(json.get("threshold")?)?,
            fires: true,
            ends: false,
            details: read_pairs(json.get("details")?)?,
        };
        let window = json.get("window")?;
        Some(Firing { found, window: (window.get(0)?.as_i64()?, window.get(1)?.as_i64()?) })
    }
}

fn pairs(pairs: &[(String, String)]) -> Json {
    json!(pairs.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>())
}

fn read_pairs(json: &Json) -> Option<Vec<(String, String)>> {
    let pair = |pair: &Json| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()));
    json.as_array()?.iter().map(pair).collect()
}

/// The id of an alert: made of the rule's name, the series and the instant of the firing alone, so that whoever computes
/// the same firing again gets the same id. FNV-1a of 128 bits, written as a GUID.
pub fn alert_id(rule: &str, labels: &Labels, at: i64) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET;
    let mut add = |bytes: &[u8]| {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    };
    add(rule.as_bytes());
    for (column, value) in &labels.0 {
        add(column.as_bytes());
        add(value.as_bytes());
    }
    add(&at.to_le_bytes());
    let digits = format!("{hash:032x}");
    let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    format!("{a}-{b}-{c}-{d}-{e}")
}
