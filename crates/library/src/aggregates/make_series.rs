//! What an aggregate of `make-series` becomes once rows are grouped by keys and bin: the values of the slots of an axis
//! as an array. Its name has a blank, so that no query reaches it.

use crate::aggregate::*;
use crate::function::*;
use crate::states::series;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make series",
    summary: "Gathers values into the slots of an axis.",
    signatures: &[signature(
        &[
            required(
                "axis",
                Accepts::OneOf(&[Type::Int, Type::Long, Type::Real, Type::DateTime, Type::TimeSpan]),
                "Where on the axis: the start of a bin.",
            ),
            required("value", Accepts::Any, "What stands there."),
            required("from", Accepts::Any, "The first slot, or null: the least value."),
            required("to", Accepts::Any, "The end, or null: the greatest value."),
            required("step", Accepts::Any, "The width of a slot."),
            constant(required(
                "default",
                Accepts::Any,
                "What stands in slots without a value; a null is null.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    states: series::series,
    ..crate::aggregate::DEFAULTS
};
