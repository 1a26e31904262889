//! `arg_min`: the row with the least value.

use crate::aggregate::*;
use crate::function::*;
use crate::states::extreme_row::ExtremeRow;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "arg_min",
    aliases: &["argmin"],
    summary: "Gives columns of the row in which the first argument is least; nulls lose.",
    signatures: &[signature(
        &[
            required(
                "extreme",
                Accepts::OneOf(&[
                    Type::Bool,
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::String,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "What is compared.",
            ),
            repeated("returned", Accepts::Any, 0, "Columns of the row found."),
        ],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    expands: Expands::Extreme("min"),
    examples: &[example(
        "datatable(k:string, v:long)['a', 1, 'b', 3, 'c', 2] | summarize arg_min(v, k)",
        "1, a",
    )],
    states: |call| Box::new(PerGroup::<ExtremeRow<false>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
