//! The functions of this family. Written by the test `lists_are_current`.

pub mod ago;
pub mod around;
pub mod datetime_add;
pub mod datetime_diff;
pub mod datetime_list_timezones;
pub mod datetime_local_to_utc;
pub mod datetime_part;
pub mod datetime_utc_to_local;
pub mod dayofmonth;
pub mod dayofweek;
pub mod dayofyear;
pub mod endofday;
pub mod endofmonth;
pub mod endofweek;
pub mod endofyear;
pub mod format_datetime;
pub mod format_timespan;
pub mod getmonth;
pub mod getyear;
pub mod hourofday;
pub mod make_datetime;
pub mod make_timespan;
pub mod monthofyear;
pub mod now;
pub mod startofday;
pub mod startofmonth;
pub mod startofweek;
pub mod startofyear;
pub mod unixtime_microseconds_todatetime;
pub mod unixtime_milliseconds_todatetime;
pub mod unixtime_nanoseconds_todatetime;
pub mod unixtime_seconds_todatetime;
pub mod week_of_year;
pub mod weekofyear;

/// Every function of this family.
pub const ALL: &[&crate::function::Function] = &[
    &ago::FUNCTION,
    &around::FUNCTION,
    &datetime_add::FUNCTION,
    &datetime_diff::FUNCTION,
    &datetime_list_timezones::FUNCTION,
    &datetime_local_to_utc::FUNCTION,
    &datetime_part::FUNCTION,
    &datetime_utc_to_local::FUNCTION,
    &dayofmonth::FUNCTION,
    &dayofweek::FUNCTION,
    &dayofyear::FUNCTION,
    &endofday::FUNCTION,
    &endofmonth::FUNCTION,
    &endofweek::FUNCTION,
    &endofyear::FUNCTION,
    &format_datetime::FUNCTION,
    &format_timespan::FUNCTION,
    &getmonth::FUNCTION,
    &getyear::FUNCTION,
    &hourofday::FUNCTION,
    &make_datetime::FUNCTION,
    &make_timespan::FUNCTION,
    &monthofyear::FUNCTION,
    &now::FUNCTION,
    &startofday::FUNCTION,
    &startofmonth::FUNCTION,
    &startofweek::FUNCTION,
    &startofyear::FUNCTION,
    &unixtime_microseconds_todatetime::FUNCTION,
    &unixtime_milliseconds_todatetime::FUNCTION,
    &unixtime_nanoseconds_todatetime::FUNCTION,
    &unixtime_seconds_todatetime::FUNCTION,
    &week_of_year::FUNCTION,
    &weekofyear::FUNCTION,
];
