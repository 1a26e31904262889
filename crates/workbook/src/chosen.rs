//! The value a parameter has while a page is made, and the names that are seen at a place of the workbook.

use crate::model::{Choice, Expansion};
use crate::time_range::TimeRange;
use std::collections::BTreeMap;

/// The value of one parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct Chosen {
    /// The value itself.
    pub held: Held,
    /// What stands around each value in queries.
    pub quote: String,
    /// What stands between values in queries.
    pub delimiter: String,
    /// What stands for all in queries, quoted like a value; none: all the values.
    pub select_all: Option<String>,
    /// Who wrote it; decides where it may stand in a query as it is.
    pub origin: Origin,
    /// The parameter's name for readers; empty: its name.
    pub label: String,
    /// Whether queries that name it wait until it is set.
    pub required: bool,
    /// For a text that rules put together: what stands for it in a query outside quotes. Values in it are written as
    /// values, so it may stand there whoever gave them.
    pub clause: Option<String>,
}

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Held {
    /// None.
    Unset,
    /// A text.
    Text(String),
    /// Out of the values offered.
    Picked {
        /// Whether all of them were chosen as such; `values` are then all that are offered.
        all: bool,
        /// The values, in order.
        values: Vec<Choice>,
    },
    /// A span of time.
    Time(TimeRange),
}

/// Who wrote a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The author of the workbook: it may be any part of a query.
    Author,
    /// The reader, or the logs: it is only ever a value.
    Given,
}

impl Chosen {
    /// A text of that origin, without quotes.
    pub fn text(text: impl Into<String>, origin: Origin) -> Chosen {
        Chosen {
            held: Held::Text(text.into()),
            quote: String::new(),
            delimiter: String::new(),
            select_all: None,
            origin,
            label: String::new(),
            required: false,
            clause: None,
        }
    }
}

/// The parameters seen at a place of the workbook: its own, then those of the groups around it.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// The scope around it.
    pub around: Option<&'a Scope<'a>>,
    /// Name and value of those declared here. A name declared again holds from there on.
    pub values: BTreeMap<String, Chosen>,
}

impl Scope<'_> {
    /// The value of that name (letter by letter), here or around.
    pub fn get(&self, name: &str) -> Option<&Chosen> {
        self.values.get(name).or_else(|| self.around?.get(name))
    }
}

/// The circumstances under which values become text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Circumstances {
    /// The page's now, ticks.
    pub now: i64,
    /// Whether Azure's mistakes are repeated: values are put into queries as they are.
    pub faithful: bool,
    /// How values reach queries.
    pub expansion: Expansion,
}
