//! What window functions share: reaching other rows, and where a restart argument starts anew. `Call::rows` is the
//! whole ordered row set.

use crate::call::{Argument, Call, Evaluated};
use crate::function::{ArgumentInfo, Overload};
use crate::overload::widens;
use crate::types::Type;
use crate::value::Value;
use arrow::array::StringViewBuilder;
use std::sync::Arc;

/// The overload of `prev` and `next`: the default value takes the type of the column.
pub fn reach_overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let column = arguments.first()?.ty;
    let offset = arguments.get(1);
    if offset.is_some_and(|offset| !offset.ty.is_integer() || offset.constant.is_none()) {
        return None;
    }
    let mut types = vec![column];
    types.extend(offset.map(|_| Type::Long));
    if let Some(default) = arguments.get(2) {
        let fits = widens(default.ty, column)
            || (default.ty.is_number() && column.is_number())
            || default.ty == Type::Dynamic
            || column == Type::Dynamic;
        if !fits || default.constant.is_none() {
            return None;
        }
        types.push(column);
    }
    (arguments.len() <= 3).then_some(Overload { arguments: types, returns: column })
}

/// The column's values of other rows: `rows_on` rows ahead (negative: back) times the offset, 1 where none is given;
/// past either end the default, else null.
pub fn reach(call: &Call, rows_on: i64) -> Evaluated {
    let column = &call[0];
    let offset = call.get(1).and_then(|offset| offset.long(0)).unwrap_or(1);
    let from = |row: usize| -> Option<usize> {
        let target = (row as i64).checked_add(offset.checked_mul(rows_on)?)?;
        usize::try_from(target).ok().filter(|target| *target < call.rows)
    };
    let default = call.get(2);
    match call.returns {
        Type::Long | Type::DateTime | Type::TimeSpan => call.longs(|row| match from(row) {
            Some(row) => column.long(row),
            None => default.and_then(|default| default.long(0)),
        }),
        Type::Real => call.reals(|row| match from(row) {
            Some(row) => column.real(row),
            None => default.and_then(|default| default.real(0)),
        }),
        Type::Bool => call.bools(|row| match from(row) {
            Some(row) => column.bool(row),
            None => default.and_then(|default| default.bool(0)),
        }),
        Type::String | Type::Guid | Type::Dynamic => {
            let mut builder = StringViewBuilder::with_capacity(call.rows);
            let text = |argument: &Argument, row: usize| {
                (!argument.is_null(row)).then(|| argument.raw(row).to_owned())
            };
            for row in 0..call.rows {
                let found = match from(row) {
                    Some(row) => text(column, row),
                    None => default.and_then(|default| text(default, 0)),
                };
                match found {
                    None if call.returns == Type::String => builder.append_value(""),
                    found => builder.append_option(found),
                }
            }
            Ok(Arc::new(builder.finish()))
        }
        Type::Int | Type::Decimal => call.values(|row| match from(row) {
            Some(row) => column.value(row),
            None => default.map_or(Value::Null(call.returns), |default| default.value(0)),
        }),
    }
}

/// Whether the argument at a place says that the row starts anew; null and absence say no.
pub fn restarts(call: &Call, place: usize, row: usize) -> bool {
    call.get(place).and_then(|restart| restart.bool(row)).unwrap_or(false)
}

