//! `dcount`: how many distinct values a group has.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "dcount",
    summary: "Counts distinct values: exactly up to 65,536 of them, beyond that as an estimate; nulls are left out.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            constant(optional(
                "accuracy",
                Accepts::Integer,
                "0 to 4: how close the estimate of a large number is.",
            )),
        ],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("dcount"),
    examples: &[
        example("datatable(s:string)['a', 'b', 'a'] | summarize dcount(s)", "2"),
        example("datatable(x:long)[1, long(null)] | summarize dcount(x)", "1"),
    ],
    states: distinct::dcount,
    ..crate::aggregate::DEFAULTS
};
