//! `node_degree_in`: how many edges of a graph end at a node. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "node_degree_in",
    summary: "How many edges end at a node.",
    signatures: &[signature(
        &[optional(
            "node",
            Accepts::Any,
            "A node of the pattern; none inside `all`, `any` and `map` over inner nodes.",
        )],
        Returns::Is(Type::Long),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (n) where n.id == 'y' project d = node_degree_in(n)",
        "1",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::DegreeIn)),
    ..DEFAULTS
};
