//! Syntax tree and catalog to a bound plan: every name resolved, every type known. In: what the parser gives, and a
//! [`catalog::Catalog`]. Out: a [`plan::Bound`], or diagnostics with places in the text.
//!
//! `let`s and query-defined functions are expanded here; the plan knows nothing of them.

pub mod catalog;
pub mod outline;
pub mod plan;
pub mod reach;

mod aggregate_call;
mod binder;
mod builtins;
mod call;
mod command;
pub mod effect;
mod entity;
mod environment;
mod expression;
mod fold;
mod graph;
mod graph_pattern;
mod graph_values;
mod invocation;
mod listed;
mod literal;
mod mentioned;
mod misfit;
mod names;
mod operators;
mod overloads;
mod pattern;
mod pipeline;
mod renumber;
mod restrict;
mod search_terms;
mod several;
mod sources;
mod statement;
pub mod suggest;
mod unknown;
mod walk;
mod words;

use calypso_library::Value;
use calypso_parser::Diagnostic;
use calypso_parser::ast::Query;
use catalog::Catalog;
use plan::Bound;
use std::collections::BTreeMap;

/// Circumstances of one binding.
#[derive(Clone, Debug, Default)]
pub struct BindOptions {
    /// Values for `declare query_parameters`, by name. They are data, never query text.
    pub parameters: BTreeMap<String, Value>,
    /// Parameters without a value get theirs later: that they have none is no error. The plan is good for nothing but its
    /// columns then.
    pub values_later: bool,
}

/// Binds a query. Without errors among the diagnostics the plan is whole.
pub fn bind(query: &Query, catalog: &dyn Catalog, options: &BindOptions) -> (Option<Bound>, Vec<Diagnostic>) {
    let mut binder = binder::Binder::new(catalog, options);
    let bound = binder.query(query);
    (bound, binder.diagnostics)
}
