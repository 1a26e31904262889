//! Digests of numbers for percentiles (`tdigest`): values with weights in order, all of them up to a limit, neighbours
//! joined beyond it, so that ranks are off by at most a few in ten thousand.

use crate::call::Argument;
use crate::states::percentile::nearest_rank;
use crate::types::Type;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use crate::value_order::compare_reals;

/// How many distinct values are kept as they are.
const EXACT_LIMIT: usize = 16_384;
/// How many values stay when neighbours are joined.
const JOINED: usize = 8_192;
/// The first element of the dynamic form.
const MARK: &str = "tdigest";

/// Ticks of 2010-01-01. Datetimes are kept as the distance from there, which is exact for decades around it.
const MIDDLE: i64 = 633_979_008_000_000_000;

/// A digest. Integers are kept exactly up to 2^53, beyond that as the nearest real.
#[derive(Clone, PartialEq, Debug)]
pub struct Digest {
    /// Value and weight, not in order while adding.
    points: Vec<(f64, i64)>,
    /// What the values are: long, real, datetime or timespan.
    ty: Type,
}

impl Default for Digest {
    fn default() -> Digest {
        Digest { points: Vec::new(), ty: Type::Long }
    }
}

/// A value as a digest keeps it, and the type it counts as.
pub fn kept(argument: &Argument, row: usize) -> Option<(f64, Type)> {
    match argument.ty {
        Type::DateTime => Some(((argument.long(row)? - MIDDLE) as f64, Type::DateTime)),
        Type::TimeSpan => Some((argument.real(row)?, Type::TimeSpan)),
        Type::Real | Type::Decimal => Some((argument.real(row)?, Type::Real)),
        Type::Bool | Type::Int | Type::Long | Type::Dynamic | Type::String | Type::Guid => {
            Some((argument.real(row)?, Type::Long))
        }
    }
}

impl Digest {
    /// Adds a value of a type. Weights below 1 do not count.
    pub fn add(&mut self, value: f64, weight: i64, ty: Type) {
        if weight < 1 {
            return;
        }
        self.widen(ty);
        self.points.push((value, weight));
        if self.points.len() > 4 * EXACT_LIMIT {
            self.settle();
        }
    }

    /// Adds all of another digest.
    pub fn merge(&mut self, other: Digest) {
        self.widen(other.ty);
        self.points.extend(other.points);
        if self.points.len() > 4 * EXACT_LIMIT {
            self.settle();
        }
    }

