//! Values and small parts of aggregate states as bytes, for states that travel between threads or to disk.
//! In: a value. Out: bytes that `read` takes back; any other bytes give `None`, never a panic.

use crate::types::Type;
use crate::value::{Json, Value};
use arrow::datatypes::i256;

/// A value with a byte form.
pub trait Bytes: Sized {
    /// Appends the bytes.
    fn write(&self, out: &mut Vec<u8>);
    /// Takes the value from the front of the bytes.
    fn read(input: &mut &[u8]) -> Option<Self>;
}

/// The first `count` bytes, taken off.
fn take<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    if input.len() < count {
        return None;
    }
    let (first, rest) = input.split_at(count);
    *input = rest;
    Some(first)
}

/// Numbers as their little-endian bytes.
macro_rules! numbers {
    ($($ty:ty),*) => {
        $(impl Bytes for $ty {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(<$ty>::from_le_bytes(take(input, size_of::<$ty>())?.try_into().ok()?))
            }
        })*
    };
}
numbers!(u8, u32, u64, i32, i64, i128, f64, i256);

impl Bytes for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        u8::read(input).map(|byte| byte != 0)
    }
}

impl Bytes for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::read(input)?).ok()?;
        String::from_utf8(take(input, length)?.to_vec()).ok()
    }
}

impl<T: Bytes> Bytes for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        if bool::read(input)? { T::read(input).map(Some) } else { Some(None) }
    }
}

impl<T: Bytes> Bytes for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        for value in self {
            value.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let count = u64::read(input)?;
        // No capacity from the bytes: a wrong count must not reserve memory.
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(T::read(input)?);
        }
        Some(values)
    }
}

impl<A: Bytes, B: Bytes> Bytes for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        Some((A::read(input)?, B::read(input)?))
    }
}

impl Bytes for Type {
    fn write(&self, out: &mut Vec<u8>) {
        let place = Type::ALL.iter().position(|ty| ty == self).expect("all types are listed");
        out.push(place as u8);
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        Type::ALL.get(usize::from(u8::read(input)?)).copied()
    }
}

impl Bytes for Value {
    fn write(&self, out: &mut Vec<u8>) {
        self.ty().write(out);
        self.is_null().write(out);
        match self {
            Value::Null(_) => {}
            Value::Bool(v) => v.write(out),
            Value::Int(v) => v.write(out),
            Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => v.write(out),
            Value::Real(v) => v.write(out),
            Value::Decimal(v) => v.write(out),
            Value::String(v) | Value::Guid(v) => v.write(out),
            Value::Dynamic(v) => v.to_string().write(out),
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let ty = Type::read(input)?;
        if bool::read(input)? {
            return Some(Value::absent(ty));
        }
        Some(match ty {
            Type::Bool => Value::Bool(bool::read(input)?),
            Type::Int => Value::Int(i32::read(input)?),
            Type::Long => Value::Long(i64::read(input)?),
            Type::Real => Value::Real(f64::read(input)?),
            Type::Decimal => Value::Decimal(i256::read(input)?),
            Type::String => Value::String(String::read(input)?),
            Type::DateTime => Value::DateTime(i64::read(input)?),
            Type::TimeSpan => Value::TimeSpan(i64::read(input)?),
            Type::Guid => Value::Guid(String::read(input)?),
            Type::Dynamic => Value::dynamic(crate::json::parse(&String::read(input)?).unwrap_or(Json::Null)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_survive_and_broken_bytes_are_refused() {
        let mut values: Vec<Value> = Type::ALL.iter().map(|ty| Value::absent(*ty)).collect();
        values.extend([
            Value::Bool(true),
            Value::Int(-7),
            Value::Long(i64::MIN),
            Value::Real(f64::INFINITY),
            Value::Decimal(crate::decimal::from_long(-3)),
            Value::String("žluť".to_owned()),
            Value::DateTime(5),
            Value::TimeSpan(-5),
            Value::Guid("g".to_owned()),
            Value::Dynamic(json!({"b": [1, 2.5], "a": null})),
        ]);
        for value in values {
            let mut bytes = Vec::new();
            value.write(&mut bytes);
            assert_eq!(Value::read(&mut bytes.as_slice()), Some(value.clone()));
            for cut in 0..bytes.len() {
                assert_eq!(Value::read(&mut &bytes[..cut]), None, "{value:?} cut at {cut}");
            }
        }
        assert_eq!(Vec::<Value>::read(&mut [255u8; 9].as_slice()), None);
    }
}
