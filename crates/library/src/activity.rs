//! What plugins about users over time share: who was seen when, in which period, in which group.

use crate::call::{Argument, EvaluateError};
use crate::function::{Accepts, Parameter, constant, repeated, required};
use crate::periods::Period;
use crate::plugin::{PluginCall, PluginRows, Slot, Takes, slot};
use crate::row_codes::codes;
use crate::types::{Column, Type};
use crate::value::Value;
use crate::value_order;
use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take;

/// Types a timeline may have.
pub const TIMELINE: Accepts = Accepts::OneOf(&[Type::DateTime, Type::TimeSpan, Type::Long, Type::Int]);
/// Most periods between start and end.
const MOST_PERIODS: usize = 1_000_000;

/// The column that tells users apart.
pub const ID: Slot = slot(Takes::Column, required("IdColumn", Accepts::Any, "Who."));
/// The column that says when.
pub const TIME: Slot = slot(Takes::Column, required("TimelineColumn", TIMELINE, "When."));
/// The first instant looked at.
pub const START: Slot = known("Start", "The first instant that counts.");
/// The last instant looked at.
pub const END: Slot = known("End", "The last instant that counts.");
/// Further columns that group the rows.
pub const DIMENSIONS: Slot = slot(
    Takes::Column,
    repeated("Dimension", Accepts::Orderable, 0, "Columns that make groups of their own."),
);

/// A number, datetime or timespan known before any row.
pub const fn known(name: &'static str, summary: &'static str) -> Slot {
    slot(Takes::Constant, constant(required(name, Accepts::Summable, summary)))
}

/// A length of time, or `'week'`, `'month'`, `'year'`.
pub const fn step(name: &'static str, summary: &'static str) -> Slot {
    let types = &[Type::TimeSpan, Type::Long, Type::Int, Type::DateTime, Type::String];
    let parameter: Parameter = constant(required(name, Accepts::OneOf(types), summary));
    slot(Takes::Constant, parameter)
}

/// One row: who was seen when.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// The number of its group.
    pub group: u32,
    /// The number of its user.
    pub id: u32,
    /// When.
    pub time: i64,
    /// Its row.
    pub row: u32,
}

/// Who was seen when, by groups.
pub struct Events {
    /// Rows whose time is known, in the order of the input.
    pub list: Vec<Event>,
    /// The first row of each group.
    groups: Vec<u32>,
    /// The place of each group in the order of its values.
    rank: Vec<usize>,
    /// The first row of each user.
    pub users: Vec<u32>,
}

impl Events {
    /// Reads the columns of the usual slots.
    pub fn read(call: &PluginCall, rows: &PluginRows) -> Result<Events, EvaluateError> {
        let dimensions: Vec<&Argument> =
            call.places("Dimension").filter_map(|place| rows.columns.get(place)).collect();
        let grouped = codes(&dimensions, rows.rows)?;
        let ids: Vec<&Argument> =
            call.places("IdColumn").filter_map(|place| rows.columns.get(place)).collect();
        let users = codes(&ids, rows.rows)?;
        let times = column(call, rows, "TimelineColumn")?;
        let event = |row: usize| {
            let (group, id) = (*grouped.of_row.get(row)?, *users.of_row.get(row)?);
            Some(Event { group, id, time: times.long(row)?, row: row as u32 })
        };
        let list = (0..rows.rows).filter_map(event).collect();
        let mut order: Vec<usize> = (0..grouped.firsts.len()).collect();
        order.sort_by(|a, b| {
            let at = |group: &usize| grouped.firsts[*group] as usize;
            let compared =
                dimensions.iter().map(|cells| value_order::compare(&cells.value(at(a)), &cells.value(at(b))));
            compared.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        });
        let mut rank = vec![0; order.len()];
        for (place, group) in order.into_iter().enumerate() {
            rank[group] = place;
        }
        Ok(Events { list, groups: grouped.firsts, rank, users: users.firsts })
    }

    /// The place of a group in the order of its values.
    pub fn rank(&self, group: u32) -> usize {
        self.rank.get(group as usize).copied().unwrap_or_default()
    }

    /// The dimension columns for a list of groups.
    pub fn dimensions(
        &self,
        call: &PluginCall,
        rows: &PluginRows,
        groups: &[u32],
    ) -> Result<Vec<ArrayRef>, EvaluateError> {
        let firsts: UInt32Array =
            groups.iter().map(|group| self.groups.get(*group as usize).copied()).collect();
        let columns = call.places("Dimension").filter_map(|place| rows.columns.get(place));
        columns
            .map(|cells| take(&cells.array, &firsts, None).map_err(|error| EvaluateError(error.to_string())))
            .collect()
    }
}

/// The column in a slot.
pub fn column<'r>(
    call: &PluginCall,
    rows: &'r PluginRows,
    slot: &str,
) -> Result<&'r Argument, EvaluateError> {
    rows.columns.get(call.place(slot)).ok_or_else(|| EvaluateError(format!("{slot} is missing")))
}

