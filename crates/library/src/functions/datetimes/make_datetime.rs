//! `make_datetime`: a datetime from its parts.

use crate::calendar::{date, time};
use crate::call::{Call, Evaluated};
use crate::convert::conversion;
use crate::format::TICKS_PER_SECOND;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "make_datetime",
    summary: "A datetime from its parts; null when there is no such date or time.",
    signatures: &[
        signature(
            &[
                required("year", Accepts::Is(Type::Long), "1 to 9999."),
                required("month", Accepts::Is(Type::Long), "1 to 12."),
                required("day", Accepts::Is(Type::Long), "1 to 31."),
                optional("hour", Accepts::Is(Type::Long), "0 to 23."),
                optional("minute", Accepts::Is(Type::Long), "0 to 59."),
                optional("second", Accepts::Is(Type::Real), "0 to less than 60."),
            ],
            Returns::Is(Type::DateTime),
        ),
        signature(
            &[required("value", Accepts::Any, "What `todatetime` reads.")],
            Returns::Is(Type::DateTime),
        ),
    ],
    examples: &[
        example("print make_datetime(2017, 10, 1, 12, 11, 0.1234567)", "2017-10-01T12:11:00.1234567Z"),
        example("print isnull(make_datetime(2017, 13, 1))", "True"),
    ],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    if call.arguments.len() == 1 {
        return (conversion(Type::DateTime).evaluate)(call);
    }
    let part = |index: usize, row: usize| call.get(index).map_or(Some(0), |argument| argument.long(row));
    call.longs(|row| {
        let day = date(part(0, row)?, part(1, row)?, part(2, row)?)?;
        let seconds = call.get(5).map_or(Some(0.0), |argument| argument.real(row))?;
        if !(0.0..60.0).contains(&seconds) {
            return None;
        }
        let ticks = (seconds * TICKS_PER_SECOND as f64).round() as i64;
        Some(day + time(part(3, row)?, part(4, row)?, 0, ticks)?)
    })
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value::Long;

    #[test]
    fn parts() {
        let make =
            |parts: &[i64]| answer("make_datetime", &parts.iter().copied().map(Long).collect::<Vec<_>>());
        assert_eq!(make(&[2017, 10, 1]), "2017-10-01T00:00:00.0000000Z");
        assert_eq!(make(&[2017, 10, 1, 12, 10]), "2017-10-01T12:10:00.0000000Z");
        for parts in [[2017, 2, 29, 0, 0], [2017, 1, 1, 24, 0], [2017, 1, 1, 0, -1], [0, 1, 1, 0, 0]] {
            assert_eq!(make(&parts), "null");
        }
        assert_eq!(answer("make_datetime", &[s("2017-10-01")]), "2017-10-01T00:00:00.0000000Z");
    }
}
