//! `datetime_local_to_utc`: the UTC datetime at a local time of a zone.

use crate::function::*;
use crate::types::Type;
use crate::zones;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_local_to_utc",
    summary: "The UTC datetime at a local time of a zone; null for an unknown zone.",
    signatures: &[signature(
        &[
            required("from", Accepts::Is(Type::DateTime), "The datetime."),
            required("timezone", Accepts::Is(Type::String), "The IANA name of the zone, as `Europe/Berlin`."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[example(
        "print datetime_local_to_utc(datetime(2022-07-01 12:00), 'US/Pacific')",
        "2022-07-01T19:00:00.0000000Z",
    )],
    evaluate: |call| zones::evaluate(call, zones::to_utc),
    ..DEFAULTS
};
