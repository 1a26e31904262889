//! `map`: an expression over each edge of a path in a graph, or over each node within it. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "map",
    summary: "An array of what an expression gives for each edge of a path, or for each node within it.",
    signatures: &[signature(
        &[
            required("path", Accepts::Any, "An edge of the pattern, or `inner_nodes(edge)`."),
            required("expression", Accepts::Any, "An expression over the columns of an edge or node."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (s)-[e*2..2]->(t) project p = map(e, strcat(a, b))",
        "[\"xy\",\"yz\"]",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::Map)),
    ..DEFAULTS
};
