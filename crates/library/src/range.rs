//! `between`: a value against a lower and an upper end, both included. Null in any place gives null.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::{ArgumentInfo, Overload};
use crate::lanes::{self, Lane};
use crate::overload::widest;
use crate::types::Type;
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::{Decimal256Type, Float64Type, Int64Type};
use std::sync::Arc;

/// The types of value, low and high; `None` refuses them.
pub fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    use Type::{Bool, DateTime, Dynamic, Long, TimeSpan};
    let [value, low, high] = arguments else {
        return None;
    };
    let given = [value.ty, low.ty, high.ty];
    let types = match given {
        [DateTime, DateTime, DateTime] | [DateTime, DateTime, TimeSpan] | [TimeSpan, TimeSpan, TimeSpan] => {
            given
        }
        [Bool, Bool, Bool] => [Long; 3],
        _ if given.iter().any(|ty| ty.is_number())
            && given.iter().all(|ty| ty.is_number() || *ty == Dynamic) =>
        {
            // What a dynamic holds may have a fraction, whatever the ends are.
            let wide = widest(&given);
            [if given.contains(&Dynamic) && wide == Long { Type::Real } else { wide }; 3]
        }
        _ => return None,
    };
    Some(Overload { arguments: types.to_vec(), returns: Bool })
}

/// One bool per row.
pub fn evaluate(call: &Call, negated: bool) -> Evaluated {
    let [value, low, high] = call.arguments else {
        return Err(EvaluateError("between takes a value and two ends".to_owned()));
    };
    let rows = call.rows;
    let bits = match (value.ty, high.ty) {
        (Type::Real, Type::Real) => {
            let lanes = [value, low, high].map(Lane::of::<Float64Type>);
            inside(rows, lanes)
        }
        (Type::Decimal, Type::Decimal) => {
            let lanes = [value, low, high].map(Lane::of::<Decimal256Type>);
            inside(rows, lanes)
        }
        (Type::DateTime, Type::TimeSpan) => {
            let [value, low, high] = [value, low, high].map(Lane::of::<Int64Type>);
            BooleanBuffer::collect_bool(rows, |row| {
                let (value, low) = (value.at(row), low.at(row));
                value >= low && value <= low.saturating_add(high.at(row))
            })
        }
        (Type::Long | Type::DateTime | Type::TimeSpan, Type::Long | Type::DateTime | Type::TimeSpan) => {
            let lanes = [value, low, high].map(Lane::of::<Int64Type>);
            inside(rows, lanes)
        }
        _ => return Err(EvaluateError(format!("no range of {}", value.ty))),
    };
    let bits = if negated { !&bits } else { bits };
    Ok(Arc::new(BooleanArray::new(bits, lanes::all_valid(call.arguments, rows))))
}

fn inside<T: Copy + PartialOrd>(rows: usize, lanes: [Lane<T>; 3]) -> BooleanBuffer {
    let [value, low, high] = lanes;
    match (low.constant(), high.constant()) {
        (Some(low), Some(high)) => BooleanBuffer::collect_bool(rows, |row| {
            let value = value.at(row);
            value >= low && value <= high
        }),
        _ => BooleanBuffer::collect_bool(rows, |row| {
            let value = value.at(row);
            value >= low.at(row) && value <= high.at(row)
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{self, Int, Long, Null, Real};

    fn check(arguments: [Value; 3], wanted: &str) {
        assert_eq!(answer("between", &arguments), wanted, "{arguments:?}");
    }

    #[test]
    fn ends() {
        check([Int(5), Long(1), Long(5)], "True");
        check([Long(1), Long(1), Real(5.5)], "True");
        check([Long(3), Long(5), Long(1)], "False");
        check([Long(3), Null(Type::Long), Long(1)], "null");
        check([dt("2020-01-04"), dt("2020-01-01"), ts("3d")], "True");
        check([dt("2020-01-04T00:00:00.0000001Z"), dt("2020-01-01"), ts("3d")], "False");
        check([dt("2020-01-04"), s("2020-01-01"), s("2020-01-05")], "True");
        check([Value::Bool(true), Value::Bool(false), Value::Bool(true)], "True");
        check([dynamic("1.5"), Long(1), Long(2)], "True");
        check([s("b"), s("a"), s("c")], "refused");
        check([Long(1), Long(1), ts("1d")], "refused");
        check([ts("1d"), ts("1d"), dt("2020-01-01")], "refused");
        assert_eq!(answer("!between", &[Long(3), Null(Type::Long), Long(1)]), "null");
        assert_eq!(answer("!between", &[Long(0), Long(1), Long(2)]), "True");
    }
}
