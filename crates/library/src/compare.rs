//! `== != < <= > >=`: which types compare, and the kernels. Equality with one null is false and with two is null, `!=`
//! with one null is true; order with a null is null. A dynamic compares as the number or text it holds.

use crate::call::{Argument, Call, EvaluateError, Evaluated};
use crate::function::{ArgumentInfo, Overload};
use crate::json::{self, Held, held};
use crate::lanes::{self, Lane};
use crate::overload::widens;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Array, AsArray, BooleanArray, StringViewArray};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::{Decimal256Type, Float64Type, Int32Type, Int64Type};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// One of the six relations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Relation {
    fn is_equality(self) -> bool {
        matches!(self, Relation::Equal | Relation::NotEqual)
    }

    /// Whether the relation holds for an order; values without an order (NaN) are only unequal.
    fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Relation::Equal => order == Some(Ordering::Equal),
            Relation::NotEqual => order != Some(Ordering::Equal),
            Relation::Less => order == Some(Ordering::Less),
            Relation::LessOrEqual => order.is_some_and(Ordering::is_le),
            Relation::Greater => order == Some(Ordering::Greater),
            Relation::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

/// The types two sides are compared in; `None` refuses them.
pub fn overload(relation: Relation, arguments: &[ArgumentInfo]) -> Option<Overload> {
    let [left, right] = arguments else {
        return None;
    };
    let (left, right) = types(relation, left.ty, right.ty)?;
    Some(Overload { arguments: vec![left, right], returns: Type::Bool })
}

fn types(relation: Relation, left: Type, right: Type) -> Option<(Type, Type)> {
    use Type::{Bool, DateTime, Decimal, Dynamic, Guid, Int, Long, Real, String, TimeSpan};
    let widest = |a: Type, b: Type| if widens(a, b) { b } else { a };
    Some(match (left, right) {
        (a, b) if a.is_number() && b.is_number() => (widest(a, b), widest(a, b)),
        (Bool, number) | (number, Bool) if number.is_number() => (widest(Long, number), widest(Long, number)),
        (Bool, Bool) | (DateTime, DateTime) | (TimeSpan, TimeSpan) => (left, right),
        (Dynamic, number) | (number, Dynamic) if number.is_number() => (left, right),
        (Dynamic, Dynamic) if !relation.is_equality() => (left, right),
        (String, String) | (Guid, Guid) | (String, Dynamic) | (Dynamic, String) if relation.is_equality() => {
            (left, right)
        }
        (Dynamic, other @ (Bool | DateTime | TimeSpan | Guid))
        | (other @ (Bool | DateTime | TimeSpan | Guid), Dynamic)
            if relation.is_equality() =>
        {
            (other, other)
        }
        // A text beside a typed value is read as that type: `ResultType == 0`.
        (String, other @ (Bool | Int | Long | Real | Decimal | DateTime | TimeSpan | Guid))
        | (other @ (Bool | Int | Long | Real | Decimal | DateTime | TimeSpan | Guid), String)
            if relation.is_equality() =>
        {
            (other, other)
        }
        _ => return None,
    })
}

/// One bool per row.
pub fn evaluate(call: &Call, relation: Relation) -> Evaluated {
    let [left, right] = call.arguments else {
        return Err(EvaluateError("a comparison takes two sides".to_owned()));
    };
    let rows = call.rows;
    let bits = match (left.ty, right.ty) {
        (Type::Int, Type::Int) => {
            related(rows, relation, Lane::of::<Int32Type>(left), Lane::of::<Int32Type>(right))
        }
        (Type::Long | Type::DateTime | Type::TimeSpan, Type::Long | Type::DateTime | Type::TimeSpan) => {
            related(rows, relation, Lane::of::<Int64Type>(left), Lane::of::<Int64Type>(right))
        }
        (Type::Real, Type::Real) => {
            related(rows, relation, Lane::of::<Float64Type>(left), Lane::of::<Float64Type>(right))
        }
        (Type::Decimal, Type::Decimal) => {
            related(rows, relation, Lane::of::<Decimal256Type>(left), Lane::of::<Decimal256Type>(right))
        }
        (Type::Bool, Type::Bool) => {
            bits(rows, |row| relation.holds(left.bool(row).partial_cmp(&right.bool(row))))
        }
        (Type::String | Type::Guid | Type::Dynamic, Type::String | Type::Guid | Type::Dynamic)
            if relation.is_equality() =>
        {
            let equal = same_texts(rows, left, right);
            if relation == Relation::Equal { equal } else { !&equal }
        }
        (Type::Dynamic, _) | (_, Type::Dynamic) => return held_numbers(call, relation),
        _ => return Err(EvaluateError(format!("{} does not compare with {}", left.ty, right.ty))),
    };
    // A dynamic beside a string is a text, and so never null.
    if left.ty == Type::String || right.ty == Type::String {
        return Ok(Arc::new(BooleanArray::new(bits, None)));
    }
    let (left, right) = (lanes::nulls(left, rows), lanes::nulls(right, rows));
    Ok(Arc::new(with_nulls(relation, bits, left, right)))
}

