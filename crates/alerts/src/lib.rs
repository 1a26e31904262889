//! Alert rules: Azure Monitor's, Microsoft Sentinel's and our own files to one model, what is wrong with them, and back.
//!
//! ```
//! let text = "// severity: 2\n// every: 15m\n// window: 1h\n// fires: count() > 10\nT | where Failed\n";
//! let read = calypso_alerts::read(text, "failures.kql");
//! assert_eq!(read.findings, []);
//! assert_eq!(read.rules[0].name, "failures");
//! ```
//!
//! Nothing here runs a query, reads a file or knows the time: who evaluates rules brings an [`Ask`] and an instant.

mod arrivals;
mod ask;
pub mod azure;
pub mod compare;
mod convert;
pub mod evaluate;
mod filled;
mod finding;
mod form;
mod late_rows;
pub mod lint;
pub mod own;
mod read;
pub mod rule;
pub mod sentinel;
pub mod shift;
pub mod state;
#[cfg(test)]
mod tests;
pub mod text;
mod timespan;

pub use arrivals::Arrivals;
pub use ask::{Arrived, ArrivedRows, Ask, Question, Range, Refused};
pub use convert::{Written, convert};
pub use filled::Filled;
pub use finding::{Finding, Place, Weight};
pub use late_rows::{came_late, late_rows};
pub use read::{Parameters, Reading, read, read_with};
pub use rule::Rule;
pub use timespan::Timespan;
