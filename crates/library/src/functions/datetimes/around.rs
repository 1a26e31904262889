//! `around`: whether a value lies no farther than so much from a center.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::overload::widest;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "around",
    summary: "Whether a value lies no farther than a distance from a center.",
    overload: Some(overload),
    examples: &[
        example("print around(datetime(2020-01-01 00:00:30), datetime(2020-01-01), 1m)", "True"),
        example("print around(7, 5, 1)", "False"),
    ],
    evaluate,
    ..DEFAULTS
};

/// A datetime with a timespan, timespans, or numbers.
fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [value, center, distance] = arguments else {
        return None;
    };
    let given = [value.ty, center.ty, distance.ty];
    let types = match given {
        [Type::DateTime, Type::DateTime, Type::TimeSpan]
        | [Type::TimeSpan, Type::TimeSpan, Type::TimeSpan] => given,
        [Type::Dynamic, Type::DateTime, Type::TimeSpan] => [Type::DateTime, Type::DateTime, Type::TimeSpan],
        _ if given.iter().all(|ty| ty.is_number()) => {
            [if widest(&given) == Type::Long { Type::Long } else { Type::Real }; 3]
        }
        _ => return None,
    };
    Some(Overload { arguments: types.to_vec(), returns: Type::Bool })
}

fn evaluate(call: &Call) -> Evaluated {
    let (value, center, distance) = (&call[0], &call[1], &call[2]);
    if value.ty == Type::Real {
        return call.bools(|row| {
            let away = (value.real(row)? - center.real(row)?).abs();
            Some(away <= distance.real(row)?)
        });
    }
    call.bools(|row| {
        let (value, center, distance) = (value.long(row)?, center.long(row)?, distance.long(row)?);
        Some(value >= center.saturating_sub(distance) && value <= center.saturating_add(distance))
    })
}
