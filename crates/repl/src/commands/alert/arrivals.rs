//! `calypso alert backtest --arrivals`: what would have been different had every evaluation seen only the rows that had
//! arrived by then, as a rule that runs does.

use super::asking::Asking;
use super::backtest::{Told, real};
use crate::failure::Failure;
use crate::progress::Line;
use calypso_alerts::evaluate::{Replay, arrived, instants};
use calypso_alerts::shift::{How, Shift, shifts};
use calypso_alerts::state::Kind;
use calypso_alerts::{Arrivals, Refused, Rule, came_late, late_rows};
use calypso_library::format::timespan_text;
use calypso_library::{Type, Value};
use calypso_view::text::visible;

pub const COLUMNS: &[(&str, Type)] = &[
    ("At", Type::DateTime),
    ("Change", Type::String),
    ("Rule", Type::String),
    ("Severity", Type::String),
    ("Series", Type::String),
    ("Instead", Type::DateTime),
    ("By", Type::TimeSpan),
    ("Value", Type::Real),
    ("Seen", Type::Real),
    ("Threshold", Type::Real),
    ("LateRows", Type::Long),
    ("Alert", Type::String),
];

/// Replays over all rows beside replays over the rows that had arrived.
pub struct Compared {
    arrivals: Arrivals,
    after: i64,
    until: i64,
}

impl Compared {
    /// When the rows of the logs arrived, as far as rules look at them.
    ///
    /// # Errors
    /// When that is known of none.
    pub fn new(rules: &[Rule], after: i64, until: i64, ask: &mut Asking) -> Result<Compared, Failure> {
        let arrivals = match Arrivals::read(rules, after, until, ask) {
            Ok(arrivals) => arrivals,
            Err(_) if ask.interrupted => return Err(Failure::interrupted()),
            Err(Refused(reason)) => return Err(Failure::Data(visible(&reason, true).into_owned())),
        };
        let Arrivals { rows, unknown, .. } = arrivals;
        if rows == unknown {
            let reason = format!("of none of the {rows} rows is it known when they arrived");
            return Err(Failure::Data(reason));
        }
        if unknown > 0 {
            eprintln!(
                "of {unknown} of {rows} rows it is not known when they arrived: they count as there at once"
            );
        }
        Ok(Compared { arrivals, after, until })
    }

    /// What is told of a rule.
    pub fn told(&self, rule: &Rule, whole: Replay, ask: &mut Asking) -> Result<Told, Refused> {
        let line = Line::default();
        let mut far = |done: usize, all: usize| {
            line.draw(|| {
                visible(&format!("{}: {done} of {all} evaluations, Ctrl-C cancels", rule.name), true)
                    .into_owned()
            });
        };
        let stretch = (self.after, self.until);
        let seen = arrived(rule, stretch, &whole.evaluations, &self.arrivals, ask, &mut far);
        line.wipe();
        let seen = Replay::of(rule, seen?);
        let every = rule.schedule.every.ticks().max(1);
        let reach = |at| {
            let there = self.arrivals.whole_at(at);
            there.saturating_add(every - 1).div_euclid(every).saturating_mul(every)
        };
        let all = shifts(rule, &whole, &seen, reach);
        let mut rows = Vec::with_capacity(all.len());
        for shift in &all {
            let late = late_rows(rule, shift, &self.arrivals, ask)?;
            rows.push(row(rule, shift, late));
        }
        let summary = self.summary(rule, [&whole, &seen], &all);
        Ok(Told { summary, rows, evaluations: vec![whole.evaluations, seen.evaluations] })
    }

    fn summary(&self, rule: &Rule, [whole, seen]: [&Replay; 2], all: &[Shift]) -> String {
        let mut sweep = self.arrivals.sweep();
        let instants = instants(rule.schedule.every, self.after, self.until);
        let lacking = instants.iter().filter(|at| !sweep.at(**at).late.is_empty()).count();
        let fired = |replay: &Replay| {
            let fired = replay.changes.iter().filter(|change| change.kind == Kind::Fired).count();
            if fired == 1 { "once".to_owned() } else { format!("{fired} times") }
        };
        let begun = format!("{} evaluations, at {lacking} of which rows had not arrived yet", instants.len());
        if all.is_empty() {
            return format!("{begun}; fired {}, which no late row changed", fired(whole));
        }
        let of = |wanted: &[How]| all.iter().filter(|one| wanted.contains(&one.how)).collect::<Vec<_>>();
        let counted = |wanted: &[How], words: &str| {
            let count = of(wanted).len();
            (count > 0).then(|| format!("{count} {words}"))
        };
        let furthest = of(&[How::Later]).iter().filter_map(|one| by(one)).max().unwrap_or(0);
        let later = format!("later, by up to {}", timespan_text(furthest));
        let ends = all.iter().filter(|one| one.how.is_of_resolution()).count();
        let parts = [
            counted(&[How::Missed], "missed"),
            counted(&[How::Stood], "not told again, since the alert before still stood"),
            counted(&[How::Later], &later),
            counted(&[How::Earlier], "earlier"),
            counted(&[How::Falsely, How::Again], "only because rows were not there yet"),
            (ends > 0).then(|| format!("{ends} resolved otherwise")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let (seen, whole) = (fired(seen), fired(whole));
        let instead = if seen == whole { String::new() } else { format!(" instead of {whole}") };
        format!("{begun}; fired {seen}{instead}: {}", parts.join(", "))
    }
}

/// How much later, where it happened both times.
fn by(shift: &Shift) -> Option<i64> {
    Some(shift.instead?.saturating_sub(shift.at))
}

fn row(rule: &Rule, shift: &Shift, late: u64) -> Vec<Value> {
    vec![
        Value::DateTime(shift.at),
        Value::String(shift.how.words().to_owned()),
        Value::String(rule.name.clone()),
        Value::String(rule.severity.azure_name().to_owned()),
        Value::String(shift.labels.to_string()),
        shift.instead.map_or(Value::Null(Type::DateTime), Value::DateTime),
        by(shift).map_or(Value::Null(Type::TimeSpan), Value::TimeSpan),
        real(shift.value),
        real(shift.seen),
        real(shift.threshold),
        Value::Long(i64::try_from(late).unwrap_or(i64::MAX)),
        Value::String(shift.id.clone()),
    ]
}

/// Says that rows arrived after an evaluation that looked at their time, if that is so. What cannot be told is not worth
/// an error.
pub fn tell_of_late_rows(rules: &[Rule], after: i64, until: i64, ask: &mut Asking) {
    match came_late(rules, after, until, ask) {
        Ok(1) => eprintln!(
            "a row arrived after an evaluation that looked at its time: `--arrivals` tells what that changes"
        ),
        Ok(late) if late > 0 => {
            eprintln!(
                "{late} rows arrived after an evaluation that looked at their time: `--arrivals` tells what that changes"
            );
        }
        Ok(_) | Err(_) => {}
    }
}
