//! `make_timespan`: a timespan from its parts.

use crate::calendar::time;
use crate::call::{Argument, Call, Evaluated};
use crate::convert::conversion;
use crate::format::{TICKS_PER_DAY, TICKS_PER_SECOND};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "make_timespan",
    summary: "A timespan from hours, minutes and seconds, with days before them where wanted; null when a part is out of its range.",
    signatures: &[
        signature(
            &[
                required("day", Accepts::Is(Type::Long), "Days."),
                required("hour", Accepts::Is(Type::Long), "0 to 23."),
                required("minute", Accepts::Is(Type::Long), "0 to 59."),
                required("second", Accepts::Is(Type::Real), "0 to less than 60."),
            ],
            Returns::Is(Type::TimeSpan),
        ),
        signature(
            &[
                required("hour", Accepts::Is(Type::Long), "0 to 23."),
                required("minute", Accepts::Is(Type::Long), "0 to 59."),
                optional("second", Accepts::Is(Type::Real), "0 to less than 60."),
            ],
            Returns::Is(Type::TimeSpan),
        ),
        signature(
            &[required("value", Accepts::Any, "What `totimespan` reads.")],
            Returns::Is(Type::TimeSpan),
        ),
    ],
    examples: &[
        example("print make_timespan(1, 12, 30, 55.123)", "1.12:30:55.1230000"),
        example("print make_timespan(12, 30)", "12:30:00"),
    ],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let (days, hours, minutes, seconds) = match call.arguments {
        [_] => return (conversion(Type::TimeSpan).evaluate)(call),
        [hours, minutes] => (None, hours, minutes, None),
        [hours, minutes, seconds] => (None, hours, minutes, Some(seconds)),
        [days, hours, minutes, seconds, ..] => (Some(days), hours, minutes, Some(seconds)),
        [] => return call.longs(|_| None),
    };
    let or_zero = |part: Option<&Argument>, row| part.map_or(Some(0), |part| part.long(row));
    call.longs(|row| {
        let seconds = seconds.map_or(Some(0.0), |seconds| seconds.real(row))?;
        if !(0.0..60.0).contains(&seconds) {
            return None;
        }
        let ticks = (seconds * TICKS_PER_SECOND as f64).round() as i64;
        let of_day = time(hours.long(row)?, minutes.long(row)?, 0, ticks)?;
        or_zero(days, row)?.checked_mul(TICKS_PER_DAY)?.checked_add(of_day)
    })
}