/// Ranks of rows by runs of equal values of the first argument: `rank(place in the run's part from 1, number of the
/// run from 1)`, both from the last restart on.
pub fn ranks(call: &Call, mut rank: impl FnMut(i64, i64) -> i64) -> Evaluated {
    let (mut place, mut run, mut given) = (0, 0, 0);
    let mut held: Option<Value> = None;
    call.longs(|row| {
        if row == 0 || restarts(call, 1, row) {
            (place, run, held) = (0, 0, None);
        }
        place += 1;
        let same =
            held.as_ref().is_some_and(|held| crate::value_order::compare_row(&call[0], row, held).is_eq());
        if !same {
            run += 1;
            held = Some(call[0].value(row));
            given = rank(place, run);
        }
        Some(given)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::{ArgumentInfo, Kind};
    use crate::functions::find;
    use crate::overload::choose;

    /// The results over rows, joined by blanks; constants are single values.
    fn results(name: &str, columns: &[(Type, &[Value])]) -> String {
        let function = find(name).expect(name);
        assert_eq!(function.kind, Kind::Window);
        let rows = columns.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        let constant = |values: &[Value]| values.len() == 1 && rows > 1;
        let infos: Vec<ArgumentInfo> = columns
            .iter()
            .map(|(ty, values)| ArgumentInfo {
                ty: *ty,
                constant: constant(values).then(|| values[0].clone()),
            })
            .collect();
        let chosen = choose(function.signatures, function.overload, &infos).expect("it fits");
        let arguments: Vec<Argument> = columns
            .iter()
            .map(|(ty, values)| Argument {
                ty: *ty,
                array: Value::to_array(*ty, values.to_vec()),
                constant: constant(values),
            })
            .collect();
        let call = Call { arguments: &arguments, rows, returns: chosen.returns };
        let array = (function.evaluate)(&call).expect("it evaluates");
        assert_eq!(array.data_type(), &chosen.returns.arrow());
        let text = |row: usize| match Value::from_array(chosen.returns, &array, row) {
            Value::Null(_) => "-".to_owned(),
            value => value.text(),
        };
        (0..rows).map(text).collect::<Vec<_>>().join(" ")
    }

    fn longs(values: &[i64]) -> Vec<Value> {
        values.iter().map(|v| Value::Long(*v)).collect()
    }

    fn bools(values: &[bool]) -> Vec<Value> {
        values.iter().map(|v| Value::Bool(*v)).collect()
    }

    #[test]
    fn other_rows() {
        let column = longs(&[1, 2, 3]);
        let one = longs(&[1]);
        let two = longs(&[2]);
        let nine = longs(&[9]);
        assert_eq!(results("prev", &[(Type::Long, &column)]), "- 1 2");
        assert_eq!(results("next", &[(Type::Long, &column)]), "2 3 -");
        assert_eq!(results("prev", &[(Type::Long, &column), (Type::Long, &two)]), "- - 1");
        let given = results("next", &[(Type::Long, &column), (Type::Long, &one), (Type::Long, &nine)]);
        assert_eq!(given, "2 3 9");
        let texts = ["a", "b"].map(|t| Value::String(t.to_owned()));
        assert_eq!(results("prev", &[(Type::String, &texts)]), " a");
        let ints = [Value::Int(4), Value::Null(Type::Int), Value::Int(5)];
        assert_eq!(results("prev", &[(Type::Int, &ints)]), "- 4 -");
    }

    #[test]
    fn running_numbers_and_sums() {
        let column = longs(&[10, 20, 30, 40]);
        let restart = bools(&[false, false, true, false]);
        let start = longs(&[5]);
        assert_eq!(results("row_number", &[(Type::Long, &start), (Type::Bool, &restart)]), "5 6 5 6");
        assert_eq!(results("row_cumsum", &[(Type::Long, &column)]), "10 30 60 100");
        assert_eq!(results("row_cumsum", &[(Type::Long, &column), (Type::Bool, &restart)]), "10 30 30 70");
        let with_null = [Value::Real(1.5), Value::Null(Type::Real), Value::Real(2.0)];
        assert_eq!(results("row_cumsum", &[(Type::Real, &with_null)]), "1.5 1.5 3.5");
    }

    #[test]
    fn ranks_of_runs() {
        let column = longs(&[1, 2, 2, 3]);
        let restart = bools(&[true, false, false, true]);
        assert_eq!(results("row_rank_min", &[(Type::Long, &column)]), "1 2 2 4");
        assert_eq!(results("row_rank_dense", &[(Type::Long, &column)]), "1 2 2 3");
        assert_eq!(results("row_rank_min", &[(Type::Long, &column), (Type::Bool, &restart)]), "1 2 2 1");
        let same = longs(&[7, 7]);
        let both = bools(&[true, true]);
        assert_eq!(results("row_rank_dense", &[(Type::Long, &same), (Type::Bool, &both)]), "1 1");
    }

    #[test]
    fn sessions() {
        let minute = 600_000_000;
        let at = [0, 2, 6, 11, 70, 71].map(|m| Value::DateTime(m * minute));
        let hour = [Value::TimeSpan(60 * minute)];
        let gap = [Value::TimeSpan(5 * minute)];
        let shown = results(
            "row_window_session",
            &[(Type::DateTime, &at), (Type::TimeSpan, &hour), (Type::TimeSpan, &gap)],
        );
        let minutes: Vec<&str> = shown.split(' ').map(|text| &text[11..16]).collect();
        assert_eq!(minutes, ["00:00", "00:00", "00:00", "00:11", "01:10", "01:10"]);
    }
}
