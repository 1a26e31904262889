//! Percentiles by nearest rank over all values of a group: the answer is exact and independent of order.

use super::gathered::Gathered;
use super::ranked::Ranked;
use crate::aggregate::{AggregateCall, GroupStates, Sharing, shared_results};
use crate::call::Argument;
use crate::json;
use crate::types::Type;
use crate::value::{Json, Value};
use arrow::array::{Array, ArrayRef, BinaryArray, BooleanArray};

/// What the results look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The value at the first percentile.
    One,
    /// The values at all percentiles as one dynamic.
    Array,
    /// The value at each percentile, for calls that share their values.
    Struct,
}

/// How percentiles of the same values become one call.
pub const SHARING: Sharing = Sharing { name: "percentiles", states: |call| states(call, Form::Struct) };

/// How percentiles of the same values with the same weights become one call.
pub const WEIGHTED_SHARING: Sharing =
    Sharing { name: "percentilesw", states: |call| weighted(call, Form::Struct) };

/// States of `percentile` and the like: arguments (x, percentile …).
pub fn states(call: AggregateCall, form: Form) -> Box<dyn GroupStates> {
    if is_number(&call) { boxed::<i64>(call, form, 1) } else { boxed::<String>(call, form, 1) }
}

/// States of `percentilew` and the like: arguments (x, weight, percentile …).
pub fn weighted(call: AggregateCall, form: Form) -> Box<dyn GroupStates> {
    if is_number(&call) { boxed::<(i64, i64)>(call, form, 2) } else { boxed::<(String, i64)>(call, form, 2) }
}

/// Whether values are kept as integers.
fn is_number(call: &AggregateCall) -> bool {
    match call.types.first() {
        Some(Type::String | Type::Guid | Type::Dynamic) => false,
        Some(
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::DateTime
            | Type::TimeSpan,
        )
        | None => true,
    }
}

fn boxed<T: Ranked>(call: AggregateCall, form: Form, leading: usize) -> Box<dyn GroupStates> {
    let constants = call.constants.iter().skip(leading);
    let mut numbers = constants.map(|constant| constant.as_ref().map(numbers).unwrap_or_default());
    let percents = match form {
        Form::One => vec![numbers.find_map(|numbers| numbers.first().copied())],
        Form::Array => numbers.flatten().map(Some).collect(),
        Form::Struct => numbers.map(|numbers| numbers.first().copied()).collect(),
    };
    Box::new(Percentiles::<T> { call, form, percents, values: Gathered::default() })
}

/// The percentiles that a constant names: itself, or the elements of an array.
fn numbers(constant: &Value) -> Vec<f64> {
    let number = match constant {
        Value::Dynamic(Json::Array(items)) => return items.iter().filter_map(Json::as_f64).collect(),
        Value::Int(v) => Some(f64::from(*v)),
        Value::Long(v) => Some(*v as f64),
        Value::Real(v) => Some(*v),
        Value::Decimal(v) => Some(crate::decimal::to_real(*v)),
        Value::Dynamic(v) => v.as_f64(),
        Value::Null(_)
        | Value::Bool(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_) => None,
    };
    number.filter(|number| !number.is_nan()).into_iter().collect()
}

/// The rank, from 1, of a percentile among so many values. The small difference undoes the rounding of the product.
pub fn nearest_rank(percent: f64, count: f64) -> f64 {
    (percent.clamp(0.0, 100.0) * count / 100.0 - 1e-9 * count.max(1.0).sqrt())
        .ceil()
        .clamp(1.0, count.max(1.0))
}

/// The values of all groups, and which percentiles of them are wanted.
struct Percentiles<T> {
    call: AggregateCall,
    form: Form,
    /// `None` gives null.
    percents: Vec<Option<f64>>,
    values: Gathered<T>,
}

impl<T: Ranked> Percentiles<T> {
    /// For each percentile the values of the first `count` groups.
    fn picked(&mut self, count: usize) -> Vec<Vec<Option<T::Plain>>> {
        let mut wanted: Vec<(usize, f64)> = self
            .percents
            .iter()
            .enumerate()
            .filter_map(|(place, percent)| Some((place, (*percent)?)))
            .collect();
        wanted.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        let mut picked = vec![vec![None; count]; self.percents.len()];
        let (mut values, ends) = self.values.first(count);
        let mut start = 0;
        for (group, end) in ends.into_iter().enumerate() {
            if start < end {
                T::pick(&mut values[start..end], &wanted, |place, value| picked[place][group] = Some(value));
            }
            start = end;
        }
        picked
    }
}

