//! `any`: a condition on some edge of a path in a graph, or on some node within it. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "any",
    summary: "Whether a condition holds for an edge of a path, or for a node within it; false for none.",
    signatures: &[signature(
        &[
            required("path", Accepts::Any, "An edge of the pattern, or `inner_nodes(edge)`."),
            required("condition", Accepts::Is(Type::Bool), "A condition on the columns of an edge or node."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (s)-[e*2..2]->(t) project p = any(e, b == 'z')",
        "True",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::Any)),
    ..DEFAULTS
};
