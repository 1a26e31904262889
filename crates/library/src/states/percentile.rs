//! Percentiles by nearest rank over all values of a group: the answer is exact and independent of order.

use super::any::held;
use super::tally::heap;
use crate::aggregate::{AggregateCall, State};
use crate::call::Argument;
use crate::json;
use crate::types::Type;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use crate::value_order::{compare, compare_reals};

/// The values of a group with their weights (empty: all 1). Integers and ticks stay as they are.
#[derive(Default)]
struct Values {
    longs: Vec<i64>,
    reals: Vec<f64>,
    others: Vec<Value>,
    /// Bytes that `others` hold beyond the structs.
    texts: usize,
    weights: Vec<i64>,
}

/// `percentile`: arguments (x, p).
#[derive(Default)]
pub struct Percentile<const WEIGHTED: bool, const ARRAY: bool>(Values);

impl Values {
    fn add(&mut self, argument: &Argument, row: usize) {
        match argument.ty {
            Type::Int | Type::Long | Type::DateTime | Type::TimeSpan | Type::Bool => {
                self.longs.extend(argument.long(row));
            }
            Type::Real | Type::Decimal => self.reals.extend(argument.real(row)),
            Type::String | Type::Guid | Type::Dynamic => {
                let value = argument.value(row);
                self.texts += held(&value);
                self.others.push(value);
            }
        }
    }

    fn merge(&mut self, other: Values) {
        self.longs.extend(other.longs);
        self.reals.extend(other.reals);
        self.others.extend(other.others);
        self.texts += other.texts;
        self.weights.extend(other.weights);
    }

    /// The values in order, each with its weight, as values of the type.
    fn sorted(&mut self, ty: Type) -> Ranked {
        let Values { mut longs, mut reals, others, texts: _, weights } = std::mem::take(self);
        if weights.is_empty() && !longs.is_empty() {
            longs.sort_unstable();
            return Ranked { values: Box::new(move |at| super::rows::long_value(ty, longs[at])), ends: None };
        }
        if weights.is_empty() && !reals.is_empty() {
            reals.sort_unstable_by(|a, b| compare_reals(*a, *b));
            return Ranked { values: Box::new(move |at| Value::Real(reals[at])), ends: None };
        }
        let all = longs
            .into_iter()
            .map(|v| super::rows::long_value(ty, v))
            .chain(reals.into_iter().map(Value::Real))
            .chain(others);
        let weighed = !weights.is_empty();
        let weights = weights.into_iter().chain(std::iter::repeat(1));
        let mut pairs: Vec<(Value, i64)> = all.zip(weights).collect();
        pairs.sort_by(|(a, _), (b, _)| compare(a, b));
        let ends = weighed.then(|| {
            let mut sum = 0i64;
            pairs
                .iter()
                .map(|(_, weight)| {
                    sum = sum.saturating_add(*weight);
                    sum
                })
                .collect()
        });
        Ranked { values: Box::new(move |at| pairs[at].0.clone()), ends }
    }

    fn count(&self) -> usize {
        self.longs.len() + self.reals.len() + self.others.len()
    }
}

/// Values in order, by place.
struct Ranked {
    values: Box<dyn Fn(usize) -> Value>,
    /// Sums of the weights up to and with each value.
    ends: Option<Vec<i64>>,
}

impl Ranked {
    /// The least value such that `percent` % of all are not above it; `count` values, at least one.
    fn at(&self, percent: f64, count: usize) -> Value {
        let place = match &self.ends {
            None => nearest_rank(percent, count as f64) as usize - 1,
            Some(ends) => {
                let total = ends.last().copied().unwrap_or(1);
                let rank = nearest_rank(percent, total as f64) as i64;
                ends.partition_point(|end| *end < rank)
            }
        };
        (self.values)(place.min(count - 1))
    }
}

/// The rank, from 1, of a percentile among so many values. The small difference undoes the rounding of the product.
pub fn nearest_rank(percent: f64, count: f64) -> f64 {
    (percent.clamp(0.0, 100.0) * count / 100.0 - 1e-9 * count.max(1.0).sqrt())
        .ceil()
        .clamp(1.0, count.max(1.0))
}

/// The percentiles asked for: constants from a place on, an array standing for its elements.
fn percents(call: &AggregateCall, from: usize) -> Vec<f64> {
    let mut found = Vec::new();
    for constant in call.constants.iter().skip(from).flatten() {
        match constant {
            Value::Dynamic(Json::Array(items)) => found.extend(items.iter().filter_map(Json::as_f64)),
            other => found.extend(number(other)),
        }
    }
    found
}

/// A number as a real.
fn number(value: &Value) -> Option<f64> {
    match value {
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
    }
}

impl<const WEIGHTED: bool, const ARRAY: bool> State for Percentile<WEIGHTED, ARRAY> {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if arguments[0].is_null(row) {
            return;
        }
        if WEIGHTED {
            match arguments[1].long(row) {
                Some(weight) if weight > 0 => self.0.weights.push(weight),
                _ => return,
            }
        }
        self.0.add(&arguments[0], row);
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        self.0.merge(other.0);
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.0.longs.write(out);
        self.0.reals.write(out);
        self.0.others.write(out);
        self.0.weights.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        let read = |bytes: &mut &[u8]| {
            let (longs, reals) = (Vec::read(bytes)?, Vec::read(bytes)?);
            let others: Vec<Value> = Vec::read(bytes)?;
            let texts = others.iter().map(held).sum();
            let values = Values { longs, reals, others, texts, weights: Vec::read(bytes)? };
            let weighed = values.weights.is_empty() || values.weights.len() == values.count();
            weighed.then_some(values)
        };
        Percentile(read(&mut bytes).unwrap_or_default())
    }

    fn finish(&mut self, call: &AggregateCall) -> Value {
        let count = self.0.count();
        let percents = percents(call, if WEIGHTED { 2 } else { 1 });
        if count == 0 || percents.is_empty() {
            return Value::absent(call.returns);
        }
        let ty = if ARRAY { call.types.first().copied().unwrap_or(Type::Long) } else { call.returns };
        let ranked = self.0.sorted(ty);
        if ARRAY {
            let found =
                percents.iter().map(|p| json::from_value(&ranked.at(*p, count)).unwrap_or(Json::Null));
            return Value::Dynamic(Json::Array(found.collect()));
        }
        ranked.at(percents[0], count)
    }

    fn size(&self) -> usize {
        let Values { longs, reals, others, texts, weights } = &self.0;
        let numbers = [longs.capacity(), reals.capacity(), weights.capacity()];
        numbers.into_iter().map(|count| heap(count * 8)).sum::<usize>()
            + heap(others.capacity() * size_of::<Value>())
            + texts
    }
}
