//! One evaluation of a scalar or window function over a batch: typed access to arguments row by row, and results
//! collected into the array of the declared type.

use crate::json;
use crate::types::Type;
use crate::value::{Json, Value};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, Int64Array, StringViewBuilder,
};
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Why an evaluation stopped the whole query; what merely yields null is no error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvaluateError(pub String);

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EvaluateError {}

/// The result column of an evaluation.
pub type Evaluated = Result<ArrayRef, EvaluateError>;

/// One argument: an array with its KQL type. A constant holds one row that stands for every row.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The KQL type; `array` is held as `Type::arrow` says.
    pub ty: Type,
    /// The values: one per row, or a single one when constant.
    pub array: ArrayRef,
    /// Whether the single value stands for every row.
    pub constant: bool,
}

impl Argument {
    /// An argument that is the same in every row.
    pub fn constant(value: Value) -> Argument {
        Argument { ty: value.ty(), array: Value::to_array(value.ty(), [value]), constant: true }
    }

    /// An argument with a value per row.
    pub fn rows(ty: Type, array: ArrayRef) -> Argument {
        Argument { ty, array, constant: false }
    }

    fn at(&self, row: usize) -> usize {
        if self.constant { 0 } else { row }
    }

    /// Whether the value is null. A string never is; a missing one is empty.
    pub fn is_null(&self, row: usize) -> bool {
        self.ty != Type::String && self.array.is_null(self.at(row))
    }

    /// The value, owned.
    pub fn value(&self, row: usize) -> Value {
        Value::from_array(self.ty, &self.array, self.at(row))
    }

    /// The values as an array of so many rows; a constant is repeated.
    pub fn column(&self, rows: usize) -> ArrayRef {
        if !self.constant || rows == self.array.len() {
            return Arc::clone(&self.array);
        }
        if rows == 0 {
            return self.array.slice(0, 0);
        }
        let first = arrow::array::UInt32Array::from_value(0, rows);
        arrow::compute::take(&self.array, &first, None).expect("a constant holds one row")
    }

    /// The value of a constant argument.
    pub fn constant_value(&self) -> Option<Value> {
        self.constant.then(|| self.value(0))
    }

    /// The text of a constant argument; an argument that varies by row is refused.
    pub fn constant_text(&self) -> Result<String, EvaluateError> {
        match self.constant_value() {
            Some(value) => Ok(value.text()),
            None => Err(EvaluateError("an argument must be a constant".to_owned())),
        }
    }

    /// The stored text of a string, guid or dynamic (JSON text); `""` when null or of another type.
    pub fn raw(&self, row: usize) -> &str {
        let row = self.at(row);
        match self.ty {
            Type::String | Type::Guid | Type::Dynamic if self.array.is_valid(row) => {
                self.array.as_string_view().value(row)
            }
            _ => "",
        }
    }

