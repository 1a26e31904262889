//! `datetime_utc_to_local`: the local time of a zone at a UTC datetime.

use crate::function::*;
use crate::types::Type;
use crate::zones;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_utc_to_local",
    summary: "The local time of a zone at a UTC datetime; null for an unknown zone.",
    signatures: &[signature(
        &[
            required("from", Accepts::Is(Type::DateTime), "The datetime."),
            required("timezone", Accepts::Is(Type::String), "The IANA name of the zone, as `Europe/Berlin`."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[example(
        "print datetime_utc_to_local(datetime(2022-07-01 12:00), 'US/Pacific')",
        "2022-07-01T05:00:00.0000000Z",
    )],
    evaluate: |call| zones::evaluate(call, zones::to_local),
    ..DEFAULTS
};
