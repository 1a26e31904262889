//! `count`: how many rows a group has.

use crate::aggregate::*;
use crate::function::*;
use crate::states::count;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "count",
    summary: "Counts the rows of a group, nulls too.",
    signatures: &[
        signature(&[], Returns::Is(Type::Long)),
        signature(
            &[required("x", Accepts::Any, "Not looked at: a row counts also when this is null.")],
            Returns::Is(Type::Long),
        ),
    ],
    result_name: ResultName::Prefix("count"),
    native: Some(Native::Count),
    examples: &[
        example("datatable(x:long)[1, long(null)] | summarize count(), count(x)", "2, 2"),
        example("datatable(x:long)[] | summarize count()", "0"),
    ],
    states: count::states,
    ..crate::aggregate::DEFAULTS
};
