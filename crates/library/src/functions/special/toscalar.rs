//! `toscalar`: the first cell of a table, found once for the whole query. The planner rewrites the call.

use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "toscalar",
    summary: "The first column of the first row of a table, found once for the whole query.",
    signatures: &[signature(
        &[required("table", Accepts::Any, "A tabular expression.")],
        Returns::Argument(0),
    )],
    examples: &[example("print toscalar(range x from 7 to 9 step 1)", "7")],
    result_name: ResultName::None,
    kind: Kind::Special(Special::ToScalar),
    ..DEFAULTS
};
