//! `datetime_part`: one part of a datetime as a number.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::periods::{Period, constant_period};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "datetime_part",
    aliases: &["datepart"],
    summary: "One part of a datetime as a number; microseconds and nanoseconds count from the start of the second.",
    signatures: &[signature(
        &[
            constant(required(
                "part",
                Accepts::Is(Type::String),
                "year, quarter, month, week_of_year, day, dayofyear, hour, minute, second, millisecond, microsecond or nanosecond.",
            )),
            required("date", Accepts::Is(Type::DateTime), "The datetime."),
        ],
        Returns::Is(Type::Int),
    )],
    examples: &[
        example("print datetime_part('quarter', datetime(2017-05-15))", "2"),
        example("print datetime_part('microsecond', datetime(2017-05-15 10:20:30.7654321))", "765432"),
    ],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let period = constant_period(&call[0])?;
    if period == Period::Week {
        return Err(EvaluateError("datetime_part takes week_of_year, not week".to_owned()));
    }
    call.ints(|row| call[1].long(row).map(|ticks| period.part(ticks) as i32))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;

    #[test]
    fn parts() {
        let part = |part: &str| answer("datetime_part", &[s(part), dt("2017-10-30 01:02:03.7654321")]);
        for (name, wanted) in [
            ("year", "2017"),
            ("Quarter", "4"),
            ("month", "10"),
            ("week_of_year", "44"),
            ("day", "30"),
            ("dayOfYear", "303"),
            ("hour", "1"),
            ("minute", "2"),
            ("second", "3"),
            ("millisecond", "765"),
            ("nanosecond", "765432100"),
        ] {
            assert_eq!(part(name), wanted, "{name}");
        }
        assert!(part("week").contains("week_of_year"));
    }
}
