//! One scalar value of any type, and rows of values to and from Arrow arrays.

use crate::format;
use crate::types::{DECIMAL_PRECISION, DECIMAL_SCALE, Type};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanBuilder, Decimal256Builder, Float64Builder, Int32Builder, Int64Builder,
    StringViewBuilder,
};
use arrow::datatypes::{Decimal256Type, Float64Type, Int32Type, Int64Type, i256};
use std::sync::Arc;

/// A JSON tree, keys in the order written.
pub type Json = serde_json::Value;

/// A scalar value. Only strings have no null: absent text is the empty string.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// The absent value of a type other than string.
    Null(Type),
    /// bool.
    Bool(bool),
    /// int.
    Int(i32),
    /// long.
    Long(i64),
    /// real.
    Real(f64),
    /// decimal, scaled by 10^34.
    Decimal(i256),
    /// string.
    String(String),
    /// datetime: ticks since 0001-01-01 UTC.
    DateTime(i64),
    /// timespan: ticks.
    TimeSpan(i64),
    /// guid: canonical lower-case text.
    Guid(String),
    /// dynamic; never `Json::Null`, which is `Null(Type::Dynamic)`.
    Dynamic(Json),
}

impl Value {
    /// The absent value of a type: null, or the empty string.
    pub fn absent(ty: Type) -> Value {
        if ty == Type::String { Value::String(String::new()) } else { Value::Null(ty) }
    }

    /// A dynamic value; JSON null becomes the null value.
    pub fn dynamic(json: Json) -> Value {
        if json.is_null() { Value::Null(Type::Dynamic) } else { Value::Dynamic(json) }
    }

    /// The type.
    pub fn ty(&self) -> Type {
        match self {
            Value::Null(ty) => *ty,
            Value::Bool(_) => Type::Bool,
            Value::Int(_) => Type::Int,
            Value::Long(_) => Type::Long,
            Value::Real(_) => Type::Real,
            Value::Decimal(_) => Type::Decimal,
            Value::String(_) => Type::String,
            Value::DateTime(_) => Type::DateTime,
            Value::TimeSpan(_) => Type::TimeSpan,
            Value::Guid(_) => Type::Guid,
            Value::Dynamic(_) => Type::Dynamic,
        }
    }

    /// Whether it is null. A string never is.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null(_))
    }

    /// The text `tostring` gives: null is empty, a dynamic string has no quotes, a bool reads `True` or `False`.
    pub fn text(&self) -> String {
        match self {
            Value::Null(_) => String::new(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Int(v) => v.to_string(),
            Value::Long(v) => v.to_string(),
            Value::Real(v) => format::real_text(*v),
            Value::Decimal(v) => format::decimal_text(*v),
            Value::String(v) | Value::Guid(v) | Value::Dynamic(Json::String(v)) => v.clone(),
            Value::DateTime(v) => format::datetime_text(*v),
            Value::TimeSpan(v) => format::timespan_text(*v),
            Value::Dynamic(v) => v.to_string(),
        }
    }

    /// The value at a row of an array that holds `ty` as `Type::arrow` says.
    pub fn from_array(ty: Type, array: &dyn Array, row: usize) -> Value {
        if array.is_null(row) {
            return Value::absent(ty);
        }
        let text = || array.as_string_view().value(row);
        let ticks = || array.as_primitive::<Int64Type>().value(row);
        match ty {
            Type::Bool => Value::Bool(array.as_boolean().value(row)),
            Type::Int => Value::Int(array.as_primitive::<Int32Type>().value(row)),
            Type::Long => Value::Long(ticks()),
            Type::Real => Value::Real(array.as_primitive::<Float64Type>().value(row)),
            Type::Decimal => Value::Decimal(array.as_primitive::<Decimal256Type>().value(row)),
            Type::String => Value::String(text().to_owned()),
            Type::DateTime => Value::DateTime(ticks()),
            Type::TimeSpan => Value::TimeSpan(ticks()),
            Type::Guid => Value::Guid(text().to_owned()),
            Type::Dynamic => Value::dynamic(crate::json::parse(text()).unwrap_or(Json::Null)),
        }
    }

    /// An array of `ty` from values; a value of another type counts as absent.
    pub fn to_array(ty: Type, values: impl IntoIterator<Item = Value>) -> ArrayRef {
        /// Collects the values one pattern takes; all others are null.
        macro_rules! collect {
            ($builder:expr, $pattern:pat => $value:expr) => {{
                let mut builder = $builder;
                for value in values {
                    match value {
                        $pattern => builder.append_value($value),
                        _ => builder.append_null(),
                    }
                }
                Arc::new(builder.finish())
            }};
        }
        match ty {
            Type::Bool => collect!(BooleanBuilder::new(), Value::Bool(v) => v),
            Type::Int => collect!(Int32Builder::new(), Value::Int(v) => v),
            Type::Long => collect!(Int64Builder::new(), Value::Long(v) => v),
            Type::Real => collect!(Float64Builder::new(), Value::Real(v) => v),
            Type::Decimal => {
                let builder = Decimal256Builder::new()
                    .with_precision_and_scale(DECIMAL_PRECISION, DECIMAL_SCALE)
                    .expect("the engine's precision and scale are valid");
                collect!(builder, Value::Decimal(v) => v)
            }
            Type::String => {
                let mut builder = StringViewBuilder::new();
                for value in values {
                    match value {
                        Value::String(v) => builder.append_value(v),
                        _ => builder.append_value(""),
                    }
                }
                Arc::new(builder.finish())
            }
            Type::DateTime => collect!(Int64Builder::new(), Value::DateTime(v) => v),
            Type::TimeSpan => collect!(Int64Builder::new(), Value::TimeSpan(v) => v),
            Type::Guid => collect!(StringViewBuilder::new(), Value::Guid(v) => v),
            Type::Dynamic => collect!(StringViewBuilder::new(), Value::Dynamic(v) => v.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_arrays() {
        for ty in Type::ALL {
            let array = Value::to_array(ty, [Value::absent(ty)]);
            assert_eq!(array.data_type(), &ty.arrow());
            assert_eq!(Value::from_array(ty, &array, 0), Value::absent(ty));
        }
        let array = Value::to_array(Type::Dynamic, [Value::Dynamic(serde_json::json!({"b": 1, "a": [1.0]}))]);
        assert_eq!(array.as_string_view().value(0), r#"{"b":1,"a":[1.0]}"#);
    }
}
