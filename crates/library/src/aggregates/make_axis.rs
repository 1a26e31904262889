//! What the axis of `make-series` becomes once rows are grouped by keys and bin: its values as an array. Its name has a
//! blank, so that no query reaches it.

use crate::aggregate::*;
use crate::function::*;
use crate::states::series;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make axis",
    summary: "Gives the slots of an axis.",
    signatures: &[signature(
        &[
            required(
                "axis",
                Accepts::OneOf(&[Type::Int, Type::Long, Type::Real, Type::DateTime, Type::TimeSpan]),
                "Where on the axis: the start of a bin.",
            ),
            required("from", Accepts::Any, "The first slot, or null: the least value."),
            required("to", Accepts::Any, "The end, or null: the greatest value."),
            required("step", Accepts::Any, "The width of a slot."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    states: series::axis,
    ..crate::aggregate::DEFAULTS
};
