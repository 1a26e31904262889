//! `graph-where-nodes`: keeps nodes, and the edges between them. `G | graph-where-nodes age > 1`

use crate::binder::Binder;
use crate::environment::Environment;
use crate::graph::Graph;
use crate::plan::{Node, Plan};
use calypso_parser::ast::GraphWhereNodes;

impl Binder<'_> {
    /// The nodes for which the predicate is true. Edges that lose an end no longer count.
    pub fn graph_where_nodes(
        &mut self,
        graph: Graph,
        operator: &GraphWhereNodes,
        environment: &Environment,
    ) -> Option<Graph> {
        let shown = graph.nodes.columns.clone();
        let (nodes, predicate) = self.node_condition(&graph, &operator.predicate, environment)?;
        let columns = nodes.columns.clone();
        let kept = Plan { node: Node::Filter { input: Box::new(nodes), predicate }, columns };
        let shown = shown.into_iter().map(|column| (column.clone(), column.expr())).collect();
        Some(Graph { nodes: self.project(kept, shown), ..graph })
    }
}
