//! Runs queries: a bound plan becomes a DataFusion plan, that becomes record batches. The only crate that names
//! DataFusion. In: tables and query text. Out: answers.

mod best_rows;
mod cache;
mod catalog;
mod change;
mod engine;
mod error;
mod exec;
mod files;
mod fuse;
mod held;
pub mod host;
mod lower;
mod memory;
mod optimization;
mod prepare;
mod run;
mod session;
mod share;
mod shredded;
mod tables;
mod there;
mod together;
mod udf;

pub use calypso_planner::catalog::StoredFunction;
pub use engine::{Engine, EngineOptions, RunOptions};
pub use error::{EngineError, QueryError};
pub use optimization::{Optimization, Optimizations};
pub use run::CancelToken;
pub use tables::{ListFiles, TableFile};
pub use there::There;
