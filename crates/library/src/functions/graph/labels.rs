//! `labels`: the labels of a node or edge of a graph. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "labels",
    summary: "The labels of a node or edge: only graph models have them, so there is none.",
    signatures: &[signature(
        &[optional("element", Accepts::Any, "A node or edge of the pattern.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | graph-match (n) where n.id == 'y' project l = labels(n)",
        "[]",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Graph(GraphFunction::Labels)),
    ..DEFAULTS
};
