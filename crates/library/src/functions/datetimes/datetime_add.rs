//! `datetime_add`: a datetime so many periods later.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::periods::{Period, constant_period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_add",
    summary: "A datetime so many periods later; the day is held to the end of the month.",
    signatures: &[signature(
        &[
            constant(required(
                "period",
                Accepts::Is(Type::String),
                "year, quarter, month, week, day, hour, minute, second, millisecond, microsecond or nanosecond.",
            )),
            required("amount", Accepts::Is(Type::Long), "How many periods; negative goes back."),
            required("datetime", Accepts::Is(Type::DateTime), "The datetime."),
        ],
        Returns::Is(Type::DateTime),
    )],
    examples: &[
        example("print datetime_add('month', -15, datetime(2017-01-01))", "2015-10-01T00:00:00.0000000Z"),
        example("print datetime_add('day', 1, datetime(2020-02-28 12:00))", "2020-02-29T12:00:00.0000000Z"),
    ],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let period = constant_period(&call[0])?;
    if matches!(period, Period::WeekOfYear | Period::DayOfYear) {
        return Err(EvaluateError("datetime_add takes no week_of_year and no dayofyear".to_owned()));
    }
    call.longs(|row| period.add(call[2].long(row)?, call[1].long(row)?))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value::Long;

    #[test]
    fn periods() {
        let add =
            |period: &str, amount, date: &str| answer("datetime_add", &[s(period), Long(amount), dt(date)]);
        assert_eq!(add("YEAR", 1, "2020-02-29"), "2021-02-28T00:00:00.0000000Z");
        assert_eq!(add("quarter", -1, "2020-01-31"), "2019-10-31T00:00:00.0000000Z");
        assert_eq!(add("week", 1, "2020-01-31"), "2020-02-07T00:00:00.0000000Z");
        assert_eq!(add("nanosecond", 250, "2020-01-31"), "2020-01-31T00:00:00.0000002Z");
        assert_eq!(add("year", i64::MAX, "2020-01-31"), "null");
        assert_eq!(add("hour", i64::MAX, "2020-01-31"), "null");
        assert!(add("tick", 1, "2020-01-31").contains("'tick'"));
        assert!(add("dayofyear", 1, "2020-01-31").contains("dayofyear"));
    }
}
