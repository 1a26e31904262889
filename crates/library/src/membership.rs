//! `in` and its kin: a set made once of the items, then asked for every row. Items that are arrays count by their
//! elements. A null is in no set but one that holds a null, and then the answer is null.

use crate::call::{Argument, Call, Evaluated};
use crate::compare::text_at;
use crate::format::datetime_text;
use crate::function::{ArgumentInfo, Overload};
use crate::json::{self, Held, bare_text, held};
use crate::lanes::{self, Lane};
use crate::literals;
use crate::overload::widens;
use crate::text_match::source_bits;
use crate::types::Type;
use crate::value::{Json, Value};
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::{Int64Type, i256};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The types of the value and the items; `None` refuses them. Numbers meet in the widest type, dynamics stay.
pub fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let (value, items) = arguments.split_first()?;
    if items.is_empty() {
        return None;
    }
    if value.ty == Type::Dynamic {
        let types = arguments.iter().map(|argument| argument.ty).collect();
        return Some(Overload { arguments: types, returns: Type::Bool });
    }
    let typed = || items.iter().filter(|item| item.ty != Type::Dynamic);
    let mut met = value.ty;
    if met == Type::String {
        // A text among texts is a text; among typed values alone it is read as their type: `ResultType in (0, 50199)`.
        if typed().any(|item| item.ty == Type::String) {
            let types = arguments.iter().map(|argument| match argument.ty {
                Type::Dynamic => Type::Dynamic,
                _ => Type::String,
            });
            return Some(Overload { arguments: types.collect(), returns: Type::Bool });
        }
        met = typed().next().map_or(Type::String, |item| item.ty);
    }
    for item in typed() {
        met = match (met, item.ty) {
            (a, b) if widens(a, b) => b,
            (a, b) if widens(b, a) => a,
            (Type::Bool, number) | (number, Type::Bool) if number.is_number() => {
                if widens(Type::Long, number) { number } else { Type::Long }
            }
            _ => return None,
        };
    }
    let types = arguments.iter().map(|argument| if argument.ty == Type::Dynamic { argument.ty } else { met });
    Some(Overload { arguments: types.collect(), returns: Type::Bool })
}

/// One bool per row: whether the first argument is among the others.
pub fn evaluate(call: &Call, folded: bool, negated: bool) -> Evaluated {
    let (value, items) = (&call[0], &call.arguments[1..]);
    if !items.iter().all(|item| item.constant) {
        return call.bools(|row| {
            let set = Set::new(value.ty, items, row, folded);
            set.answer(value, row, folded).map(|found| found != negated)
        });
    }
    let set = Set::new(value.ty, items, 0, folded);
    let bits = match value.ty {
        Type::String if folded => {
            let (least, most) = set.folded_lengths();
            source_bits(value, call.rows, |text| {
                (least..=most).contains(&text.len()) && set.texts.contains(&text.to_lowercase())
            })
        }
        Type::String => source_bits(value, call.rows, |text| set.texts.contains(text)),
        Type::Long | Type::DateTime | Type::TimeSpan => set.long_bits(call.rows, value),
        _ => {
            return call.bools(|row| set.answer(value, row, folded).map(|found| found != negated));
        }
    };
    let nulls = lanes::nulls(value, call.rows);
    let bits = match &nulls {
        Some(valid) => &bits & valid.inner(),
        None => bits,
    };
    let bits = if negated { !&bits } else { bits };
    Ok(Arc::new(BooleanArray::new(bits, nulls.filter(|_| set.null))))
}

/// The texts of items: elements of arrays one by one, nulls as the empty text.
pub fn item_texts(items: &[Argument], row: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for item in items {
        match item.ty {
            Type::Dynamic => match json::parse(item.raw(row)) {
                Some(Json::Array(elements)) => texts.extend(elements.iter().map(bare_text)),
                Some(other) => texts.push(bare_text(&other)),
                None => texts.push(String::new()),
            },
            _ => texts.push(item.text(row).into_owned()),
        }
    }
    texts
}

/// The items, each kind in its own set.
#[derive(Default)]
struct Set {
    texts: FxHashSet<String>,
    /// Longs and ticks.
    longs: FxHashSet<i64>,
    /// Reals, none of them NaN.
    reals: Vec<f64>,
    decimals: Vec<i256>,
    bools: [bool; 2],
    null: bool,
}

