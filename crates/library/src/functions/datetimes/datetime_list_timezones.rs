//! `datetime_list_timezones`: the names of all time zones.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;
use crate::zones;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_list_timezones",
    summary: "The IANA names of all time zones, as an array.",
    signatures: &[signature(&[], Returns::Is(Type::Dynamic))],
    examples: &[example("print datetime_list_timezones() has 'Europe/Berlin'", "True")],
    evaluate: |call| call.dynamics(|_| Some(Json::from(zones::names()))),
    ..DEFAULTS
};
