//! Syntax tree and catalog to a bound plan: every name resolved, every type known.

pub mod catalog;
pub mod plan;
