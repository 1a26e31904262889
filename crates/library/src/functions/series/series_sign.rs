//! `series_sign`: signs of a series.

use crate::function::*;
use crate::series::each;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_sign",
    summary: "Gives -1, 0 or 1 by the sign of each element.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_sign(dynamic([-6, 0, 8]))", "[-1,0,1]")],
    evaluate: |call| {
        call.dynamics(|row| {
            each(&call[0], row, Some(i64::signum), |x| Some(if x == 0.0 { 0.0 } else { x.signum() }))
        })
    },
    ..DEFAULTS
};
