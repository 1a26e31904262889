//! `unixtime_microseconds_todatetime`: a datetime from microseconds since 1970-01-01.

use crate::calendar::{UNIX_EPOCH, in_range};
use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "unixtime_microseconds_todatetime",
    summary: "The datetime so many microseconds after 1970-01-01; null when it is out of range.",
    signatures: &[signature(
        &[required("number", Accepts::Number, "Microseconds since 1970-01-01.")],
        Returns::Is(Type::DateTime),
    )],
    examples: &[example(
        "print unixtime_microseconds_todatetime(1546300800000000)",
        "2019-01-01T00:00:00.0000000Z",
    )],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let number = &call[0];
    if number.ty.is_integer() {
        return call.longs(|row| {
            let value = number.long(row)?;
            value.checked_mul(10)?.checked_add(UNIX_EPOCH).and_then(in_range)
        });
    }
    call.longs(|row| {
        let ticks = (number.real(row)? * (10.0)).round();
        if ticks.is_nan() { None } else { (ticks as i64).checked_add(UNIX_EPOCH).and_then(in_range) }
    })
}
