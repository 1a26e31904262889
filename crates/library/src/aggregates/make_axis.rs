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
            constant(required("from", Accepts::Any, "The first slot, or null: the least value.")),
            constant(required("to", Accepts::Any, "The end, or null: the greatest value.")),
            constant(required("step", Accepts::Any, "The width of a slot.")),
            constant(required(
                "inclusive",
                Accepts::Is(Type::Bool),
                "Whether the end belongs to the axis and slots are multiples of the step.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    states: series::axis,
    ..crate::aggregate::DEFAULTS
};
