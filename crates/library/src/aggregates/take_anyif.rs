//! `take_anyif`: some value of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::any::Any;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "take_anyif",
    summary: "Gives a value of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required("value", Accepts::Any, "The column wanted."),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize take_anyif(x, x > 4)", "5")],
    states: |call| Box::new(PerGroup::<Any<true>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
