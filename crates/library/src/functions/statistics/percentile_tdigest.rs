//! `percentile_tdigest`: a percentile of a digest made by `tdigest`.

use crate::digest::{Digest, converted};
use crate::function::*;
use crate::overload::named_type;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "percentile_tdigest",
    summary: "Gives the value at a percentile of a digest; a type may be named, else the answer is dynamic.",
    signatures: &[
        signature(
            &[
                required("tdigest", Accepts::Is(Type::Dynamic), "A digest made by tdigest."),
                required("percentile", Accepts::Number, "0 to 100."),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required("tdigest", Accepts::Is(Type::Dynamic), "A digest made by tdigest."),
                required("percentile", Accepts::Number, "0 to 100."),
                constant(required("type", Accepts::Is(Type::String), "The type wanted, as typeof(long).")),
            ],
            Returns::Computed(|arguments| named_type(arguments.get(2))),
        ),
    ],
    result_name: ResultName::Prefix("percentile_tdigest"),
    examples: &[example(
        "range x from 1 to 9 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 50), percentile_tdigest(t, 100, typeof(real))",
        "5, 9.0",
    )],
    evaluate: |call| {
        call.values(|row| {
            let found = call[0].json(row).as_ref().and_then(Digest::from_json).and_then(|mut digest| {
                digest.settle();
                digest.percentile(call[1].real(row)?)
            });
            found.map_or(Value::Null(call.returns), |value| converted(value, call.returns))
        })
    },
    ..DEFAULTS
};
