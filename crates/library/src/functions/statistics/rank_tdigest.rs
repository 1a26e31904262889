//! `rank_tdigest`: how many values of a digest made by `tdigest` are not above one.

use crate::digest::{Digest, kept};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "rank_tdigest",
    summary: "Counts the values of a digest that are not above a value.",
    signatures: &[signature(
        &[
            required("tdigest", Accepts::Is(Type::Dynamic), "A digest made by tdigest."),
            required(
                "value",
                Accepts::OneOf(&[
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "The value to place.",
            ),
        ],
        Returns::Is(Type::Real),
    )],
    result_name: ResultName::None,
    examples: &[example(
        "range x from 1 to 1000 step 1 | summarize t = tdigest(x) | project rank_tdigest(t, 685)",
        "685.0",
    )],
    evaluate: |call| {
        call.reals(|row| Some(Digest::from_json(&call[0].json(row)?)?.rank(kept(&call[1], row)?.0)))
    },
    ..DEFAULTS
};
