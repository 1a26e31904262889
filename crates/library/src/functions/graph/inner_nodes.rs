//! `inner_nodes`: the nodes within a path of a graph. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "inner_nodes",
    summary: "The nodes within a path; only as the first argument of `all`, `any` and `map`.",
    signatures: &[signature(
        &[required("edge", Accepts::Any, "An edge of the pattern.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (s)-[e*2..2]->(t) project p = map(inner_nodes(e), id)",
        "[\"y\"]",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::InnerNodes)),
    ..DEFAULTS
};
