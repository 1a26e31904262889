//! `parse_json`: a text as the dynamic it spells.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::json;
use crate::json_scan::Scanner;
use crate::json_walk::is_canonical;
use crate::lanes;
use crate::types::Type;
use crate::value::Json;
use arrow::array::{Array, ArrayRef, AsArray, StringViewBuilder};
use arrow::compute::interleave;
use std::borrow::Cow;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_json",
    aliases: &["todynamic", "toobject", "parsejson"],
    summary: "Reads a text as JSON; a text that is none becomes a dynamic string. A dynamic stays as it is.",
    signatures: &[signature(
        &[required("json_text", Accepts::Text, "The text to read.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(r#"print parse_json('{"a": [1, 118.0]}').a[1]"#, "118.0"),
        example("print parse_json('not JSON')", "not JSON"),
        example("print isnull(parse_json(''))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    let texts = source.column(call.rows);
    if source.ty == Type::Dynamic {
        return Ok(texts);
    }
    let views = texts.as_string_view();
    let mut scanner = Scanner::default();
    let mut others = Vec::new();
    lanes::once_per_text(
        views.views(),
        |row| is_left_alone(&mut scanner, views.value(row)),
        |row, same| {
            if !same {
                others.push(row);
            }
        },
    );
    if others.is_empty() {
        return Ok(texts);
    }
    with_rewritten(&texts, &others)
}

/// The texts, as they stand in memory, with those of some rows rewritten.
fn with_rewritten(texts: &ArrayRef, others: &[usize]) -> Evaluated {
    let views = texts.as_string_view();
    let mut builder = StringViewBuilder::with_capacity(others.len());
    let other_views: Vec<u128> = others.iter().map(|row| views.views()[*row]).collect();
    lanes::once_per_text(
        &other_views,
        |at| canonical(views.value(others[at])),
        |at, found| builder.append_option(found.filter(|_| views.is_valid(others[at]))),
    );
    let rewritten: ArrayRef = Arc::new(builder.finish());
    if others.len() == texts.len() {
        return Ok(rewritten);
    }
    let mut places: Vec<(usize, usize)> = (0..texts.len()).map(|row| (0, row)).collect();
    for (at, row) in others.iter().enumerate() {
        places[*row] = (1, at);
    }
    interleave(&[texts.as_ref(), rewritten.as_ref()], &places).map_err(|e| EvaluateError(e.to_string()))
}

/// Whether a text is its own canonical text.
fn is_left_alone(scanner: &mut Scanner, text: &str) -> bool {
    scanner.is_plain(text) && text != "null"
}

/// The JSON text of what a text spells: blanks left out, each key once; `None` for null.
pub fn canonical(text: &str) -> Option<Cow<'_, str>> {
    if is_left_alone(&mut Scanner::default(), text) { Some(text.into()) } else { canonical_of_tree(text) }
}

/// The same, always by the slower readers.
pub(crate) fn canonical_of_tree(text: &str) -> Option<Cow<'_, str>> {
    // Escapes that stand for plain characters are resolved by reading the text into a tree.
    let escaped = text.contains("\\u") || text.contains("\\/");
    if !escaped && is_canonical(text) {
        return Some(json::compact(text)).filter(|text| text != "null");
    }
    match json::parse(text) {
        Some(Json::Null) => None,
        Some(tree) => Some(Cow::Owned(json::text(&tree))),
        None if text.is_empty() => None,
        None => Some(Cow::Owned(Json::from(text).to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn texts() {
        for (text, wanted) in [
            (r#"{ "a" : [ 1 , 118.0 , 1e5 ] }"#, Some(r#"{"a":[1,118.0,1e5]}"#)),
            (r#"{"a":1,"b":2,"a":3}"#, Some(r#"{"a":3,"b":2}"#)),
            (r#""x\u0041\/""#, Some(r#""xA/""#)),
            ("abc", Some(r#""abc""#)),
            ("{'a':1}", Some(r#""{'a':1}""#)),
            ("null", None),
            (" null ", None),
            ("", None),
            ("1", Some("1")),
        ] {
            assert_eq!(canonical(text).as_deref(), wanted, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert!(canonical(&deep).is_some());
    }
}
