//! `countif`: how many rows of a group meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::count;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "countif",
    summary: "Counts the rows for which the predicate is true.",
    signatures: &[signature(
        &[required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part.")],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("countif"),
    predicate: Some(0),
    native: Some(Native::Count),
    examples: &[example("range x from 1 to 5 step 1 | summarize countif(x > 3)", "2")],
    states: count::states,
    ..crate::aggregate::DEFAULTS
};