    /// The value as `tostring` gives it: a dynamic string without quotes, null as `""`.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        match self.ty {
            Type::String | Type::Guid => Cow::Borrowed(self.raw(row)),
            Type::Dynamic => json::unquoted(self.raw(row)),
            _ => Cow::Owned(self.value(row).text()),
        }
    }

    /// A bool, or a number or dynamic bool by non-zero; `None` for null and other types.
    pub fn bool(&self, row: usize) -> Option<bool> {
        if self.is_null(row) {
            return None;
        }
        match self.ty {
            Type::Bool => Some(self.array.as_boolean().value(self.at(row))),
            Type::Int | Type::Long => self.long(row).map(|v| v != 0),
            Type::Real => self.real(row).map(|v| v != 0.0),
            Type::Dynamic => match self.json(row)? {
                Json::Bool(v) => Some(v),
                Json::Number(v) => v.as_f64().map(|v| v != 0.0),
                _ => None,
            },
            Type::Decimal | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid => None,
        }
    }

    /// Integers as they are, ticks of datetime and timespan, bool as 0 or 1, reals truncated, dynamic numbers as
    /// held; `None` for null and what is no number.
    pub fn long(&self, row: usize) -> Option<i64> {
        if self.is_null(row) {
            return None;
        }
        let at = self.at(row);
        match self.ty {
            Type::Bool => Some(i64::from(self.array.as_boolean().value(at))),
            Type::Int => Some(i64::from(self.array.as_primitive::<Int32Type>().value(at))),
            Type::Long | Type::DateTime | Type::TimeSpan => {
                Some(self.array.as_primitive::<Int64Type>().value(at))
            }
            Type::Real => self.real(row).filter(|v| !v.is_nan()).map(|v| v as i64),
            Type::Dynamic => match self.json(row)? {
                Json::Number(v) => v.as_i64().or_else(|| v.as_f64().map(|v| v as i64)),
                Json::Bool(v) => Some(i64::from(v)),
                _ => None,
            },
            Type::Decimal => self.real(row).map(|v| v as i64),
            Type::String | Type::Guid => None,
        }
    }

    /// Any number as a real; `None` for null and what is no number.
    pub fn real(&self, row: usize) -> Option<f64> {
        if self.is_null(row) {
            return None;
        }
        match self.ty {
            Type::Real => Some(self.array.as_primitive::<Float64Type>().value(self.at(row))),
            Type::Decimal => match self.value(row) {
                Value::Decimal(v) => Some(crate::decimal::to_real(v)),
                _ => None,
            },
            Type::Dynamic => match self.json(row)? {
                Json::Number(v) => v.as_f64(),
                Json::Bool(v) => Some(f64::from(u8::from(v))),
                _ => None,
            },
            Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
                self.long(row).map(|v| v as f64)
            }
            Type::String | Type::Guid => None,
        }
    }

    /// The value as an element of a dynamic: `None` for null, text for datetime, timespan, guid and decimal.
    pub fn json(&self, row: usize) -> Option<Json> {
        if self.is_null(row) { None } else { json::from_value(&self.value(row)) }
    }
}

/// One evaluation: the arguments, how many rows, and the type wanted.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// Arguments in the order of the signature.
    pub arguments: &'a [Argument],
    /// Rows of the result.
    pub rows: usize,
    /// The type of the result.
    pub returns: Type,
}

impl std::ops::Index<usize> for Call<'_> {
    type Output = Argument;
    fn index(&self, index: usize) -> &Argument {
        &self.arguments[index]
    }
}

impl Call<'_> {
    /// The argument at a place, when given.
    pub fn get(&self, index: usize) -> Option<&Argument> {
        self.arguments.get(index)
    }

    /// Collects longs, datetimes or timespans (ticks).
    pub fn longs(&self, f: impl FnMut(usize) -> Option<i64>) -> Evaluated {
        Ok(Arc::new((0..self.rows).map(f).collect::<Int64Array>()))
    }

    /// Collects ints.
    pub fn ints(&self, f: impl FnMut(usize) -> Option<i32>) -> Evaluated {
        Ok(Arc::new((0..self.rows).map(f).collect::<Int32Array>()))
    }

    /// Collects reals.
    pub fn reals(&self, f: impl FnMut(usize) -> Option<f64>) -> Evaluated {
        Ok(Arc::new((0..self.rows).map(f).collect::<Float64Array>()))
    }

    /// Collects bools.
    pub fn bools(&self, f: impl FnMut(usize) -> Option<bool>) -> Evaluated {
        Ok(Arc::new((0..self.rows).map(f).collect::<BooleanArray>()))
    }

    /// Collects strings.
    pub fn strings<S: AsRef<str>>(&self, mut f: impl FnMut(usize) -> S) -> Evaluated {
        let mut builder = StringViewBuilder::with_capacity(self.rows);
        for row in 0..self.rows {
            builder.append_value(f(row));
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Collects dynamics; `None` and JSON null are the null value.
    pub fn dynamics(&self, mut f: impl FnMut(usize) -> Option<Json>) -> Evaluated {
        let mut builder = StringViewBuilder::with_capacity(self.rows);
        for row in 0..self.rows {
            match f(row) {
                Some(Json::Null) | None => builder.append_null(),
                Some(value) => builder.append_value(json::text(&value)),
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Collects values of the declared type, for functions over several types; a value of another type is null.
    pub fn values(&self, f: impl FnMut(usize) -> Value) -> Evaluated {
        Ok(Value::to_array(self.returns, (0..self.rows).map(f)))
    }
}
