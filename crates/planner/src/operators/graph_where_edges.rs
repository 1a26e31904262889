//! `graph-where-edges`: keeps edges, and all nodes. `G | graph-where-edges weight > 1`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::graph::Graph;
use crate::plan::{Node, Plan};
use calypso_parser::ast::GraphWhereEdges;

impl Binder<'_> {
    /// The edges for which the predicate is true.
    pub fn graph_where_edges(
        &mut self,
        graph: Graph,
        operator: &GraphWhereEdges,
        environment: &Environment,
    ) -> Option<Graph> {
        let predicate = self.edge_condition(&graph, &operator.predicate, environment)?;
        let columns = graph.edges.columns.clone();
        let edges = Plan { node: Node::Filter { input: Box::new(graph.edges), predicate }, columns };
        Some(Graph { edges, ..graph })
    }
}