impl Set {
    fn new(value: Type, items: &[Argument], row: usize, folded: bool) -> Set {
        let mut set = Set::default();
        for item in items {
            if item.ty != Type::Dynamic {
                set.add(item.value(row), folded);
                continue;
            }
            match json::parse(item.raw(row)) {
                Some(Json::Array(elements)) => {
                    for element in elements {
                        set.add(element_as(value, element), folded);
                    }
                }
                Some(element) => set.add(element_as(value, element), folded),
                None => set.null = true,
            }
        }
        set
    }

    fn add(&mut self, item: Value, folded: bool) {
        match item {
            Value::Null(_) => self.null = true,
            Value::Bool(value) => self.bools[usize::from(value)] = true,
            Value::Int(value) => {
                self.longs.insert(i64::from(value));
            }
            Value::Long(value) | Value::TimeSpan(value) | Value::DateTime(value) => {
                self.longs.insert(value);
            }
            Value::Real(value) => self.reals.push(value),
            Value::Decimal(value) => self.decimals.push(value),
            Value::String(text) if folded => {
                self.texts.insert(text.to_lowercase());
            }
            Value::String(text) | Value::Guid(text) => {
                self.texts.insert(text);
            }
            Value::Dynamic(tree) => {
                self.texts.insert(bare_text(&tree));
            }
        }
    }

    /// How long texts are, in bytes, that may be one of these in lower case: others, such as long ones, need not be
    /// brought to lower case. A letter shrinks to a third at most and grows to one and a half.
    fn folded_lengths(&self) -> (usize, usize) {
        let lengths = || self.texts.iter().map(String::len);
        (lengths().min().unwrap_or(0) * 2 / 3, lengths().max().unwrap_or(0) * 3)
    }

    /// Whether the value of a row is among the items; null for a null beside a null.
    fn answer(&self, value: &Argument, row: usize, folded: bool) -> Option<bool> {
        if value.is_null(row) {
            return if self.null { None } else { Some(value.ty == Type::Dynamic && self.texts.contains("")) };
        }
        Some(match value.ty {
            Type::String | Type::Guid if folded => self.texts.contains(&value.raw(row).to_lowercase()),
            Type::String | Type::Guid => self.texts.contains(value.raw(row)),
            Type::Dynamic => self.has_held(value, row, folded),
            Type::Bool => value.bool(row).is_some_and(|v| self.bools[usize::from(v)]),
            Type::Real => value.real(row).is_some_and(|v| self.reals.contains(&v)),
            Type::Decimal => match value.value(row) {
                Value::Decimal(v) => self.decimals.contains(&v),
                _ => false,
            },
            Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
                value.long(row).is_some_and(|v| self.longs.contains(&v))
            }
        })
    }

    /// A dynamic is among the items as the number it holds or by its text.
    fn has_held(&self, value: &Argument, row: usize, folded: bool) -> bool {
        let text = text_at(value, row);
        let by_text =
            if folded { self.texts.contains(&text.to_lowercase()) } else { self.texts.contains(&*text) };
        by_text
            || match held(value.raw(row)) {
                Held::Bool(v) => self.bools[usize::from(v)],
                Held::Long(v) => self.longs.contains(&v) || self.reals.contains(&(v as f64)),
                Held::Real(v) => self.reals.contains(&v) || self.longs.iter().any(|long| (*long as f64) == v),
                Held::String(text) => literals::datetime(&text).is_some_and(|ticks| {
                    self.longs.contains(&ticks) && self.texts.contains(&datetime_text(ticks))
                }),
                Held::Null | Held::Array | Held::Bag => false,
            }
    }

    /// Longs and ticks of a column; null rows mean nothing yet.
    fn long_bits(&self, rows: usize, value: &Argument) -> BooleanBuffer {
        let lane = Lane::of::<Int64Type>(value);
        if self.longs.len() <= 8 {
            let few: Vec<i64> = self.longs.iter().copied().collect();
            return BooleanBuffer::collect_bool(rows, |row| few.contains(&lane.at(row)));
        }
        BooleanBuffer::collect_bool(rows, |row| self.longs.contains(&lane.at(row)))
    }
}

