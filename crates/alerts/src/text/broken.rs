//! Why a text has no tree.

use crate::{Finding, Place};
use std::fmt;

/// Where a text cannot be read, and why: lower case, no full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Where.
    pub place: Place,
    /// What was found, and what was wanted.
    pub what: String,
}

impl Broken {
    pub(super) fn new(place: Place, what: impl Into<String>) -> Broken {
        Broken { place, what: what.into() }
    }
}

impl From<Broken> for Finding {
    fn from(broken: Broken) -> Finding {
        Finding::error("unreadable", broken.place, broken.what)
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}", self.place.line, self.place.column, self.what)
    }
}