/// The columns of an answer: the timeline, the dimensions, then others.
pub fn answer_columns(call: &PluginCall, times: &[&str], others: &[(&str, Type)]) -> Vec<Column> {
    let time = call.column("TimelineColumn");
    let mut columns: Vec<Column> =
        times.iter().map(|prefix| Column::new(format!("{prefix}{}", time.name), time.ty)).collect();
    columns.extend(call.places("Dimension").filter_map(|place| call.columns.get(place).cloned()));
    columns.extend(others.iter().map(|(name, ty)| Column::new(*name, *ty)));
    columns
}

/// Times as an array of the timeline's type.
pub fn times(ty: Type, times: impl IntoIterator<Item = i64>) -> ArrayRef {
    Value::to_array(ty, times.into_iter().map(|time| at(ty, time)))
}

/// A time as a value of the timeline's type.
pub fn at(ty: Type, time: i64) -> Value {
    match ty {
        Type::DateTime => Value::DateTime(time),
        Type::TimeSpan => Value::TimeSpan(time),
        Type::Int => i32::try_from(time).map_or(Value::Null(ty), Value::Int),
        _ => Value::Long(time),
    }
}

/// How long a period is.
#[derive(Clone, Copy, Debug)]
enum Step {
    Every(i64),
    Calendar(Period),
}

/// The time looked at, in periods.
#[derive(Clone, Copy, Debug)]
pub struct Periods {
    /// The first instant.
    pub start: i64,
    /// The last instant, included.
    pub end: i64,
    step: Step,
}

impl Periods {
    /// Reads the slots of start, end and step.
    pub fn read(call: &PluginCall, step: &str) -> Result<Periods, EvaluateError> {
        let start = call.long("Start").ok_or_else(|| EvaluateError("Start is null".to_owned()))?;
        let end = call.long("End").ok_or_else(|| EvaluateError("End is null".to_owned()))?;
        Periods::between(call, step, start, end)
    }

    /// From start to end by the step in a slot.
    pub fn between(call: &PluginCall, slot: &str, start: i64, end: i64) -> Result<Periods, EvaluateError> {
        let step = match call.constant(slot) {
            Some(Value::String(name)) => Step::Calendar(match name.to_ascii_lowercase().as_str() {
                "week" => Period::Week,
                "month" => Period::Month,
                "year" => Period::Year,
                _ => return Err(EvaluateError(format!("{slot} takes a length, 'week', 'month' or 'year'"))),
            }),
            _ => match call.long(slot).filter(|step| *step > 0) {
                Some(step) => Step::Every(step),
                None => return Err(EvaluateError(format!("{slot} must be above zero"))),
            },
        };
        Ok(Periods { start, end, step })
    }

    /// The first instant of the period of a time.
    pub fn of(&self, time: i64) -> i64 {
        match self.step {
            Step::Every(step) => {
                let since = time.saturating_sub(self.start);
                self.start.saturating_add(since.div_euclid(step).saturating_mul(step))
            }
            Step::Calendar(period) => period.start(time, 0).unwrap_or(time),
        }
    }

    /// The same with all periods beginning at whole steps from zero on.
    pub fn aligned(self) -> Periods {
        match self.step {
            Step::Every(step) => Periods { start: self.start.div_euclid(step).saturating_mul(step), ..self },
            Step::Calendar(_) => self,
        }
    }

    /// Whether a time is looked at.
    pub fn holds(&self, time: i64) -> bool {
        self.start <= time && time <= self.end
    }

    /// The first instants of all periods from start to end.
    pub fn all(&self) -> Result<Vec<i64>, EvaluateError> {
        let mut all = Vec::new();
        let mut at = self.of(self.start);
        while at <= self.end {
            if all.len() == MOST_PERIODS {
                return Err(EvaluateError(format!(
                    "more than {MOST_PERIODS} periods lie between Start and End"
                )));
            }
            all.push(at);
            let next = match self.step {
                Step::Every(step) => at.checked_add(step),
                Step::Calendar(period) => period.start(at, 1),
            };
            match next.filter(|next| *next > at) {
                Some(next) => at = next,
                None => break,
            }
        }
        Ok(all)
    }
}

/// Checks that known times have the type of the timeline, and lengths that of differences.
pub fn check_times(call: &PluginCall, instants: &[&str], lengths: &[&str]) -> Result<(), String> {
    let timeline = call.column("TimelineColumn").ty;
    let length = if timeline == Type::DateTime { Type::TimeSpan } else { timeline };
    let fits = |ty: Type, wanted: Type| ty == wanted || (ty.is_integer() && wanted.is_integer());
    for (slots, wanted) in [(instants, timeline), (lengths, length)] {
        for slot in slots {
            let Some(value) = call.constant(slot) else { continue };
            let named = slots == lengths && timeline == Type::DateTime && value.ty() == Type::String;
            if !fits(value.ty(), wanted) && !named {
                return Err(format!(
                    "{slot} is a {}, along a timeline of {timeline} it must be a {wanted}",
                    value.ty()
                ));
            }
        }
    }
    Ok(())
}

/// The periods of a call; without start and end those of all rows, at whole steps from zero on.
pub fn periods(call: &PluginCall, events: &Events, step: &str) -> Result<Periods, EvaluateError> {
    if call.constant("Start").is_some() {
        return Periods::read(call, step);
    }
    let times = || events.list.iter().map(|event| event.time);
    let (start, end) = (times().min().unwrap_or_default(), times().max().unwrap_or_default());
    Ok(Periods::between(call, step, start, end)?.aligned())
}
