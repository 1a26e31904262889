//! One file per delivered shape: each turns a record of that shape into a row of a log table.

pub(crate) mod diagnostic;
