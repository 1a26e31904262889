//! What evaluation needs from outside: answers. Whoever evaluates rules implements it over an engine, or over rows made up
//! for a test.

use crate::arrivals::{DELIVERIES, LOGS};
use calypso_library::{Answer, Value};
use std::sync::Arc;

/// The rows a query may see: those of which `TimeGenerated` lies within, both in ticks of 100 ns since 0001-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Rows are later than this.
    pub after: i64,
    /// And not later than this.
    pub until: i64,
}

/// The rows of the logs that had arrived at an instant: those of which `TimeGenerated` is not later, but for some.
/// Of `ProvisioningDelivery` those of which `ArrivalTime`, or else `EnvelopeTime`, is not later.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrived {
    /// The instant, ticks.
    pub by: i64,
    /// The `Id`s of rows that arrived later than that, though their time is not later.
    pub late: Arc<[String]>,
    /// No row of `late` has an earlier `TimeGenerated`, ticks.
    pub late_from: i64,
    /// The `Id`s of rows that had arrived, though their time is later.
    pub early: Arc<[String]>,
}

/// What had arrived of one table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ArrivedRows {
    /// The table.
    pub table: &'static str,
    /// Columns of times: the first that is not null tells since when a row is there, but for the rows below.
    pub since: &'static [&'static str],
    /// The column whose texts name rows.
    pub key: &'static str,
    /// The names of rows that were not there; none is of an earlier time than `late_from`.
    pub late: Arc<[String]>,
    /// Ticks.
    pub late_from: i64,
    /// The names of rows that were there.
    pub early: Arc<[String]>,
}

impl Arrived {
    /// Table by table.
    pub fn tables(&self) -> [ArrivedRows; 2] {
        let (late, early) = (Arc::clone(&self.late), Arc::clone(&self.early));
        let late_from = self.late_from;
        let rows = ArrivedRows { table: LOGS, since: &["TimeGenerated"], key: "Id", late, late_from, early };
        let since = &["ArrivalTime", "EnvelopeTime"];
        [rows, ArrivedRows { table: DELIVERIES, since, ..ArrivedRows::default() }]
    }
}

/// A question.
#[derive(Clone, PartialEq, Debug)]
pub struct Question<'a> {
    /// KQL.
    pub text: &'a str,
    /// The rows it may see; all, where it looks for itself.
    pub range: Option<Range>,
    /// The rows that had arrived; all, where that does not matter.
    pub arrived: Option<Arrived>,
    /// `now()` in it, in ticks.
    pub now: i64,
    /// Values of its parameters.
    pub parameters: Vec<(&'static str, Value)>,
}

/// Why there is no answer: a sentence, lower case, no full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused(pub String);

/// Who answers queries.
pub trait Ask {
    /// The answer to a question.
    ///
    /// # Errors
    /// Why there is none.
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused>;
}
