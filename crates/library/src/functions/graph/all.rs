//! `all`: a condition on each edge of a path in a graph, or on each node within it. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "all",
    summary: "Whether a condition holds for every edge of a path, or for every node within it; true for none.",
    signatures: &[signature(
        &[
            required("path", Accepts::Any, "An edge of the pattern, or `inner_nodes(edge)`."),
            required("condition", Accepts::Is(Type::Bool), "A condition on the columns of an edge or node."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (s)-[e*2..2]->(t) where all(inner_nodes(e), id == 'y') project p = strcat(s.id, t.id)",
        "xz",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::All)),
    ..DEFAULTS
};
