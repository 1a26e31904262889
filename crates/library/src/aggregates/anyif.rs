//! `anyif`: the old name of take_anyif.

use crate::aggregate::*;
use crate::function::*;
use crate::states::any::Any;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "anyif",
    summary: "Gives a value of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required("value", Accepts::Any, "The column wanted."),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Argument(0),
    )],
    result_name: ResultName::Prefix("any"),
    predicate: Some(1),
    examples: &[],
    states: |call| Box::new(PerGroup::<Any<true>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
