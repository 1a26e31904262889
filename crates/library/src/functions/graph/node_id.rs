//! `node_id`: the id of a node of a graph. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "node_id",
    summary: "The id of a node, as a text.",
    signatures: &[signature(
        &[optional(
            "node",
            Accepts::Any,
            "A node of the pattern; none inside `all`, `any` and `map` over inner nodes.",
        )],
        Returns::Is(Type::String),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (s)-->(t) where node_id(s) == 'y' project d = node_id(t)",
        "z",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::NodeId)),
    ..DEFAULTS
};
