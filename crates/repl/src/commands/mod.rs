//! One file per command.

pub mod alert;
pub mod batch;
pub mod check;
pub mod convert;
pub mod explain;
pub mod fmt;
pub mod functions;
pub mod generate;
pub mod help;
pub mod import;
pub mod lint;
pub mod open;
pub mod page_rules;
pub mod queries;
pub mod query;
pub mod run;
pub mod serve;
pub mod store;
pub mod workbook;
