//! One file per delivered shape: each turns a record of that shape into a row of a log table.

pub(crate) mod audit;
pub(crate) mod diagnostic;
pub(crate) mod graph;
pub(crate) mod log_analytics;
pub(crate) mod portal_csv;
