//! Several parts of one JSON text in one pass: what `parse_json(text).a`, `tostring(d.b.c)` and such give, side by side.
//! In: a column of texts or of dynamics. Out: a column per part.

use crate::call::Argument;
use crate::functions::conversion::parse_json::canonical;
use crate::json;
use crate::json_scan::{Scanner, Step, Wanted};
use crate::json_walk::{self, Walk};
use crate::types::Type;
use crate::value::Json;
use arrow::array::{Array, ArrayRef, AsArray, StringViewBuilder};
use std::borrow::Cow;
use std::sync::Arc;

/// A part that is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The way to it; at least one step.
    pub steps: Vec<Step>,
    /// Whether it is wanted as `tostring` gives it: without quotes, `""` for null.
    pub as_text: bool,
}

/// Parts as JSON text: `[[["a",0],true],…]`.
pub fn written(parts: &[Part]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => Json::from(key.as_str()),
        Step::Place(place) => Json::from(*place),
    };
    let part = |part: &Part| {
        let steps = part.steps.iter().map(step).collect::<Vec<_>>();
        Json::from(vec![Json::from(steps), Json::from(part.as_text)])
    };
    json::text(&Json::from(parts.iter().map(part).collect::<Vec<_>>()))
}

/// The parts of such a text.
pub fn read(text: &str) -> Option<Vec<Part>> {
    let step = |step: &Json| match step {
        Json::String(key) => Some(Step::Key(key.clone())),
        other => other.as_u64().and_then(|place| usize::try_from(place).ok()).map(Step::Place),
    };
    let part = |part: &Json| {
        let steps = part.get(0)?.as_array()?.iter().map(step).collect::<Option<Vec<_>>>()?;
        Some(Part { steps, as_text: part.get(1)?.as_bool()? })
    };
    json::parse(text)?.as_array()?.iter().map(part).collect()
}

/// A column per part of the texts, strings or dynamics, of an argument. A string is read by `parse_json` first.
pub fn extract(source: &Argument, rows: usize, parts: &[Part]) -> Vec<ArrayRef> {
    let texts = source.column(rows);
    let texts = texts.as_string_view();
    let mut wanted = Wanted::default();
    parts.iter().for_each(|part| wanted.add(&part.steps));
    let walks: Vec<Walk> = parts.iter().map(|part| walk(&part.steps)).collect();
    let mut builders: Vec<_> = parts.iter().map(|_| StringViewBuilder::with_capacity(rows)).collect();
    let mut scanner = Scanner::default();
    for row in 0..rows {
        let columns = builders.iter_mut().zip(parts);
        if texts.is_null(row) {
            columns.for_each(|(builder, part)| append(builder, part, None));
            continue;
        }
        let text = texts.value(row);
        let columns = columns.enumerate();
        if scanner.read(text, &wanted) {
            columns.for_each(|(at, (builder, part))| append(builder, part, scanner.part(text, at)));
            continue;
        }
        let read = if source.ty == Type::String { canonical(text) } else { Some(Cow::Borrowed(text)) };
        for (at, (builder, part)) in columns {
            let found = read.as_deref().and_then(|text| json_walk::find(text, &walks[at])).map(json::compact);
            append(builder, part, found.as_deref());
        }
    }
    builders.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef).collect()
}

/// Adds what was found at the end of a way.
fn append(builder: &mut StringViewBuilder, part: &Part, found: Option<&str>) {
    let found = found.filter(|found| *found != "null");
    if part.as_text {
        builder.append_value(found.map_or(Cow::Borrowed(""), json::unquoted));
    } else {
        builder.append_option(found);
    }
}

fn walk(steps: &[Step]) -> Walk {
    let mut walk = Walk::default();
    for step in steps {
        match step {
            Step::Key(key) => walk.key(key),
            Step::Place(place) => walk.place(i64::try_from(*place).unwrap_or(i64::MAX)),
        }
    }
    walk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::functions::conversion::{parse_json, tostring};
    use crate::functions::operators::path;
    use crate::json_scan::tests::texts;
    use crate::value::Value;
    use proptest::prelude::*;

    fn parts() -> Vec<Part> {
        let key = |key: &str| Step::Key(key.to_owned());
        let ways = [
            vec![key("a")],
            vec![key("b"), Step::Place(1)],
            vec![Step::Place(0), key("Id")],
            vec![key("a"), key("abcdefgh")],
            vec![Step::Place(1)],
        ];
        let both = |steps: Vec<Step>| [false, true].map(|as_text| Part { steps: steps.clone(), as_text });
        ways.into_iter().flat_map(both).collect()
    }

    /// The same by the functions, one call after the other.
    fn by_calls(source: &Argument, rows: usize, part: &Part) -> ArrayRef {
        let call = |function: &crate::function::Function, arguments: &[Argument], returns| {
            (function.evaluate)(&Call { arguments, rows, returns }).expect("a column")
        };
        let read = call(&parse_json::FUNCTION, std::slice::from_ref(source), Type::Dynamic);
        let steps = part.steps.iter().map(|step| match step {
            Step::Key(key) => Argument::constant(Value::String(key.clone())),
            Step::Place(place) => Argument::constant(Value::Long(*place as i64)),
        });
        let arguments: Vec<_> = std::iter::once(Argument::rows(Type::Dynamic, read)).chain(steps).collect();
        let found = call(&path::FUNCTION, &arguments, Type::Dynamic);
        if !part.as_text {
            return found;
        }
        call(&tostring::FUNCTION, &[Argument::rows(Type::Dynamic, found)], Type::String)
    }

    #[test]
    fn written_and_read() {
        assert_eq!(written(&parts()[..2]), r#"[[["a"],false],[["a"],true]]"#);
        assert_eq!(read(&written(&parts())), Some(parts()));
        assert_eq!(read("[[[-1],true]]"), None);
    }

    #[test]
    fn odd_texts() {
        let texts = [
            "",
            "null",
            "{\"a\":null}",
            " {\"a\" : \"x\"}",
            "{\"a\":\"x\\u0041\"}",
            "no JSON",
            "{\"a\":1,\"a\":\"y\"}",
        ];
        let source = Argument::rows(
            Type::String,
            Arc::new(texts.iter().map(Some).collect::<arrow::array::StringViewArray>()),
        );
        let found = extract(&source, texts.len(), &parts()[..2]);
        let found: Vec<_> =
            found.iter().map(|column| column.as_string_view().iter().collect::<Vec<_>>()).collect();
        assert_eq!(found[0], [None, None, None, Some("\"x\""), Some("\"xA\""), None, Some("\"y\"")]);
        assert_eq!(found[1], ["", "", "", "x", "xA", "", "y"].map(Some));
    }

    proptest! {
        #[test]
        fn parts_are_those_of_the_calls(all in prop::collection::vec(prop::option::weighted(0.9, texts()), 1..20)) {
            let dynamics = Arc::new(all.iter().map(Option::as_deref).collect::<arrow::array::StringViewArray>());
            let strings = Arc::new(all.iter().map(|text| Some(text.as_deref().unwrap_or(""))).collect::<arrow::array::StringViewArray>());
            for source in [Argument::rows(Type::Dynamic, dynamics), Argument::rows(Type::String, strings)] {
                let found = extract(&source, all.len(), &parts());
                for (part, found) in parts().iter().zip(&found) {
                    let expected = by_calls(&source, all.len(), part);
                    prop_assert_eq!(found.as_ref(), expected.as_ref(), "{:?}", part);
                }
            }
        }
    }
}
