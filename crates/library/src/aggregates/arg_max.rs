//! `arg_max`: the row with the greatest value.

use crate::aggregate::*;
use crate::function::*;
use crate::states::extreme_row::ExtremeRow;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "arg_max",
    aliases: &["argmax"],
    summary: "Gives columns of the row in which the first argument is greatest; nulls lose.",
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
    expands: Expands::Extreme("max"),
    examples: &[example(
        "datatable(k:string, v:long)['a', 1, 'b', 3, 'c', 2] | summarize arg_max(v, k)",
        "3, b",
    )],
    states: |call| Box::new(PerGroup::<ExtremeRow<true>>::new(call)),
    ..crate::aggregate::DEFAULTS
};
