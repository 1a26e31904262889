//! Literals: numbers, times, texts, and the typed parts of `dynamic(…)`.

use crate::binder::Binder;
use crate::expression::type_of;
use crate::plan::Expr;
use calypso_library::format::TICKS_PER_DAY;
use calypso_library::{Json, Type, Value, json, literals};
use calypso_parser::ast::{self, DynamicValue, Literal, ScalarType, Span};

impl Binder<'_> {
    /// The value of a literal.
    pub fn literal(&mut self, literal: &Literal, span: Span) -> Option<Expr> {
        let ty = type_of(literal.kind);
        let text = literal.text.trim();
        if literal.is_null() {
            return Some(Expr::Literal(Value::absent(ty)));
        }
        let value = match ty {
            Type::String => Some(Value::String(literal.text.clone())),
            Type::DateTime if text.is_empty() => Some(Value::DateTime(self.now)),
            Type::DateTime => literals::value(ty, text).or_else(|| {
                // A time alone is one of today.
                let midnight = self.now - self.now.rem_euclid(TICKS_PER_DAY);
                literals::time_of_day(text).map(|time| Value::DateTime(midnight + time))
            }),
            Type::Dynamic => self.dynamic_literal(&literal.text).map(Value::dynamic),
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Real
            | Type::Decimal
            | Type::TimeSpan
            | Type::Guid => literals::value(ty, text),
        };
        match value {
            Some(value) => Some(Expr::Literal(value)),
            None => {
                let message = format!("`{text}` is no {ty}");
                let named = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
                match named && ty != Type::Dynamic && !text.contains(' ') {
                    true => {
                        let help =
                            format!("`{ty}(…)` holds a literal; a value is converted by `to{ty}({text})`");
                        self.error_with_help("KS004", span, message, help)
                    }
                    false => self.error("KS004", span, message),
                }
            }
        }
    }

    fn dynamic_literal(&mut self, text: &str) -> Option<Json> {
        let tree = calypso_parser::dynamic_literal(text).ok()?;
        self.dynamic_tree(&tree)
    }

    /// Typed parts are stored each their own way: a timespan as its ticks, a datetime as text.
    fn dynamic_tree(&mut self, tree: &DynamicValue) -> Option<Json> {
        Some(match tree {
            DynamicValue::Null => Json::Null,
            DynamicValue::Bool(value) => Json::Bool(*value),
            DynamicValue::Number(text) => match json::parse(text) {
                Some(number) => number,
                None => match literals::long(text) {
                    Some(long) => Json::from(long),
                    None => json::from_real(literals::real(text)?),
                },
            },
            DynamicValue::String(text) => Json::String(text.clone()),
            DynamicValue::Array(items) => {
                Json::Array(items.iter().map(|item| self.dynamic_tree(item)).collect::<Option<_>>()?)
            }
            DynamicValue::Bag(entries) => entries
                .iter()
                .map(|(key, value)| Some((key.clone(), self.dynamic_tree(value)?)))
                .collect::<Option<Json>>()?,
            // The language refuses these two inside a dynamic.
            DynamicValue::Typed(literal) if literal.kind == ScalarType::Bool => return None,
            DynamicValue::Typed(literal) if literal.kind == ScalarType::DateTime && literal.is_null() => {
                return None;
            }
            DynamicValue::Typed(literal) => match self.literal(literal, Span::default())? {
                Expr::Literal(Value::TimeSpan(ticks)) => Json::from(ticks),
                Expr::Literal(value) => json::from_value(&value).unwrap_or(Json::Null),
                Expr::Column(..) | Expr::Call { .. } | Expr::Scalar(..) | Expr::FirstColumn(_) => {
                    return None;
                }
            },
        })
    }

    pub fn type_literal(&mut self, types: &[ast::TypeName], span: Span) -> Option<Expr> {
        match types {
            [one] if one.scalar().is_some() => {
                let ty = one.scalar().map_or(Type::String, type_of);
                Some(Expr::Literal(Value::String(ty.name().to_owned())))
            }
            _ => self.error("KS141", span, "expected one of the scalar types in `typeof(…)`"),
        }
    }
}

/// A negative whole number, whose digits alone may be one too many.
pub fn negated_literal(literal: &Literal) -> Option<Value> {
    let text = literal.text.as_str();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match literal.kind {
        ScalarType::Long if !text.starts_with("0x") && !text.starts_with("0X") => {
            literals::long(&format!("-{text}")).map(Value::Long)
        }
        _ => None,
    }
}
