//! `dcountif`: how many distinct values the rows that meet a predicate have.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "dcountif",
    summary: "Counts distinct values of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            constant(optional(
                "accuracy",
                Accepts::Integer,
                "0 to 4: how close the estimate of a large number is.",
            )),
        ],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("dcountif"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize dcountif(x % 2, x > 1)", "2")],
    states: distinct::dcount,
    ..crate::aggregate::DEFAULTS
};