/// Applies the rule of null to bits that were computed as if every row held a value.
fn with_nulls(
    relation: Relation,
    bits: BooleanBuffer,
    left: Option<NullBuffer>,
    right: Option<NullBuffer>,
) -> BooleanArray {
    let Some(both) = NullBuffer::union(left.as_ref(), right.as_ref()) else {
        return BooleanArray::new(bits, None);
    };
    if !relation.is_equality() {
        return BooleanArray::new(bits, Some(both));
    }
    let bits = if relation == Relation::Equal { &bits & both.inner() } else { &bits | &!both.inner() };
    let either = match (left, right) {
        (Some(left), Some(right)) => Some(NullBuffer::new(left.inner() | right.inner())),
        _ => None,
    };
    BooleanArray::new(bits, either)
}

/// Numbers of one type.
fn related<T: Copy + PartialOrd>(
    rows: usize,
    relation: Relation,
    left: Lane<T>,
    right: Lane<T>,
) -> BooleanBuffer {
    match relation {
        Relation::Equal => lanes::zip_bits(rows, left, right, |a, b| a == b),
        Relation::NotEqual => lanes::zip_bits(rows, left, right, |a, b| a != b),
        Relation::Less => lanes::zip_bits(rows, left, right, |a, b| a < b),
        Relation::LessOrEqual => lanes::zip_bits(rows, left, right, |a, b| a <= b),
        Relation::Greater => lanes::zip_bits(rows, left, right, |a, b| a > b),
        Relation::GreaterOrEqual => lanes::zip_bits(rows, left, right, |a, b| a >= b),
    }
}

fn bits(rows: usize, f: impl FnMut(usize) -> bool) -> BooleanBuffer {
    BooleanBuffer::collect_bool(rows, f)
}

/// The text of a string or guid, or of what a dynamic holds; null is the empty text.
pub fn text_at(argument: &Argument, row: usize) -> Cow<'_, str> {
    match argument.raw(row) {
        "null" if argument.ty == Type::Dynamic => Cow::Borrowed(""),
        text if argument.ty == Type::Dynamic => json::unquoted(text),
        text => Cow::Borrowed(text),
    }
}

/// Whether the texts of two sides are the same.
fn same_texts(rows: usize, left: &Argument, right: &Argument) -> BooleanBuffer {
    let plain = |side: &Argument| side.ty != Type::Dynamic && side.array.null_count() == 0;
    match (left.constant, right.constant) {
        (false, true) if plain(left) => equal_to(left.array.as_string_view(), &text_at(right, 0)),
        (true, false) if plain(right) => equal_to(right.array.as_string_view(), &text_at(left, 0)),
        _ => bits(rows, |row| text_at(left, row) == text_at(right, row)),
    }
}

/// Whether each text is that one; the length and first bytes stand in the view itself.
fn equal_to(texts: &StringViewArray, wanted: &str) -> BooleanBuffer {
    let one = StringViewArray::from_iter_values([wanted]);
    let view = one.views()[0];
    let views = texts.views();
    if wanted.len() <= 12 {
        return bits(views.len(), |row| views[row] == view);
    }
    bits(views.len(), |row| views[row] as u64 == view as u64 && texts.value(row) == wanted)
}

/// A dynamic beside a number or another dynamic: as numbers. What holds no number is unequal to every number, and has
/// no order.
fn held_numbers(call: &Call, relation: Relation) -> Evaluated {
    let (left, right) = (&call[0], &call[1]);
    call.bools(|row| {
        if left.is_null(row) || right.is_null(row) {
            let both = left.is_null(row) && right.is_null(row);
            return (relation.is_equality() && !both).then_some(relation == Relation::NotEqual);
        }
        match (number(left, row), number(right, row)) {
            (Some(a), Some(b)) => Some(relation.holds(a.order(&b))),
            _ => relation.is_equality().then_some(relation == Relation::NotEqual),
        }
    })
}

/// A number of any type.
enum Number {
    Long(i64),
    Real(f64),
}

