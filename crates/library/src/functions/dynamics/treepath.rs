//! `treepath`: the paths within a dynamic.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "treepath",
    summary: "Lists the paths to everything within a dynamic value.",
    signatures: &[signature(
        &[required("object", Accepts::Is(Type::Dynamic), "The value.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print treepath(dynamic({'a': 'b', 'c': 123}))", "[\"['a']\",\"['c']\"]"),
        example("print treepath(dynamic({'a': [{'x': 1}]}))", "[\"['a']\",\"['a'][0]\",\"['a'][0]['x']\"]"),
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

/// Adds the paths below a value.
fn walk(value: &Json, path: &str, paths: &mut Vec<Json>) {
    let mut add = |step: String, inner: &Json| {
        let path = format!("{path}{step}");
        paths.push(Json::from(path.as_str()));
        walk(inner, &path, paths);
    };
    match value {
        Json::Object(bag) => bag.iter().for_each(|(key, inner)| add(format!("['{key}']"), inner)),
        Json::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, inner)| add(format!("[{index}]"), inner));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
