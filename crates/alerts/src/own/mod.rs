//! Our own form: a query that runs as it is, below comments that say when it fires.
//!
//! ```text
//! // title: Many objects of one job fail
//! // severity: 2
//! // every: 15m
//! // window: 1h
//! // dimensions: JobId
//! // fires: sum(Objects) > 10 in 1 of 1 windows
//! // resolves: after 3 clear
//! // warm-up: 1d
//! AADProvisioningLogs
//! | where ResultType == "Failure"
//! | summarize Objects = dcount(tostring(parse_json(SourceIdentity).Id)) by JobId
//! ```
//!
//! | comment | says | where left out |
//! |---|---|---|
//! | `title`, `description` | what people read; a second `description` is its next line | nothing |
//! | `panel` | the panel of a workbook that shows what it is about: `cloud-sync/recent errors` | none |
//! | `severity` | 0 to 4, or `critical`, `error`, `warning`, `informational`, `verbose` | 3 |
//! | `enabled` | `true`, `false` | `true` |
//! | `every` | the time between evaluations | the window, at most 1 d |
//! | `window` | what one value is made of | must be there |
//! | `range` | what the query is asked for, any length | the windows |
//! | `delay` | evaluates the range that ends so long ago | `0s` |
//! | `dimensions` | columns that tell series apart: `JobId, Action in ("Delete"), Code not in ("")` | one series |
//! | `fires` | `count() > 10`, `sum(X) >= 1`, `avg`, `min`, `max`; `in 2 of 3 windows` | must be there |
//! | `absent within` | series seen so long before count 0 when they have no rows | a series without rows is none |
//! | `resolves` | `as azure`, `after 3 clear`, `next day`, `at once`, `never` | `as azure` |
//! | `mute` | with `never`: quiet for so long after a notification | never quiet |
//! | `warm-up` | a series is silent for so long after its first row | `0s` |
//! | `property NAME` | travels with notifications | nothing |
//! | `param NAME` | tells what a `let` of the query is for | nothing |
//! | `keep PATH` | JSON of another form's field that means nothing here | nothing |
//!
//! A NAME or PATH with a colon, quotes or other blanks than one at a time stands in quotes, as JSON: `// property "a: b": c`.
//!
//! A line `// criterion:` begins another criterion with its own `dimensions`, `fires` and `absent within` and its own query: all
//! must fail for a series to fire. A line `// resolved by:` begins a query whose rows end alerts. `// query:` ends the
//! comments where the query begins with some of its own.
//!
//! Rules that give the value of each evaluation themselves ([`Series`](crate::rule::Series)) have `kind: series`, `fires: Value > 10` or
//! `Value > Threshold`, no `range`, `warm-up` or `absent within`, and may have `resolves: when COLUMN`.
//!
//! Sentinel's rules have `kind: scheduled` or `kind: realtime`, `period` in place of `window`, `fires: count() > 0`,
//! `alerts: one` or `per row`, `suppress: 5h`, `entity Account: FullName = Upn`, `detail Job: JobId`, `alert title`,
//! `alert description`, `alert severity column`, `alert tactics column`, `alert property NAME`, `tactics`, `techniques`.

mod counted;
pub(crate) mod header;

mod life;
mod measured;
pub(crate) mod phrases;
mod read;
mod series;
mod settings;
mod words;

pub use read::read;
pub(crate) use words::{column_text, listed, name_text, quoted};
