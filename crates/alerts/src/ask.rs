//! What evaluation needs from outside: answers. Whoever evaluates rules implements it over an engine, or over rows made up
//! for a test.

use calypso_library::{Answer, Value};

/// The rows a query may see: those of which `TimeGenerated` lies within, both in ticks of 100 ns since 0001-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Rows are later than this.
    pub after: i64,
    /// And not later than this.
    pub until: i64,
}

/// A question.
#[derive(Clone, PartialEq, Debug)]
pub struct Question<'a> {
    /// KQL.
    pub text: &'a str,
    /// The rows it may see; all, where it looks for itself.
    pub range: Option<Range>,
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