impl<T: Ranked> GroupStates for Percentiles<T> {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.values.grow(total);
        T::gather(&mut self.values, groups, arguments, keep);
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.values.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if saved.is_valid(row) {
                self.values.extend_one(*group, |into| T::load(saved.value(row), into));
            }
        }
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        let (values, ends) = self.values.first(count);
        T::save(values, &ends)
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        let picked = self.picked(count);
        let returns = self.call.returns;
        let column = |values: Vec<Option<T::Plain>>| {
            let value = |v: Option<T::Plain>| v.map_or(Value::absent(returns), |v| T::value(v, returns));
            Value::to_array(returns, values.into_iter().map(value))
        };
        match self.form {
            Form::One => column(picked.into_iter().next().unwrap_or(vec![None; count])),
            Form::Struct => shared_results(returns, picked.into_iter().map(column).collect(), count),
            Form::Array => {
                let from = self.call.types.first().copied().unwrap_or(Type::Long);
                let item = |v: T::Plain| json::from_value(&T::value(v, from)).unwrap_or(Json::Null);
                let array = |group: usize| {
                    let items: Option<Vec<Json>> =
                        picked.iter().map(|values| values[group].clone().map(item)).collect();
                    items
                        .filter(|items| !items.is_empty())
                        .map_or(Value::Null(returns), |items| Value::Dynamic(Json::Array(items)))
                };
                Value::to_array(returns, (0..count).map(array))
            }
        }
    }

    fn size(&self) -> usize {
        self.values.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::arguments;
    use arrow::array::AsArray;
    use proptest::prelude::*;

    /// A row: group, value, weight, whether it takes part.
    type Row = (usize, Option<i64>, Option<i64>, Option<bool>);

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let value = prop_oneof![
            4 => (-9i64..9).prop_map(Some),
            1 => any::<i64>().prop_map(Some),
            1 => Just(None)
        ];
        let weight = prop_oneof![4 => (-1i64..5).prop_map(Some), 1 => Just(None)];
        let keep = prop_oneof![8 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
        prop::collection::vec((0..4usize, value, weight, keep), 0..120)
    }

    /// A value of the type for a number; of reals some are strange.
    fn value(ty: Type, number: Option<i64>) -> Value {
        match (ty, number) {
            (_, None) => Value::absent(ty),
            (Type::Bool, Some(n)) => Value::Bool(n % 2 == 0),
            (Type::Int, Some(n)) => Value::Int(n as i32),
            (Type::Long, Some(n)) => Value::Long(n),
            (Type::Real, Some(8)) => Value::Real(f64::NAN),
            (Type::Real, Some(-9)) => Value::Real(f64::NEG_INFINITY),
            (Type::Real, Some(n)) => Value::Real(n as f64 / 3.0),
            (Type::Decimal, Some(n)) => Value::Decimal(crate::decimal::from_long(n % 1000)),
            (Type::String, Some(n)) => Value::String(format!("t{n}")),
            (Type::Guid, Some(n)) => Value::Guid(format!("{n:032}")),
            (Type::DateTime, Some(n)) => Value::DateTime(n),
            (Type::TimeSpan, Some(n)) => Value::TimeSpan(n),
            (Type::Dynamic, Some(n)) => Value::Long(n),
        }
    }

    /// The plain way: all values in order, each as often as its weight says, counted off.
    fn plainly(rows: &[Row], group: usize, ty: Type, weighted: bool, percent: i64) -> Option<Value> {
        let taking_part = rows.iter().filter(|row| row.0 == group && row.3 == Some(true));
        let mut all: Vec<Value> = Vec::new();
        for (_, number, weight, _) in taking_part {
            let times = if weighted { weight.unwrap_or(0).max(0) } else { 1 };
            if number.is_some() || ty == Type::String {
                let value = match value(ty, *number) {
                    Value::Decimal(v) => Value::Real(crate::decimal::to_real(v)),
                    value => value,
                };
                all.extend((0..times).map(|_| value.clone()));
            }
        }
        all.sort_by(crate::value_order::compare);
        let rank = (percent * all.len() as i64 + 99) / 100;
        all.get((rank.max(1) - 1) as usize).cloned()
    }

    fn same(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Real(a), Value::Real(b)) if a.is_nan() => b.is_nan(),
            (Value::Int(a), Value::Long(b)) => i64::from(*a) == *b,
            (a, b) => a == b,
        }
    }

    proptest! {
        /// Every form gives what the plain way gives, over one pass and over saved and merged parts of it.
        #[test]
        fn they_are_counted_off(
            rows in rows(),
            percents in prop::collection::vec(0i64..=100, 1..12),
            which in 0usize..9,
            weighted in any::<bool>(),
            cut in 0usize..120,
            all in any::<bool>(),
        ) {
            let mut rows = rows;
            if all {
                rows.iter_mut().for_each(|row| row.3 = Some(true));
            }
            let ty = [
                Type::Bool, Type::Int, Type::Long, Type::Real, Type::Decimal, Type::String, Type::Guid,
                Type::DateTime, Type::TimeSpan,
            ][which];
            let returns = match ty {
                Type::Int => Type::Long,
                Type::Decimal => Type::Real,
                _ => ty,
            };
            let leading = if weighted { 2 } else { 1 };
            let mut types = vec![ty, Type::Long];
            types.truncate(leading);
            types.extend(percents.iter().map(|_| Type::Long));
            let mut constants = vec![None; leading];
            constants.extend(percents.iter().map(|p| Some(Value::Long(*p))));
            let call = AggregateCall { types, constants, returns };
            let made = |form| if weighted { super::weighted(call.clone(), form) } else { states(call.clone(), form) };
            let add = |states: &mut Box<dyn GroupStates>, rows: &[Row]| {
                let values = Value::to_array(ty, rows.iter().map(|row| value(ty, row.1)));
                let weights = rows.iter().map(|row| row.2.map_or(Value::Null(Type::Long), Value::Long));
                let arguments = arguments(&[ty, Type::Long], &[values, Value::to_array(Type::Long, weights)]);
                let groups: Vec<usize> = rows.iter().map(|row| row.0).collect();
                let keep: BooleanArray = rows.iter().map(|row| row.3).collect();
                states.update(&groups, 4, &arguments, (!all).then_some(&keep));
            };
            let (first, second) = rows.split_at(cut.min(rows.len()));
            for parts in [vec![rows.as_slice()], vec![first, second]] {
                let merged = |form| {
                    let mut merged = made(form);
                    for part in &parts {
                        let mut states = made(form);
                        add(&mut states, part);
                        merged.merge(&[0, 1, 2, 3], 4, &states.save(4));
                    }
                    merged
                };
                let whole = |form| {
                    let mut states = made(form);
                    parts.iter().for_each(|part| add(&mut states, part));
                    states
                };
                for mut states in [merged(Form::Struct), whole(Form::Struct)] {
                    let results = states.finish(4);
                    for (place, percent) in percents.iter().enumerate() {
                        let column = results.as_struct().column(place);
                        for group in 0..4 {
                            let expected = plainly(&rows, group, ty, weighted, *percent);
                            let expected = expected.unwrap_or(Value::absent(returns));
                            let given = Value::from_array(returns, column, group);
                            prop_assert!(same(&expected, &given), "{expected:?} {given:?}");
                        }
                    }
                    prop_assert_eq!(states.finish(0).len(), 0);
                }
                let (one, structs) = (merged(Form::One).finish(4), merged(Form::Struct).finish(4));
                prop_assert_eq!(&one, structs.as_struct().column(0));
            }
        }
    }

    #[test]
    fn a_percentile_that_is_no_number_gives_null() {
        let constants = vec![None, Some(Value::Real(f64::NAN))];
        let call = AggregateCall { types: vec![Type::Long, Type::Real], constants, returns: Type::Long };
        let mut states = states(call, Form::One);
        let rows = arguments(&[Type::Long], &[Value::to_array(Type::Long, [Value::Long(5)])]);
        states.update(&[0], 1, &rows, None);
        assert!(states.finish(1).is_null(0));
    }
}
