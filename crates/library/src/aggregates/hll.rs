//! `hll`: the set of values of a group, to be counted later.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "hll",
    summary: "Gathers distinct values in a form that hll_merge unites and dcount_hll counts.",
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
            constant(optional(
                "accuracy",
                Accepts::Integer,
                "0 to 4: how close the estimate of a large number is.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("hll"),
    examples: &[example("range x from 1 to 5 step 1 | summarize dcount_hll(hll(x))", "5")],
    states: distinct::hll,
    ..crate::aggregate::DEFAULTS
};