    /// Takes up a type: any other is more than long.
    fn widen(&mut self, ty: Type) {
        if self.ty == Type::Long {
            self.ty = ty;
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.points.capacity() * size_of::<(f64, i64)>()
    }

    /// Sorts, joins equal values, then neighbours when there are too many.
    pub fn settle(&mut self) {
        self.points.sort_by(|a, b| compare_reals(a.0, b.0));
        self.points.dedup_by(|next, held| {
            let same = compare_reals(next.0, held.0).is_eq();
            if same {
                held.1 = held.1.saturating_add(next.1);
            }
            same
        });
        if self.points.len() <= EXACT_LIMIT {
            return;
        }
        let share = self.points.len().div_ceil(JOINED);
        let last = self.points.len() - 1;
        let mut joined = vec![self.points[0]];
        for chunk in self.points[1..last].chunks(share) {
            let weight: i64 = chunk.iter().fold(0, |sum, point| sum.saturating_add(point.1));
            let mean = chunk.iter().map(|(v, w)| v * (*w as f64)).sum::<f64>() / weight as f64;
            joined.push((mean, weight));
        }
        joined.push(self.points[last]);
        self.points = joined;
    }

    /// The value at a percentile by nearest rank; `None` of nothing. Call `settle` first.
    pub fn percentile(&self, percent: f64) -> Option<Value> {
        let total: i64 = self.points.iter().fold(0, |sum, point| sum.saturating_add(point.1));
        let rank = nearest_rank(percent, total as f64) as i64;
        let mut sum = 0i64;
        let found = self.points.iter().find(|point| {
            sum = sum.saturating_add(point.1);
            sum >= rank
        })?;
        Some(self.value(found.0))
    }

    /// How many of the values are not above one, by weight.
    pub fn rank(&self, value: f64) -> f64 {
        self.points
            .iter()
            .filter(|point| compare_reals(point.0, value).is_le())
            .fold(0.0, |sum, point| sum + point.1 as f64)
    }

    /// All weights together.
    pub fn total(&self) -> f64 {
        self.points.iter().fold(0.0, |sum, point| sum + point.1 as f64)
    }

    fn value(&self, kept: f64) -> Value {
        match self.ty {
            Type::DateTime => Value::DateTime(MIDDLE.saturating_add(kept.round() as i64)),
            Type::TimeSpan => Value::TimeSpan(kept.round() as i64),
            Type::Real => Value::Real(kept),
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Decimal
            | Type::String
            | Type::Guid
            | Type::Dynamic => Value::Long(kept.round() as i64),
        }
    }

    /// The dynamic form: `["tdigest", type, [values], [weights]]`.
    pub fn to_json(&mut self) -> Json {
        self.settle();
        let whole = self.ty != Type::Real;
        let json =
            |kept: f64| if whole { Json::from(kept.round() as i64) } else { crate::json::from_real(kept) };
        let values: Vec<Json> = self.points.iter().map(|point| json(point.0)).collect();
        let weights: Vec<i64> = self.points.iter().map(|point| point.1).collect();
        Json::from(vec![
            Json::from(MARK),
            Json::from(self.ty.name()),
            Json::from(values),
            Json::from(weights),
        ])
    }

    /// The digest from its dynamic form; `None` for any other value.
    pub fn from_json(json: &Json) -> Option<Digest> {
        let [mark, ty, values, weights] = json.as_array()?.as_slice() else { return None };
        let ty = Type::from_name(ty.as_str()?)?;
        let (values, weights) = (values.as_array()?, weights.as_array()?);
        if mark.as_str()? != MARK || values.len() != weights.len() {
            return None;
        }
        let mut digest = Digest::default();
        for (value, weight) in values.iter().zip(weights) {
            let number = match value {
                Json::String(text) => match text.as_str() {
                    "Infinity" => f64::INFINITY,
                    "-Infinity" => f64::NEG_INFINITY,
                    _ => f64::NAN,
                },
                other => other.as_f64()?,
            };
            digest.add(number, weight.as_i64()?, ty);
        }
        Some(digest)
    }
}

/// A value of a digest as one of the type asked for.
pub fn converted(value: Value, ty: Type) -> Value {
    let argument = Argument::constant(value);
    let found = match ty {
        Type::Dynamic => argument.json(0).map(Value::dynamic),
        Type::Real => argument.real(0).map(Value::Real),
        Type::Decimal => argument.real(0).and_then(crate::decimal::from_real).map(Value::Decimal),
        Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
            argument.long(0).map(|value| crate::states::rows::long_value(ty, value))
        }
        Type::String => Some(Value::String(argument.text(0).into_owned())),
        Type::Bool | Type::Guid => None,
    };
    found.unwrap_or(Value::Null(ty))
}

impl Bytes for Digest {
    fn write(&self, out: &mut Vec<u8>) {
        self.ty.write(out);
        self.points.write(out);
    }
    fn read(input: &mut &[u8]) -> Option<Digest> {
        let ty = Type::read(input)?;
        Some(Digest { ty, points: Vec::read(input)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nearest_ranks_and_weights() {
        let mut digest = Digest::default();
        (1..=1000).for_each(|v| digest.add(f64::from(v), 1, Type::Long));
        digest.settle();
        assert_eq!(digest.percentile(50.0), Some(Value::Long(500)));
        assert_eq!(digest.rank(685.0), 685.0);
        let mut weighted = Digest::default();
        weighted.add(1.0, 1, Type::Real);
        weighted.add(2.0, 2, Type::Real);
        assert_eq!(weighted.percentile(50.0), Some(Value::Real(2.0)));
        assert_eq!(Digest::default().percentile(50.0), None);
    }

    #[test]
    fn large_digests_stay_close_and_survive() {
        let mut digest = Digest::default();
        (0..200_000).for_each(|v| digest.add(f64::from(v), 1, Type::Long));
        let text = digest.to_json();
        let back = Digest::from_json(&text).expect("own form");
        let middle = back.percentile(50.0).and_then(|v| Argument::constant(v).real(0)).expect("a number");
        assert!((middle - 100_000.0).abs() < 200.0, "{middle}");
        assert_eq!(back.percentile(100.0), Some(Value::Long(199_999)));
        assert_eq!(Digest::from_json(&json!(["tdigest", "long", [1], []])), None);
    }
}
