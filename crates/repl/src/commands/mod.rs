//! One file per command.

pub mod batch;
pub mod generate;
pub mod open;
pub mod query;
pub mod run;
