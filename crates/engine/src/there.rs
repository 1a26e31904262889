//! Rows of a table as they were there at an instant: what a query that ran then would have seen of rows that come late.

use std::sync::Arc;

/// Which rows of a table were there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct There {
    /// At this instant, ticks.
    pub at: i64,
    /// Columns of times: the first that is not null says since when a row is there, unless a list below names the row.
    /// A row without a time has always been there.
    pub since: Vec<String>,
    /// The column whose texts name rows.
    pub key: String,
    /// The rows that were not there, whatever their time.
    pub late: Arc<[String]>,
    /// No row of `late` has an earlier time; `i64::MIN` where one has none.
    pub late_from: i64,
    /// The rows that were there, whatever their time.
    pub early: Arc<[String]>,
}
