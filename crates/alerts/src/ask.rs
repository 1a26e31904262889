//! What evaluation needs from outside: answers. Whoever evaluates rules implements it over an engine, or over rows made up
//! for a test.

use calypso_library::Answer;

/// The rows a query may see: those of which `TimeGenerated` lies within, both in ticks of 100 ns since 0001-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Rows are later than this.
    pub after: i64,
    /// And not later than this.
    pub until: i64,
}

/// Why there is no answer: a sentence, lower case, no full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused(pub String);

/// Who answers queries.
pub trait Ask {
    /// The answer to a query over a range of the logs. `now()` in it is `now`, in ticks.
    fn ask(&mut self, query: &str, range: Range, now: i64) -> Result<Answer, Refused>;
}
