//! `datetime_diff`: how many borders of a period lie between two datetimes.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::periods::{Period, constant_period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_diff",
    summary: "How many borders of a period lie between two datetimes: the first less the second. Weeks start on Sunday.",
    signatures: &[signature(
        &[
            constant(required(
                "period",
                Accepts::Is(Type::String),
                "year, quarter, month, week, day, hour, minute, second, millisecond, microsecond or nanosecond.",
            )),
            required("datetime1", Accepts::Is(Type::DateTime), "The later one, for a positive answer."),
            required("datetime2", Accepts::Is(Type::DateTime), "The earlier one."),
        ],
        Returns::Computed(returns),
    )],
    examples: &[
        example("print datetime_diff('day', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", "29"),
        example("print datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", "17"),
    ],
    evaluate,
    ..DEFAULTS
};

/// Weeks are counted in a real, all else in a long.
fn returns(arguments: &[ArgumentInfo]) -> Option<Type> {
    let period = arguments.first()?.constant.as_ref()?.text();
    Some(if period.eq_ignore_ascii_case("week") { Type::Real } else { Type::Long })
}

fn evaluate(call: &Call) -> Evaluated {
    let period = constant_period(&call[0])?;
    if matches!(period, Period::WeekOfYear | Period::DayOfYear) {
        return Err(EvaluateError("datetime_diff takes no week_of_year and no dayofyear".to_owned()));
    }
    let borders = |row: usize| {
        let (first, second) = (call[1].long(row)?, call[2].long(row)?);
        Some(period.count(first).wrapping_sub(period.count(second)))
    };
    if call.returns == Type::Real {
        return call.reals(|row| borders(row).map(|count| count as f64));
    }
    call.longs(borders)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;

    #[test]
    fn borders() {
        let diff = |period: &str, a: &str, b: &str| answer("datetime_diff", &[s(period), dt(a), dt(b)]);
        assert_eq!(diff("hour", "2017-10-31 01:00", "2017-10-30 23:59"), "2");
        assert_eq!(diff("week", "2017-10-29", "2017-09-30"), "5.0");
        assert_eq!(diff("nanosecond", "2017-10-29", "2017-10-29T00:00:00.0000007Z"), "-700");
        assert_eq!(diff("Month", "2017-01-01", "2016-12-31"), "1");
        assert_eq!(diff("quarter", "2018-01-01", "2017-03-31"), "4");
        assert!(diff("weekday", "2017-01-01", "2016-12-31").contains("'weekday'"));
    }
}
