//! `hll_if`: the set of values of the rows that meet a predicate, to be counted later.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "hll_if",
    summary: "Gathers distinct values of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required(
                "x",
                Accepts::OneOf(&[
                    Type::Int,
                    Type::Long,
                    Type::Decimal,
                    Type::String,
                    Type::DateTime,
                    Type::TimeSpan,
                    Type::Guid,
                    Type::Dynamic,
                ]),
                "The values.",
            ),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            constant(optional(
                "accuracy",
                Accepts::Integer,
                "0 to 4: how close the estimate of a large number is.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("hll_if"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize dcount_hll(hll_if(x, x > 3))", "2")],
    states: distinct::hll,
    ..crate::aggregate::DEFAULTS
};
