//! When the rows of the logs arrived, as far as that differs from their own time. In: the tables `AADProvisioningLogs` and
//! `ProvisioningDelivery`. Out: for each instant the rows that a query at that instant would not have seen.

use crate::ask::{Arrived, Ask, Question, Refused};
use crate::evaluate::rows::{each, instant, needed, number};
use crate::rule::Rule;
use crate::timespan::common;
use calypso_library::Value;
use std::sync::Arc;

/// The table of which rows arrive.
pub(crate) const LOGS: &str = "AADProvisioningLogs";

/// The table that tells when.
pub(crate) const DELIVERIES: &str = "ProvisioningDelivery";

/// The rows that came late, or before their time, for an evaluation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Arrivals {
    /// The rows of the stretch of time.
    pub rows: u64,
    /// Those of which it is not known when they arrived: they count as there at their own time.
    pub unknown: u64,
    /// In the order of their beginnings.
    moved: Vec<Moved>,
    /// The longest way between the time of a row and its arrival, ticks.
    longest: i64,
    /// The columns of the logs.
    columns: Vec<String>,
}

/// A row that did not arrive at its own time.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Moved {
    time: i64,
    arrived: i64,
    id: String,
}

impl Moved {
    /// From then on one of the two, time or arrival, has been.
    fn begin(&self) -> i64 {
        self.time.min(self.arrived)
    }

    /// From then on both have been.
    fn end(&self) -> i64 {
        self.time.max(self.arrived)
    }
}

impl Arrivals {
    /// Those that matter to the evaluations of rules at their instants `after < t <= until`.
    ///
    /// # Errors
    /// When the tables cannot be asked.
    pub fn read(rules: &[Rule], after: i64, until: i64, ask: &mut dyn Ask) -> Result<Arrivals, Refused> {
        let every = rules.iter().fold(0, |every, rule| common(rule.schedule.every.ticks(), every)).max(1);
        let parameters = vec![
            ("After", Value::DateTime(after)),
            ("Until", Value::DateTime(until)),
            ("Every", Value::TimeSpan(every)),
        ];
        let mut answer = |text: &str| {
            let text = format!("{DECLARED}\n{text}");
            let parameters = parameters.clone();
            ask.ask(&Question { text: &text, range: None, arrived: None, now: until, parameters })
        };
        let told = answer(COUNTED)?;
        let mut counts = (0, 0);
        let (rows, unknown) = (needed(&told, "Rows")?, needed(&told, "Unknown")?);
        let count = |value: Value| number(&value).unwrap_or(0.0) as u64;
        each(&told, |row| counts = (count(row(rows)), count(row(unknown))));
        let told = answer(MOVED)?;
        let (id, time, arrived) =
            (needed(&told, "Id")?, needed(&told, "TimeGenerated")?, needed(&told, "ArrivalTime")?);
        let mut moved = Vec::with_capacity(told.rows());
        each(&told, |row| {
            let Some(arrived) = instant(&row(arrived)) else { return };
            // A row without a time is of all times: none is before 0001-01-01.
            let time = instant(&row(time)).unwrap_or(0);
            moved.push(Moved { time, arrived, id: row(id).text() });
        });
        moved.sort_by(|one, other| (one.begin(), &one.id).cmp(&(other.begin(), &other.id)));
        let longest = moved.iter().map(|row| row.end().saturating_sub(row.begin())).max().unwrap_or(0);
        let columns = answer(&format!("{LOGS} | take 0"))?.columns;
        let columns = columns.into_iter().map(|column| column.name).collect();
        Ok(Arrivals { rows: counts.0, unknown: counts.1, moved, longest, columns })
    }

    /// What had arrived at instants, one after the other.
    pub fn sweep(&self) -> Sweep<'_> {
        Sweep { arrivals: self, next: 0, between: Vec::new() }
    }

    /// The `Id`s of the rows that were late at any of these instants, which are in order.
    pub fn late_at(&self, instants: &[i64]) -> Vec<&str> {
        let (Some(first), Some(last)) = (instants.first(), instants.last()) else { return Vec::new() };
        let from = self.moved.partition_point(|row| row.begin() < first.saturating_sub(self.longest));
        let until = self.moved.partition_point(|row| row.begin() <= *last);
        let late = self.moved.get(from..until).unwrap_or_default().iter().filter(|row| {
            let next = instants.partition_point(|at| *at < row.time);
            instants.get(next).is_some_and(|at| *at < row.arrived)
        });
        late.map(|row| row.id.as_str()).collect()
    }

    /// When the last of the rows that were late at an instant arrived.
    pub fn whole_at(&self, at: i64) -> i64 {
        let until = self.moved.partition_point(|row| row.begin() <= at);
        let from = self.moved.partition_point(|row| row.begin() < at.saturating_sub(self.longest));
        let late = self.moved.get(from..until).unwrap_or_default().iter().filter(|row| row.time <= at);
        late.map(|row| row.arrived).max().map_or(at, |last| last.max(at))
    }

    /// Whether the logs have a column of that name.
    pub(crate) fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }
}

const DECLARED: &str = "declare query_parameters(After: datetime, Until: datetime, Every: timespan);";

const COUNTED: &str = "\
AADProvisioningLogs
| where TimeGenerated > After and TimeGenerated <= Until
| join kind=leftouter (ProvisioningDelivery | where isnotempty(Id) | project Id, ArrivalTime) on Id
| summarize Rows = count(), Unknown = countif(isnull(ArrivalTime))";

/// Rows that an evaluation found between their time and their arrival.
const MOVED: &str = "\
AADProvisioningLogs
| where isnotempty(Id)
| project Id, TimeGenerated
| join kind=inner (
    ProvisioningDelivery | where isnotnull(ArrivalTime) and isnotempty(Id) | project Id, ArrivalTime
    ) on Id
| extend Time = coalesce(TimeGenerated, datetime(0001-01-01))
| extend Begin = iff(Time < ArrivalTime, Time, ArrivalTime), End = iff(Time < ArrivalTime, ArrivalTime, Time)
| where End > After and Begin <= Until and bin(End - 1tick, Every) >= Begin
| project Id, TimeGenerated, ArrivalTime";

/// Goes through instants, which must not become earlier.
pub struct Sweep<'a> {
    arrivals: &'a Arrivals,
    next: usize,
    /// Rows that have begun and not ended.
    between: Vec<&'a Moved>,
}

impl Sweep<'_> {
    /// What had arrived at an instant.
    pub fn at(&mut self, by: i64) -> Arrived {
        let rest = self.arrivals.moved.get(self.next..).unwrap_or_default();
        let begun = rest.iter().take_while(|row| row.begin() <= by);
        self.between.extend(begun.clone());
        self.next += begun.count();
        self.between.retain(|row| row.end() > by);
        let (late, early): (Vec<&Moved>, Vec<&Moved>) = self.between.iter().partition(|row| row.time <= by);
        let ids = |rows: &[&Moved]| -> Arc<[String]> { rows.iter().map(|row| row.id.clone()).collect() };
        let late_from = late.iter().map(|row| row.time).min().unwrap_or(by);
        Arrived { by, late: ids(&late), late_from, early: ids(&early) }
    }
}
