//! `[]`: what stands at a key or place in a dynamic: `d.a`, `d['a b']`, `d[0]`, `d[-1]`, one step after the other.

use crate::call::{Argument, Call, Evaluated};
use crate::function::*;
use crate::json::compact;
use crate::json_walk::{self, Walk};
use crate::lanes;
use crate::types::Type;
use arrow::array::{AsArray, StringViewBuilder};
use std::borrow::Cow;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "[]",
    summary: "What stands at a key or place in a dynamic; null when there is nothing.",
    overload: Some(overload),
    examples: &[
        example("print dynamic({'a': [1, 2, 3]}).a[-1]", "3"),
        example("print isnull(dynamic({'a': 1}).b)", "True"),
    ],
    evaluate,
    ..DEFAULTS
};

/// A dynamic, then keys and places; a step that is itself a dynamic counts as the text or number it holds.
fn overload(arguments: &[ArgumentInfo]) -> Option<Overload> {
    let (base, steps) = arguments.split_first()?;
    let mut types = vec![Type::Dynamic];
    if base.ty != Type::Dynamic || steps.is_empty() {
        return None;
    }
    for step in steps {
        types.push(match step.ty {
            Type::Int | Type::Long => Type::Long,
            Type::String | Type::Dynamic => step.ty,
            Type::Bool | Type::Real | Type::Decimal | Type::DateTime | Type::TimeSpan | Type::Guid => {
                return None;
            }
        });
    }
    Some(Overload { arguments: types, returns: Type::Dynamic })
}

fn evaluate(call: &Call) -> Evaluated {
    let (base, steps) = (&call[0], &call.arguments[1..]);
    let mut builder = StringViewBuilder::with_capacity(call.rows);
    if !base.constant && steps.iter().all(|step| step.constant) {
        let walk = walk(steps, 0);
        let texts = base.array.as_string_view();
        let find = |row: usize| walk.as_ref().and_then(|walk| found(texts.value(row), walk));
        lanes::once_per_text(texts.views(), find, |row, found| {
            builder.append_option(found.filter(|_| !base.is_null(row)));
        });
    } else {
        for row in 0..call.rows {
            builder.append_option(walk(steps, row).and_then(|walk| found(base.raw(row), &walk)));
        }
    }
    Ok(Arc::new(builder.finish()))
}

/// The text at the end of the walk, without blanks; JSON null is nothing.
fn found<'a>(text: &'a str, walk: &Walk) -> Option<Cow<'a, str>> {
    json_walk::find(text, walk).filter(|found| *found != "null").map(compact)
}

/// The steps of a row; `None` when one of them is null.
fn walk(steps: &[Argument], row: usize) -> Option<Walk> {
    let mut walk = Walk::default();
    for step in steps {
        match step.ty {
            Type::Long => walk.place(step.long(row)?),
            Type::Dynamic => match step.long(row) {
                Some(place) => walk.place(place),
                None => walk.key(&step.text(row)),
            },
            _ => walk.key(&step.text(row)),
        }
    }
    Some(walk)
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value::{self, Long, Null};

    fn check(base: &str, steps: &[Value], wanted: &str) {
        let arguments: Vec<Value> = std::iter::once(dynamic(base)).chain(steps.iter().cloned()).collect();
        assert_eq!(answer("[]", &arguments), wanted, "{arguments:?}");
    }

    #[test]
    fn steps() {
        check(r#"{"a":{"b":[1,{"c":118.0}]}}"#, &[s("a"), s("b"), Long(1), s("c")], "118.0");
        check(r#"{"a":1}"#, &[s("A")], "null");
        check(r#"{"a":null}"#, &[s("a")], "null");
        check(r#"{"a":1}"#, &[s("a"), s("b")], "null");
        check(r#"[1,2,3]"#, &[Long(-1)], "3");
        check(r#"[1,2,3]"#, &[Long(-4)], "null");
        check(r#"[1,2,3]"#, &[Long(3)], "null");
        check(r#"[1,2,3]"#, &[s("0")], "null");
        check(r#"{"0":1}"#, &[Long(0)], "null");
        check(r#""text""#, &[s("a")], "null");
        check(r#"[1,2,3]"#, &[dynamic("1")], "2");
        check(r#"{"k":7}"#, &[dynamic("\"k\"")], "7");
        check(r#"{"k":7}"#, &[Null(Type::Long)], "null");
        check(r#"{"a\nb":7}"#, &[s("a\nb")], "7");
    }
}
