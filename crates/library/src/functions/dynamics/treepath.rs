//! `treepath`: the paths within a dynamic.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "treepath",
    summary: "Lists the paths to everything within a dynamic value; the elements of an array share one path.",
    signatures: &[signature(
        &[required("object", Accepts::Is(Type::Dynamic), "The value.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print treepath(dynamic({'a': 'b', 'c': 123}))", "[\"['a']\",\"['c']\"]"),
        example(
            "print treepath(dynamic({'a': [5, {'x': 1}]}))",
            "[\"['a']\",\"['a'][0]\",\"['a'][0]['x']\"]",
        ),
    ],
    result_name: ResultName::Prefix("tree"),
    evaluate: |call| {
        call.dynamics(|row| {
            let mut paths = Vec::new();
            walk(&call[0].json(row)?, "", &mut paths);
            Some(Json::Array(paths))
        })
    },
    ..DEFAULTS
};

/// Adds the paths below a value. All elements of an array go by the path of the first.
fn walk(value: &Json, path: &str, paths: &mut Vec<Json>) {
    let mut add = |step: String, inner: &Json| {
        let path = format!("{path}{step}");
        let name = Json::from(path.as_str());
        if !paths.contains(&name) {
            paths.push(name);
        }
        walk(inner, &path, paths);
    };
    match value {
        Json::Object(bag) => bag.iter().for_each(|(key, inner)| add(format!("['{key}']"), inner)),
        Json::Array(elements) => elements.iter().for_each(|inner| add("[0]".to_owned(), inner)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
