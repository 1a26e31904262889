//! `range`: an array of evenly spaced values.

use crate::call::Call;
use crate::format::TICKS_PER_SECOND;
use crate::function::*;
use crate::json;
use crate::types::Type;
use crate::value::{Json, Value};

/// The function.
pub const FUNCTION: Function = Function {
    name: "range",
    summary: "Makes an array of values from a start to a stop, both included, by a step; at most 1,048,576 of them.",
    signatures: &[signature(
        &[
            required("start", Accepts::Summable, "The first value."),
            required("stop", Accepts::Summable, "The bound; the last value does not pass it."),
            optional("step", Accepts::Summable, "The distance: 1 without it, or 1h for times."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print range(1, 8, 3)", "[1,4,7]"),
        example("print range(1.0, 2, 0.5)", "[1.0,1.5,2.0]"),
        example("print range(1d, 2d, 12h)", "[\"1.00:00:00\",\"1.12:00:00\",\"2.00:00:00\"]"),
    ],
    evaluate: |call| {
        let is = |ty: Type| call.arguments.iter().any(|argument| argument.ty == ty);
        if is(Type::Real) || is(Type::Decimal) {
            return call.dynamics(|row| reals(call, row));
        }
        let hour = 3600 * TICKS_PER_SECOND;
        match call[0].ty {
            Type::DateTime => call.dynamics(|row| longs(call, row, hour, Value::DateTime)),
            Type::TimeSpan => call.dynamics(|row| longs(call, row, hour, Value::TimeSpan)),
            _ => call.dynamics(|row| longs(call, row, 1, Value::Long)),
        }
    },
    ..DEFAULTS
};

/// The most elements of one array; what would follow is left out.
const MOST: usize = 1 << 20;

/// Whole numbers or ticks; a step of zero gives nothing.
fn longs(call: &Call, row: usize, step: i64, wrap: fn(i64) -> Value) -> Option<Json> {
    let (start, stop) = (call[0].long(row)?, call[1].long(row)?);
    let step = call.get(2).map_or(Some(step), |step| step.long(row))?;
    if step == 0 {
        return None;
    }
    let values = std::iter::successors(Some(start), |value| value.checked_add(step))
        .take_while(|value| if step > 0 { *value <= stop } else { *value >= stop });
    Some(values.take(MOST).filter_map(|value| json::from_value(&wrap(value))).collect())
}

/// Reals, each a multiple of the step from the start.
fn reals(call: &Call, row: usize) -> Option<Json> {
    let (start, stop) = (call[0].real(row)?, call[1].real(row)?);
    let step = call.get(2).map_or(Some(1.0), |step| step.real(row))?;
    if step == 0.0 || !(start.is_finite() && stop.is_finite() && step.is_finite()) {
        return None;
    }
    let values = (0..MOST)
        .map(|index| start + index as f64 * step)
        .take_while(|value| if step > 0.0 { *value <= stop } else { *value >= stop });
    Some(values.map(json::from_real).collect())
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{call, l, text};
    use crate::value::{Json, Value};

    #[test]
    fn bounds() {
        assert_eq!(text(&FUNCTION, &[l(1), l(3)]), "[1,2,3]");
        assert_eq!(text(&FUNCTION, &[l(3), l(1)]), "[]");
        assert_eq!(text(&FUNCTION, &[l(3), l(1), l(-1)]), "[3,2,1]");
        assert_eq!(text(&FUNCTION, &[l(1), l(3), l(0)]), "");
        assert_eq!(
            text(&FUNCTION, &[l(i64::MAX - 1), l(i64::MAX)]),
            format!("[{},{}]", i64::MAX - 1, i64::MAX)
        );
        let Value::Dynamic(Json::Array(all)) = call(&FUNCTION, &[l(1), l(1_000_000_000)]) else {
            panic!("an array")
        };
        assert_eq!(all.len(), 1_048_576);
    }
}