impl Number {
    fn order(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Long(a), Number::Long(b)) => a.partial_cmp(b),
            (Number::Long(a), Number::Real(b)) => (*a as f64).partial_cmp(b),
            (Number::Real(a), Number::Long(b)) => a.partial_cmp(&(*b as f64)),
            (Number::Real(a), Number::Real(b)) => a.partial_cmp(b),
        }
    }
}

fn number(argument: &Argument, row: usize) -> Option<Number> {
    match argument.ty {
        Type::Dynamic => match held(argument.raw(row)) {
            Held::Long(value) => Some(Number::Long(value)),
            Held::Real(value) => Some(Number::Real(value)),
            Held::Bool(value) => Some(Number::Long(i64::from(value))),
            Held::Null | Held::String(_) | Held::Array | Held::Bag => None,
        },
        Type::Int | Type::Long => argument.long(row).map(Number::Long),
        Type::Real | Type::Decimal => argument.real(row).map(Number::Real),
        Type::Bool | Type::String | Type::DateTime | Type::TimeSpan | Type::Guid => None,
    }
}

/// The order of two values of one type, for `max_of`, `min_of`; texts by their code points.
pub fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Int(b)) => a.partial_cmp(b),
        (Value::Long(a), Value::Long(b))
        | (Value::DateTime(a), Value::DateTime(b))
        | (Value::TimeSpan(a), Value::TimeSpan(b)) => a.partial_cmp(b),
        (Value::Real(a), Value::Real(b)) => a.partial_cmp(b),
        (Value::Decimal(a), Value::Decimal(b)) => a.partial_cmp(b),
        (Value::String(a), Value::String(b)) | (Value::Guid(a), Value::Guid(b)) => a.partial_cmp(b),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{self, Bool, Int, Long, Null, Real};

    fn check(cases: &[(Value, &str, Value, &str)]) {
        for (left, operator, right, wanted) in cases {
            let found = answer(operator, &[left.clone(), right.clone()]);
            assert_eq!(&found, wanted, "{left:?} {operator} {right:?}");
        }
    }

    #[test]
    fn nulls() {
        let null = || Null(Type::Long);
        check(&[
            (null(), "==", Long(1), "False"),
            (null(), "==", null(), "null"),
            (null(), "!=", Long(1), "True"),
            (null(), "!=", null(), "null"),
            (null(), "<", Long(1), "null"),
            (Long(1), ">=", null(), "null"),
            (Null(Type::Bool), "==", Bool(false), "False"),
            (Null(Type::Guid), "!=", Value::Guid("a".into()), "True"),
            (dynamic("null"), "==", s(""), "True"),
            (dynamic("null"), "==", Long(1), "False"),
            (dynamic("null"), "<", Long(1), "null"),
        ]);
    }

    #[test]
    fn types_meet() {
        check(&[
            (Long(2), "==", Real(2.0), "True"),
            (Int(2), "<", Long(3), "True"),
            (Bool(true), "==", Long(1), "True"),
            (Real(f64::NAN), "==", Real(f64::NAN), "False"),
            (Real(f64::NAN), "!=", Real(1.0), "True"),
            (Real(-0.0), "==", Real(0.0), "True"),
            (dt("2020-01-01"), "==", s("2020-01-01"), "True"),
            (Long(1), "==", s("1"), "True"),
            (Bool(true), "==", s("true"), "True"),
            (dt("2020-01-01"), "<", ts("1d"), "refused"),
            (s("a"), "<", s("b"), "refused"),
            (dynamic("1"), "==", dynamic("1"), "refused"),
            (dynamic("\"x\""), "<", s("y"), "refused"),
            (dec("1.5"), ">", Real(1.25), "True"),
        ]);
    }

    #[test]
    fn dynamics() {
        check(&[
            (dynamic("\"x\""), "==", s("x"), "True"),
            (dynamic("\"a\\nb\""), "==", s("a\nb"), "True"),
            (dynamic("5"), "==", s("5"), "True"),
            (dynamic("\"1\""), "==", Long(1), "False"),
            (dynamic("1.5"), "==", Long(1), "False"),
            (dynamic("1.5"), ">", Long(1), "True"),
            (dynamic("\"x\""), ">", Long(1), "null"),
            (dynamic("true"), "==", Bool(true), "True"),
            (dynamic("\"2020-01-01\""), "==", dt("2020-01-01"), "True"),
        ]);
    }

    #[test]
    fn texts_by_length() {
        for text in ["", "twelve bytes", "thirteen byte", "a much longer text than a view holds"] {
            check(&[(s(text), "==", s(text), "True"), (s(text), "!=", s("thirteen bytf"), "True")]);
        }
    }
}
