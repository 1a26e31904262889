//! `percentrank_tdigest`: what part of a digest made by `tdigest` is not above a value, in percent.

use crate::digest::{Digest, kept};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "percentrank_tdigest",
    summary: "Gives the part of the values of a digest that are not above a value, in percent.",
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
        "range x from 1 to 1000 step 1 | summarize t = tdigest(x) | project percentrank_tdigest(t, 685)",
        "68.5",
    )],
    evaluate: |call| {
        call.reals(|row| {
            let digest = Digest::from_json(&call[0].json(row)?)?;
            Some(digest.rank(kept(&call[1], row)?.0) / digest.total() * 100.0)
        })
    },
    ..DEFAULTS
};
