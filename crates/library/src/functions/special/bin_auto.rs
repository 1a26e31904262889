//! `bin_auto`: `bin` with the size and the fixed point that the query sets. The planner rewrites the call.

use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bin_auto",
    summary: "Rounds down to a multiple of the query option `query_bin_auto_size`, counted from `query_bin_auto_at`.",
    signatures: &[signature(
        &[required("value", Accepts::Summable, "The value to round down.")],
        Returns::Argument(0),
    )],
    examples: &[example(
        "set query_bin_auto_size=1h; print bin_auto(datetime(2020-01-01 10:45))",
        "2020-01-01T10:00:00.0000000Z",
    )],
    result_name: ResultName::FirstArgument,
    kind: Kind::Special(Special::BinAuto),
    ..DEFAULTS
};