/// An element of an array as the type that is looked for. What has no such value is a text that equals nothing else.
fn element_as(value: Type, element: Json) -> Value {
    let number =
        || element.as_i64().or_else(|| element.as_f64().filter(|v| v.fract() == 0.0).map(|v| v as i64));
    let found = match value {
        _ if element.is_null() => return Value::Null(value),
        Type::String => Some(Value::String(bare_text(&element))),
        Type::Int | Type::Long => number().map(Value::Long),
        Type::Real => element.as_f64().map(Value::Real),
        Type::Decimal if element.is_number() => literals::decimal(&element.to_string()).map(Value::Decimal),
        Type::Bool => element.as_bool().map(Value::Bool),
        Type::DateTime | Type::TimeSpan | Type::Guid => match &element {
            Json::String(text) => Some(literals::convert(value, text)).filter(|value| !value.is_null()),
            _ if value == Type::Guid => None,
            _ => element.as_i64().map(Value::Long),
        },
        Type::Dynamic => Some(match &element {
            Json::Bool(v) => Value::Bool(*v),
            Json::Number(v) => {
                v.as_i64().map_or_else(|| Value::Real(v.as_f64().unwrap_or(f64::NAN)), Value::Long)
            }
            _ => Value::String(bare_text(&element)),
        }),
        Type::Decimal => None,
    };
    found.unwrap_or_else(|| Value::String(bare_text(&element)))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{self, Long, Null, Real};

    fn check(value: Value, items: &[Value], wanted: &str) {
        let arguments: Vec<Value> = std::iter::once(value).chain(items.iter().cloned()).collect();
        assert_eq!(answer("in", &arguments), wanted, "{arguments:?}");
        let contrary = match wanted {
            "True" => "False",
            "False" => "True",
            other => other,
        };
        assert_eq!(answer("!in", &arguments), contrary, "not {arguments:?}");
    }

    #[test]
    fn among() {
        check(Long(2), &[Real(2.0)], "True");
        check(Long(1), &[s("1")], "True");
        check(s("a"), &[dynamic("[\"b\",\"a\"]"), s("z")], "True");
        check(s("A"), &[s("a")], "False");
        check(s(""), &[dynamic("[null]")], "False");
        check(Null(Type::Long), &[Long(1)], "False");
        check(Null(Type::Long), &[Long(1), Null(Type::Long)], "null");
        check(Long(5), &[Null(Type::Long)], "False");
        check(dynamic("\"x\""), &[s("x")], "True");
        check(dynamic("2"), &[Long(1), Long(2)], "True");
        check(dynamic("2.0"), &[Long(2)], "True");
        check(dt("2020-01-01"), &[s("2020-01-01")], "True");
        check(dt("2020-01-01"), &[dynamic("[\"2020-01-01T00:00:00.0000000Z\"]")], "True");
        check(ts("1d"), &[dynamic("[864000000000]")], "True");
        check(Value::Bool(true), &[dynamic("[true]")], "True");
        check(Value::Guid("a".into()), &[Value::Guid("a".into())], "True");
        check(dec("1.5"), &[Real(1.5)], "True");
        let many: Vec<Value> = (0..40).map(Long).collect();
        check(Long(39), &many, "True");
        check(Long(40), &many, "False");
        assert_eq!(answer("in~", &[s("\u{c9}A"), s("\u{e9}a")]), "True");
    }

    #[test]
    fn letters_of_another_length_in_lower_case() {
        for c in (char::MIN..=char::MAX).filter(|c| c.to_lowercase().next() != Some(*c)) {
            let (text, lower) = (c.to_string(), c.to_lowercase().to_string());
            assert!(text.len() <= lower.len() * 3 && text.len() >= lower.len() * 2 / 3, "{c:?}");
            if ["\u{212a}", "\u{130}", "\u{23a}"].contains(&text.as_str()) {
                let long = Value::String(text.repeat(3));
                let array = Value::to_array(Type::String, [long]);
                let arguments = [
                    crate::call::Argument::rows(Type::String, array),
                    crate::call::Argument::constant(Value::String(lower.repeat(3))),
                ];
                let call = crate::call::Call { arguments: &arguments, rows: 1, returns: Type::Bool };
                let found = super::evaluate(&call, true, false).expect("an answer");
                assert_eq!(Value::from_array(Type::Bool, &found, 0), Value::Bool(true), "{c:?}");
            }
        }
    }
}
