//! The axis of `make-series`: which slots it has, in which slot a value falls, and its values as a dynamic array.
//!
//! `on x from a to b step s`: slots start at `a`, `b` is excluded; a missing end is the least or greatest value there
//! is. (`on x in range(a, b, s)` is bound as `from bin(a, s) to bin(b, s) + s`.)

use crate::json;
use crate::states::list::MAX_ELEMENTS;
use crate::states::rows::long_value;
use crate::types::Type;
use crate::value::{Json, Value};

/// What the query says of an axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Bounds {
    /// The first slot, when given.
    pub from: Option<Value>,
    /// The end, when given; it is no slot.
    pub to: Option<Value>,
    /// The width of a slot.
    pub step: Value,
}

/// An axis: evenly spaced slots.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Axis {
    ty: Type,
    scale: Scale,
    /// How many slots, at most 1,048,576.
    pub count: usize,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Scale {
    Whole { first: i64, step: i64 },
    Real { first: f64, step: f64 },
}

/// Integers and ticks as they are.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(v) => Some(i64::from(*v)),
        Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => Some(*v),
        Value::Real(v) if v.is_finite() => Some(*v as i64),
        Value::Real(_)
        | Value::Null(_)
        | Value::Bool(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    }
}

/// Numbers as reals.
fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(v) => Some(*v).filter(|v| v.is_finite()),
        Value::Decimal(v) => Some(crate::decimal::to_real(*v)),
        other => whole(other).map(|v| v as f64),
    }
}

impl Axis {
    /// The axis of a type over values of which the least and the greatest are known, if there are any. `None` when the
    /// step is not above zero, or nothing says where the axis starts or ends.
    pub fn new(ty: Type, bounds: &Bounds, extent: Option<(&Value, &Value)>) -> Option<Axis> {
        let from = bounds.from.as_ref().or(extent.map(|(least, _)| least))?;
        let given = bounds.to.as_ref();
        let to = given.or(extent.map(|(_, greatest)| greatest))?;
        let excluded = given.is_some();
        if matches!(ty, Type::Real | Type::Decimal) {
            let (first, last, step) = (real(from)?, real(to)?, real(&bounds.step).filter(|s| *s > 0.0)?);
            let steps = (last - first) / step;
            let count = if excluded { (steps - 1e-9).ceil() } else { (steps + 1e-9).floor() + 1.0 };
            let count = count.clamp(0.0, MAX_ELEMENTS as f64) as usize;
            return Some(Axis { ty, scale: Scale::Real { first, step }, count });
        }
        let (first, last, step) = (whole(from)?, whole(to)?, whole(&bounds.step).filter(|s| *s > 0)?);
        let distance = i128::from(last) - i128::from(first);
        let step_wide = i128::from(step);
        let count = if excluded {
            (distance + step_wide - 1).div_euclid(step_wide)
        } else {
            distance.div_euclid(step_wide) + 1
        };
        let count = usize::try_from(count).unwrap_or(0).min(MAX_ELEMENTS);
        Some(Axis { ty, scale: Scale::Whole { first, step }, count })
    }

    /// The slot a value falls in; `None` outside of the axis.
    pub fn slot(&self, value: &Value) -> Option<usize> {
        let slot = match self.scale {
            Scale::Whole { first, step } => {
                let distance = i128::from(whole(value)?) - i128::from(first);
                usize::try_from(distance.div_euclid(i128::from(step))).ok()?
            }
            Scale::Real { first, step } => {
                let slot = ((real(value)? - first) / step + 1e-9).floor();
                if slot < 0.0 {
                    return None;
                }
                slot as usize
            }
        };
        (slot < self.count).then_some(slot)
    }

    /// The value a slot starts with.
    pub fn value(&self, slot: usize) -> Value {
        match self.scale {
            Scale::Whole { first, step } => {
                long_value(self.ty, first.wrapping_add(step.wrapping_mul(slot as i64)))
            }
            Scale::Real { first, step } => Value::Real(first + step * slot as f64),
        }
    }

    /// The values of all slots as the JSON text of an array.
    pub fn text(&self) -> String {
        let values = (0..self.count).map(|slot| json::from_value(&self.value(slot)).unwrap_or(Json::Null));
        Json::Array(values.collect()).to_string()
    }
}

/// The JSON text of what stands in slots without rows: a number takes the type of the series.
pub fn default_text(default: &Value, series: Type) -> String {
    let value = match (series, real(default)) {
        (Type::Real, Some(number)) => Value::Real(number),
        _ => default.clone(),
    };
    json::from_value(&value).unwrap_or(Json::Null).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Value {
        Value::DateTime(crate::calendar::date(2025, 1, 1).expect("a date") + (day - 1) * 864_000_000_000)
    }

    fn days(count: i64) -> Value {
        Value::TimeSpan(count * 864_000_000_000)
    }

    #[test]
    fn the_end_is_excluded() {
        let bounds = Bounds { from: Some(day(6)), to: Some(day(40)), step: days(7) };
        let axis = Axis::new(Type::DateTime, &bounds, None).expect("an axis");
        assert_eq!(axis.count, 5);
        assert_eq!(axis.value(4), day(34));
        assert_eq!(axis.slot(&day(6)), Some(0));
        assert_eq!(axis.slot(&day(12)), Some(0));
        assert_eq!(axis.slot(&day(13)), Some(1));
        assert_eq!(axis.slot(&day(5)), None);
        assert_eq!(axis.slot(&day(41)), None);
        let exact = Bounds { to: Some(day(20)), ..bounds.clone() };
        assert_eq!(Axis::new(Type::DateTime, &exact, None).map(|axis| axis.count), Some(2));
        let empty = Bounds { to: Some(day(6)), ..bounds };
        let axis = Axis::new(Type::DateTime, &empty, None).expect("an axis");
        assert_eq!((axis.count, axis.text().as_str()), (0, "[]"));
    }

    #[test]
    fn missing_ends_come_from_the_values() {
        let bounds = Bounds { from: None, to: None, step: days(1) };
        let axis = Axis::new(Type::DateTime, &bounds, Some((&day(2), &day(4)))).expect("an axis");
        assert_eq!(
            axis.text(),
            r#"["2025-01-02T00:00:00.0000000Z","2025-01-03T00:00:00.0000000Z","2025-01-04T00:00:00.0000000Z"]"#
        );
        assert_eq!(Axis::new(Type::DateTime, &bounds, None), None);
    }

    #[test]
    fn reals_and_bad_steps() {
        let bounds =
            Bounds { from: Some(Value::Real(0.0)), to: Some(Value::Real(0.3)), step: Value::Real(0.1) };
        let axis = Axis::new(Type::Real, &bounds, None).expect("an axis");
        assert_eq!(axis.count, 3);
        assert_eq!(axis.slot(&Value::Real(0.1 + 0.1)), Some(2));
        let still = Bounds { step: Value::Real(0.0), ..bounds };
        assert_eq!(Axis::new(Type::Real, &still, None), None);
        let wide = Bounds {
            from: Some(Value::Long(i64::MIN)),
            to: Some(Value::Long(i64::MAX)),
            step: Value::Long(1),
        };
        assert_eq!(Axis::new(Type::Long, &wide, None).map(|axis| axis.count), Some(MAX_ELEMENTS));
    }

    #[test]
    fn defaults() {
        assert_eq!(default_text(&Value::Long(0), Type::Real), "0.0");
        assert_eq!(default_text(&Value::Long(-2), Type::Long), "-2");
        assert_eq!(default_text(&Value::Null(Type::Real), Type::Real), "null");
    }
}
